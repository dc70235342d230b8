import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Deployed } from './deployed.ts';
import type { Province } from './province.ts';
import { ProvinceStage } from './province-stage.ts';

/** The whole app: one stage a province, checked by cdk-nag when it is synthesized. */
export function makeApp(provinces: readonly Province[], deployed: readonly Deployed[], bundles: string, outdir?: string): App {
  const app = new App({ analyticsReporting: false, ...(outdir === undefined ? {} : { outdir }) });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const province of provinces) new ProvinceStage(app, province, deployed, bundles);
  return app;
}
