import { shanxi } from './14-shanxi.ts';
import { shanghai } from './31-shanghai.ts';
import { jiangxi } from './36-jiangxi.ts';
import { chongqing } from './50-chongqing.ts';
import { policyBook } from './book.ts';
import { national } from './national.ts';

/** Provinces with a file of their own; all others go by the national rules. */
export const provinceRules = [shanxi, shanghai, jiangxi, chongqing] as const;

/** What is in force for a province (two or six digits of any division in it) on a day (X5). */
export const policyFor = policyBook(national, provinceRules);
