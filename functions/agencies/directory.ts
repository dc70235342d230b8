/** The directory 机构名录: the public organs that the system writes to, who stands above each, and who supervises whom. */
import * as z from 'zod';
import { agencyKind } from '../../events/agency-kind.ts';
import { cityOf, type Division, division, isMunicipality, levelOf, provinceOf } from '../kernel/codes/division.ts';

const id = z.string().regex(/^[a-z]+(-[a-z0-9]+)+$/, '机构标识须为小写字母、数字，以连字符相连');

/** 机关、组织. */
export const agency = z
  .strictObject({
    /** Stable for ever: streams and deliveries are named by it. */
    id,
    /** 全称. */
    name: z.string().min(1, '须有名称'),
    /**
     * 司法局、法院、检察院、公安机关、卫生健康部门、司法鉴定协会、纪检监察机关、人民政府、司法部、保险监管机构、其他机关或组织.
     * The ministries of other lines carry their line's kind; `ministry` is 司法部.
     */
    kind: agencyKind.exclude(['institution', 'provider']),
    level: z.enum(['national', 'province', 'city', 'county']),
    division,
    /** 上级机关: the organ above in its own line. */
    superior: id.nullable(),
    /** 主管单位: the government of a government's department, the justice bureau of an association. */
    governing: id.exactOptional(),
    /** 纪检监察机关 beside it; every justice bureau has one. */
    discipline: id.exactOptional(),
  })
  .readonly();
export type Agency = z.infer<typeof agency>;

/** By id. */
export type Directory = ReadonlyMap<string, Agency>;

/** What is wrong with a directory, and at which agency or division. */
export interface DirectoryFault {
  readonly place: string;
  readonly reason: 'malformed' | 'duplicate-id' | 'unknown-reference' | 'cycle' | 'superior-below' | 'division-level' | 'discipline' | 'justice-bureau';
  readonly detail: string;
}

/** A directory that contradicts itself; nothing starts with it. */
export class UnsoundDirectory extends Error {
  override readonly name = 'UnsoundDirectory';
  readonly faults: readonly DirectoryFault[];
  constructor(faults: readonly DirectoryFault[]) {
    super(faults.map(({ place, reason, detail }) => `${place}: ${reason}: ${detail}`).join('\n'));
    this.faults = faults;
  }
}

/** The directory over several files together. Throws {@link UnsoundDirectory}. */
export function loadDirectory(...files: readonly unknown[]): Directory {
  const parsed = z.array(agency).safeParse(files.flat());
  if (!parsed.success) throw new UnsoundDirectory(parsed.error.issues.map(({ path, message }) => fault(path.join('.'), 'malformed', message)));
  const faults = checkDirectory(parsed.data);
  if (faults.length > 0) throw new UnsoundDirectory(faults);
  return byId(parsed.data);
}

/** The organ to turn to above an agency (art. 8: 上级机关或者主管单位): its superior, or its governing body where its line ends; nothing at the top or for an unknown id. */
export function superiorOf(directory: Directory, of: string): Agency | undefined {
  const below = directory.get(of);
  return directory.get(below?.superior ?? below?.governing ?? '');
}

/** 主管单位; nothing for who has none. */
export const governingOf = (directory: Directory, of: string): Agency | undefined => directory.get(directory.get(of)?.governing ?? '');

/** 纪检监察机关 beside an agency; nothing for who has none. */
export const disciplineOf = (directory: Directory, of: string): Agency | undefined => directory.get(directory.get(of)?.discipline ?? '');

/** 司法行政机关 of exactly this division; nothing where the directory has none. */
export const justiceBureauOf = (directory: Directory, of: Division | undefined): Agency | undefined =>
  directory.values().find(({ kind, division: own }) => kind === 'justice-bureau' && own === of);

/**
 * 主管该鉴定机构的司法行政机关 of an institution with its seat in `seat`. Institutions directly under the province: the province's bureau.
 * Otherwise the city's bureau, also for a seat in a county; in a municipality the district's, as 上海市司法鉴定管理条例 art. 6 gives it
 * daily supervision, and 重庆 by analogy [default]. A seat told only as a province: the province's.
 * Nothing where the directory lacks that bureau: a wrong addressee would be worse than none.
 */
export function supervisorOf(directory: Directory, seat: Division, directlyUnderProvince: boolean): Agency | undefined {
  const local = isMunicipality(seat) ? seat : cityOf(seat);
  return justiceBureauOf(directory, directlyUnderProvince || levelOf(seat) === 'province' ? provinceOf(seat) : local);
}

/** What is wrong with these agencies as one directory, all of it; nothing for a sound one. */
export function checkDirectory(agencies: readonly Agency[]): readonly DirectoryFault[] {
  const directory = byId(agencies);
  const ids = agencies.map((one) => one.id);
  return [
    ...ids.filter((one, at) => ids.indexOf(one) !== at).map((one) => fault(one, 'duplicate-id', '标识重复')),
    ...agencies.flatMap((one) => faultsOf(one, directory)),
    ...bureauFaults(agencies),
  ];
}

const ranks = ['national', 'province', 'city', 'county'];

const byId = (agencies: readonly Agency[]): Directory => new Map(agencies.map((one) => [one.id, one]));

const fault = (place: string, reason: DirectoryFault['reason'], detail: string): DirectoryFault => ({ place, reason, detail });

function faultsOf(one: Agency, directory: Directory): DirectoryFault[] {
  const unknown = [one.superior, one.governing, one.discipline].filter((other) => other != null && !directory.has(other));
  const above = directory.get(one.superior ?? '');
  const problems: [boolean, DirectoryFault['reason'], string][] = [
    [unknown.length > 0, 'unknown-reference', `名录中没有 ${unknown.join('、')}`],
    [standsAbove(one, one, directory), 'cycle', '上级或主管关系成环'],
    [above !== undefined && ranks.indexOf(above.level) > ranks.indexOf(one.level), 'superior-below', `上级 ${above?.id} 的层级更低`],
    [levelOf(one.division) !== one.level, 'division-level', `${one.division} 不是 ${one.level} 一级的区划`],
    [one.kind === 'justice-bureau' && one.discipline === undefined, 'discipline', '司法行政机关须写明纪检监察机关'],
    [one.discipline !== undefined && directory.get(one.discipline)?.kind !== 'discipline', 'discipline', `${one.discipline} 不是纪检监察机关`],
  ];
  return problems.filter(([wrong]) => wrong).map(([, reason, detail]) => fault(one.id, reason, detail));
}

/** Whether `sought` is met on the way up from `from`, by superior or governing body. */
function standsAbove(sought: Agency, from: Agency, directory: Directory, seen: Set<string> = new Set()): boolean {
  return [from.superior, from.governing].some((next) => {
    const above = directory.get(next ?? '');
    if (above === undefined || seen.has(above.id)) return false;
    seen.add(above.id);
    return above.id === sought.id || standsAbove(sought, above, directory, seen);
  });
}

/** A province that has agencies has exactly one justice bureau of its own, and no division has two. */
function bureauFaults(agencies: readonly Agency[]): DirectoryFault[] {
  const bureaus = Map.groupBy(
    agencies.filter(({ kind }) => kind === 'justice-bureau'),
    ({ division: own }) => own,
  );
  const provinces = new Set(agencies.map(({ division: own }) => provinceOf(own)).filter((own) => own !== undefined));
  return [
    ...[...provinces].filter((own) => !bureaus.has(own)).map((own) => fault(own, 'justice-bureau', '没有省级司法行政机关')),
    ...[...bureaus]
      .filter(([, several]) => several.length > 1)
      .map(([own, several]) => fault(own, 'justice-bureau', `同一区划有 ${several.map((one) => one.id).join('、')}`)),
  ];
}
