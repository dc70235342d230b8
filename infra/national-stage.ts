import { Stage } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { TO_THE_HUB } from './crossing.ts';
import { HUB, type Hub } from './hub.ts';
import { namesOf } from './names.ts';
import type { Province } from './province.ts';
import { HubStack } from './stacks/hub.ts';
import { HubLinkStack } from './stacks/hub-link.ts';

/**
 * The national hub (全国枢纽): `npx cdk deploy 'national/*'`, or `national/hub` in the Ministry's account and `national/<province>` in each
 * province's. A province's own stage knows nothing of it, and runs without.
 */
export class NationalStage extends Stage {
  constructor(scope: Construct, hub: Hub, provinces: readonly Province[]) {
    super(scope, HUB.stage);
    const { account, region } = hub;
    const bus = new HubStack(this, 'hub', { stackName: 'jianheng-national-hub', env: { account, region }, hub, provinces, crossings: TO_THE_HUB });
    for (const province of provinces) {
      const link = new HubLinkStack(this, province.name, {
        stackName: namesOf(province.code).named('to-hub'),
        env: { account: province.account, region: province.region },
        hub,
        province,
        crossings: TO_THE_HUB,
      });
      link.addStackDependency(bus);
    }
  }
}
