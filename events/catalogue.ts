import * as agencies from './agencies.ts';
import * as commissions from './commissions.ts';
import * as deadlines from './deadlines.ts';
import * as deliveries from './deliveries.ts';
import type { AnyEventDefinition } from './event.ts';
import * as integrity from './integrity.ts';
import * as interference from './interference.ts';
import * as notifications from './notifications.ts';
import * as proficiency from './proficiency.ts';
import * as registry from './registry.ts';
import * as sanctions from './sanctions.ts';

const isEvent = (value: unknown): value is AnyEventDefinition => typeof value === 'object' && value !== null && 'of' in value && 'means' in value;

/** Every event (领域事件目录) of the published language. A new context's file is added here. */
export const catalogue: readonly AnyEventDefinition[] = [
  agencies,
  commissions,
  deadlines,
  deliveries,
  integrity,
  interference,
  notifications,
  proficiency,
  registry,
  sanctions,
].flatMap((file) => Object.values(file).filter(isEvent));
