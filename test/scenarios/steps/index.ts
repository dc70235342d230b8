import type { Step } from '../step.ts';
import { agencies } from './agencies.ts';
import { answers } from './answers.ts';
import { cancellation } from './cancellation.ts';
import { commissions } from './commissions.ts';
import { deadlines } from './deadlines.ts';
import { delegation } from './delegation.ts';
import { deliveries } from './deliveries.ts';
import { inspection } from './inspection.ts';
import { integrity } from './integrity.ts';
import { interference } from './interference.ts';
import { notifications } from './notifications.ts';
import { proficiency } from './proficiency.ts';
import { registry } from './registry.ts';
import { sanctions } from './sanctions.ts';
import { systems } from './systems.ts';
import { visibility } from './visibility.ts';

/** Every step that a scenario may use (步骤表). */
export const steps: readonly Step[] = [
  agencies,
  delegation,
  registry,
  commissions,
  interference,
  inspection,
  sanctions,
  proficiency,
  cancellation,
  integrity,
  notifications,
  deliveries,
  deadlines,
  systems,
  answers,
  visibility,
].flat();
