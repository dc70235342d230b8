import * as z from 'zod';

export const basis = z.strictObject({
  document: z.string(),
  article: z.string(),
  status: z.enum(['law', 'policy', 'draft']),
  reading: z.string().optional(),
});
export type Basis = z.infer<typeof basis>;
