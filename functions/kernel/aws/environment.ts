import * as z from 'zod';

const schema = z.object({
  /** Six digits, GB/T 2260. */
  PROVINCE: z.string().regex(/^\d{6}$/),
  LEDGER_TABLE: z.string().min(1),
  VIEWS_TABLE: z.string().min(1),
  KEYS_TABLE: z.string().min(1),
  BUS: z.string().min(1),
  /** Day (Asia/Shanghai) at which the ledger's feed begins. */
  LEDGER_SINCE: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  AWS_REGION: z.string().min(1),
  /** A local host alone lets endpoints lie on its own machine, without https. */
  LOOPBACK_ENDPOINTS: z.enum(['refused', 'allowed']).default('refused'),
});

/** How the names of the province's functions begin, for who calls them. Throws where it is not told. */
export function functionsOf({ FUNCTIONS }: Readonly<Record<string, string | undefined>>): string {
  if (!FUNCTIONS) throw new Error('the environment lacks FUNCTIONS');
  return FUNCTIONS;
}

/** Name of a command's function, among functions whose names begin so. */
export const commandFunction = (functions: string, command: string): string => `${functions}${command.replace('/', '-command-')}`;

export type Environment = z.infer<typeof schema>;

/** What a function is told by its deployment (部署参数), read once as it starts. Throws with the variables that are missing or wrong. */
export function environmentOf(variables: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = schema.safeParse(variables);
  if (parsed.success) return parsed.data;
  throw new Error(`the environment lacks, or has wrong: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`);
}
