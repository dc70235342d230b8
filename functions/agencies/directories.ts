import { type Division, NATION, provinceOf } from '../kernel/codes/division.ts';
import shanxi from './data/14-shanxi.json' with { type: 'json' };
import shanghai from './data/31-shanghai.json' with { type: 'json' };
import jiangxi from './data/36-jiangxi.json' with { type: 'json' };
import chongqing from './data/50-chongqing.json' with { type: 'json' };
import national from './data/national.json' with { type: 'json' };
import { type Directory, loadDirectory } from './directory.ts';

const provinces: ReadonlyMap<Division, unknown> = new Map<Division, unknown>([
  ['140000', shanxi],
  ['310000', shanghai],
  ['360000', jiangxi],
  ['500000', chongqing],
]);

const loaded = new Map<Division, Directory>();

/** The national organs and those of the province in which a division lies; for the whole country all of them. A province without a file has the national organs alone. */
export function directoryFor(of: Division): Directory {
  const province = provinceOf(of) ?? NATION;
  const known = loaded.get(province);
  if (known !== undefined) return known;
  const directory = province === NATION ? loadDirectory(national, ...provinces.values()) : loadDirectory(national, provinces.get(province) ?? []);
  loaded.set(province, directory);
  return directory;
}
