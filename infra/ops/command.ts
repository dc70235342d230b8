import { parseArgs } from 'node:util';
import { calendarDay } from '../../functions/kernel/calendar.ts';
import { Misuse, type Outcome } from './misuse.ts';
import type { Place } from './place.ts';

/** An option of a command: what is said of it, and what it takes. */
export interface Option {
  readonly says: string;
  /** What stands for its value in the usage; a flag without it. */
  readonly takes?: string;
  /** The value is a day, `YYYY-MM-DD`. */
  readonly day?: true;
  readonly required?: true;
}
export type Options = Readonly<Record<string, Option>>;

/** Values of options as they were given. */
export type Values = Readonly<Record<string, string | boolean | undefined>>;
export type ValuesOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends { readonly required: true }
    ? string
    : (O[Name] extends { readonly takes: string } ? string : boolean) | undefined;
};

/** What a command speaks to. */
export interface Surroundings {
  /** Takes a line for the operator. */
  readonly tell: (line: string) => void;
  readonly open: (values: Values) => Promise<Place>;
}

/** A command of `npm run ops` (运维命令). */
export interface Command {
  /** In one line. */
  readonly does: string;
  readonly options: Options;
  readonly run: (values: Values, surroundings: Surroundings) => Promise<Outcome>;
}

/** The values of a command's options. Throws {@link Misuse}, or what parseArgs throws. */
export function valuesOf({ options }: Pick<Command, 'options'>, args: readonly string[]): Values {
  const known = Object.entries(options).map(([name, { takes }]) => [name, { type: takes === undefined ? 'boolean' : 'string' }] as const);
  const { values } = parseArgs({ args: [...args], options: Object.fromEntries(known), allowPositionals: false });
  for (const [name, { required, day, takes }] of Object.entries(options)) {
    const value = values[name];
    if (required && value === undefined) throw new Misuse(`--${name} ${takes} is missing`);
    if (day && value !== undefined && !calendarDay.safeParse(value).success) throw new Misuse(`--${name} takes a day, as 2026-03-02`);
  }
  return values as Values;
}

const COLUMN = 20;

/** How one command is called. */
export function usageOf(words: string, { does, options }: Pick<Command, 'does' | 'options'>): string {
  const all = Object.entries(options);
  const shown = ([name, { takes }]: (typeof all)[number]) => `--${name}${takes === undefined ? '' : ` ${takes}`}`;
  const short = all.map((each) => (each[1].required ? shown(each) : `[${shown(each)}]`));
  return [['npm run ops --', words, ...short].join(' '), `  ${does}`, ...all.map((each) => `  ${shown(each).padEnd(COLUMN)} ${each[1].says}`)].join('\n');
}
