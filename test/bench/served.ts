/** Province whose deployment is hosted. */
export const PROVINCE = 'jiangxi';

/** In the place of the deployment's throttle, which would be what is measured. */
export const LIFTED = { rate: 1_000_000, burst: 1_000_000 } as const;
