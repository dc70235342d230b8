import { type Environment, environmentOf } from '../../functions/kernel/aws/environment.ts';
import type { Deployment } from './deployment.ts';

/** What every function of a deployment is told (部署参数), as the functions themselves read it. Throws with the variables that are missing or wrong. */
export function environmentIn({ functions }: Pick<Deployment, 'functions'>): Environment {
  const [{ environment } = { environment: {} }] = functions.values();
  return environmentOf({ AWS_REGION: 'local', ...environment });
}
