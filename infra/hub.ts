import * as z from 'zod';

/** Where the national hub runs (部署参数). */
const schema = z.strictObject({
  account: z.string().regex(/^\d{12}$/, 'must have 12 digits'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, such as cn-north-1'),
  /** Days for which the archive keeps what reached the hub. */
  archiveDays: z.int().min(30).max(3_650),
});

/** The national hub (全国枢纽): one bus, in an account of the Ministry's own. */
export type Hub = z.infer<typeof schema>;

/** The hub's file as it is written. Throws a ZodError with the place and the reason. */
export const hub = (file: z.input<typeof schema>): Hub => schema.parse(file);

export const HUB = { stage: 'national', bus: 'jianheng-national-bus', archive: 'jianheng-national-archive' } as const;
