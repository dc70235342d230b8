import type { ProvinceRules } from './book.ts';

/** 山西 forwarded 司办通〔2020〕56号 as it stood (晋司通〔2020〕41号): the national rules alone. */
export const shanxi: ProvinceRules = { province: '14', rules: [] };
