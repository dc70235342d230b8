import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as z from 'zod';

const megabytes = z.int().min(128).max(10_240);

/** Where a province's system runs, and how large (部署参数). Its rules are in `functions/policy`. */
const schema = z.strictObject({
  /** Two digits, GB/T 2260. */
  code: z.string().regex(/^[1-9]\d$/, 'must be the two digits of GB/T 2260'),
  /** As in the file's name; names the stage. */
  name: z.string().regex(/^[a-z]{2,20}$/, 'must be 2 to 20 small letters'),
  /** 中文名 */
  title: z.string().min(2),
  account: z.string().regex(/^\d{12}$/, 'must have 12 digits'),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a region, such as cn-north-1'),
  /** Who issues the tokens of the agencies' people (OIDC), and for whom. */
  identity: z.strictObject({ issuer: z.url({ protocol: /^https$/ }), audience: z.string().min(1) }),
  /**
   * Whether systems without tokens may post signed events. Such a route has no authorizer, for which a gateway in China needs a filing for its
   * domain (ICP 备案): true where the province has one.
   */
  signedIntake: z.boolean(),
  sizes: z.strictObject({
    memory: z.strictObject({ command: megabytes, query: megabytes, reaction: megabytes, stream: megabytes }),
    /** Requests a second that the gateway lets through, and how many at once. */
    throttle: z.strictObject({ rate: z.int().min(1).max(10_000), burst: z.int().min(1).max(5_000) }),
    /** Messages that one reaction may work on at once. */
    reactionConcurrency: z.int().min(2).max(1_000),
    /** Days for which the archive keeps what crossed the bus. */
    archiveDays: z.int().min(30).max(3_650),
  }),
});

export type Province = z.infer<typeof schema>;

/** A province's file as it is written: checked by the compiler, and when the app is made. */
export const province = (file: z.input<typeof schema>): z.input<typeof schema> => file;

/** A file that cannot be deployed from. */
export class InvalidProvince extends Error {
  override readonly name = 'InvalidProvince';
}

/** Throws {@link InvalidProvince} with the file, the place in it and the reason, one line each. */
export function checkProvince(file: string, content: unknown): Province {
  const parsed = schema.safeParse(content);
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${file} /${path.map(String).join('/')}: ${message}`);
    throw new InvalidProvince(lines.join('\n'));
  }
  const { code, name } = parsed.data;
  if (basename(file) !== `${code}-${name}.ts`) throw new InvalidProvince(`${file} /code: the file of ${code} ${name} is called ${code}-${name}.ts`);
  return parsed.data;
}

const PROVINCES = fileURLToPath(new URL('./provinces/', import.meta.url));

/** Every file of `infra/provinces`, in order of code. */
export async function loadProvinces(folder: string = PROVINCES): Promise<readonly Province[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  return Promise.all(
    files.sort().map(async (file) => {
      const { default: content } = (await import(pathToFileURL(`${folder}/${file}`).href)) as { default: unknown };
      return checkProvince(`infra/provinces/${file}`, content);
    }),
  );
}

/** The province of that name, or of that code of two or six digits. Throws {@link InvalidProvince} that names those there are. */
export async function provinceCalled(called: string): Promise<Province> {
  const all = await loadProvinces();
  const found = all.find(({ name, code }) => [name, code, `${code}0000`].includes(called));
  if (!found) throw new InvalidProvince(`no province is called ${called}; there are ${all.map(({ name, code }) => `${name} (${code})`).join(', ')}`);
  return found;
}
