import * as z from 'zod';
import { type DeadlineKind, deadlineKind } from '../../events/deadlines.ts';
import type { InstitutionFigures } from '../../events/interference.ts';
import type { Json } from '../kernel/ports.ts';
import type { BureauFigure } from './figures.ts';
import { OVERDUE_WORDS } from './inspection-words.ts';

/** 统计期间: months, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

export const MOST_MONTHS = 36;

const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
const monthAt = (number: number): string => `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;

/** How many months a period has; none where its end lies before its beginning. */
export const lengthOf = ({ from, to }: Period): number => Math.max(0, numberOf(to) - numberOf(from) + 1);

export const monthsOf = (period: Period): string[] => Array.from({ length: lengthOf(period) }, (_, at) => monthAt(numberOf(period.from) + at));

export const agencyItem = z.object({ id: z.string(), name: z.string(), level: z.string() });
/** As the registry and the directory list them. */
export const institutionItem = z.object({ uscc: z.string(), name: z.string(), supervisedBy: z.string() });
export type Institution = z.infer<typeof institutionItem>;

/** 逾期: deadlines that have passed and are not met, by kind. */
export type Overdue = Partial<Record<DeadlineKind, number>>;

/** What an institution may know of itself: only this reaches its answers. */
export interface KnownLine extends InstitutionFigures {
  readonly institution: string;
  readonly name: string;
  readonly overdueByKind: Overdue;
}

/** What the bureau alone knows of it beside. */
export type BureauLine = Readonly<Record<BureauFigure, number>> & {
  /** 待主管机关处理 */
  readonly waiting: number;
  /** 已处理、未办结 */
  readonly handling: number;
  /** 未处理的保护请求 */
  readonly undecided: number;
};

const LAPSES = deadlineKind.options.filter((kind) => OVERDUE_WORDS[kind] !== null);

/** 逾期 by kind; what is one lapse under several kinds is counted once. */
export const tallied = (kinds: readonly Json[]): Overdue =>
  Object.fromEntries(
    LAPSES.flatMap((kind) => {
      const count = kinds.filter((each) => each === kind).length;
      return count === 0 ? [] : [[kind, count]];
    }),
  );

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

/** 合计 of these columns. */
export const totalsOf = <K extends string>(lines: readonly Readonly<Record<K, number>>[], columns: readonly K[]): Record<K, number> =>
  Object.fromEntries(columns.map((column) => [column, sum(lines.map((line) => line[column]))])) as Record<K, number>;

/** What the query answers, with the `asOf` that the kernel adds. */
export interface Statistics extends Period {
  /** Whose table it is. */
  readonly of: string;
  readonly items: readonly (KnownLine & { readonly atBureau?: BureauLine })[];
  readonly totals: InstitutionFigures & { readonly atBureau?: BureauLine };
  /** Deadlines of the bureaus themselves. */
  readonly bureaus?: readonly { readonly bureau: string; readonly name: string; readonly overdue: number; readonly overdueByKind: Overdue }[];
}
