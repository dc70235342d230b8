import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { Deployed } from './deployed.ts';
import type { Hub } from './hub.ts';
import { NationalStage } from './national-stage.ts';
import type { Province } from './province.ts';
import { ProvinceStage } from './province-stage.ts';

/**
 * The whole app: one stage a province, and one for the national hub where there is one; checked by cdk-nag when it is synthesized, unless that
 * is left out for its time.
 */
export function makeApp(
  provinces: readonly Province[],
  deployed: readonly Deployed[],
  bundles: string,
  outdir?: string,
  { hub, checked = true }: { readonly hub?: Hub; readonly checked?: boolean } = {},
): App {
  const app = new App({ analyticsReporting: false, ...(outdir === undefined ? {} : { outdir }) });
  if (checked) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const province of provinces) new ProvinceStage(app, province, deployed, bundles);
  if (hub) new NationalStage(app, hub, provinces);
  return app;
}
