import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { directoryFor } from '../../functions/agencies/directories.ts';
import {
  type Agency,
  checkDirectory,
  type DirectoryFault,
  disciplineOf,
  governingOf,
  justiceBureauOf,
  loadDirectory,
  superiorOf,
  supervisorOf,
  UnsoundDirectory,
} from '../../functions/agencies/directory.ts';

const all = directoryFor('100000');

describe('the directory as it stands', () => {
  test('given each province alone with the national organs, then it is sound and holds only its own', () => {
    for (const province of ['140000', '310000', '360000', '500000']) {
      const provinces = new Set([...directoryFor(province).values()].map(({ division }) => division.slice(0, 2)));
      expect(provinces).toEqual(new Set(['10', province.slice(0, 2)]));
      expect(directoryFor(`${province.slice(0, 2)}0100`)).toBe(directoryFor(province));
    }
  });

  test('given the whole country, then every file is in it; given a province without a file, then the national organs alone', () => {
    const files = readdirSync(new URL('../../functions/agencies/data/', import.meta.url)).filter((name) => name !== 'national.json');
    const codes = new Set([...all.values()].map(({ division }) => division.slice(0, 2)));
    expect(codes).toEqual(new Set(['10', ...files.map((name) => name.slice(0, 2))]));
    expect([...directoryFor('440000').values()].every(({ level }) => level === 'national')).toBe(true);
  });

  test.each(['justice-bureau', 'court', 'procuratorate', 'police', 'health', 'association', 'discipline', 'government'])(
    'given any province, then it has a %s',
    (kind) => {
      for (const province of ['14', '31', '36', '50']) {
        expect([...all.values()].some((one) => one.kind === kind && one.level === 'province' && one.division.startsWith(province))).toBe(true);
      }
    },
  );

  test('given the municipalities, then every district has its bureau: 16 and 38', () => {
    const districts = (code: string) =>
      [...all.values()].filter((one) => one.kind === 'justice-bureau' && one.level === 'county' && one.division.startsWith(code));
    expect([districts('31').length, districts('50').length]).toEqual([16, 38]);
  });

  test('given any agency, then its way up ends at the nation', () => {
    for (let one of all.values()) {
      while (one.level !== 'national') one = superiorOf(all, one.id) as Agency;
      expect(one.level).toBe('national');
    }
  });

  test('given names, then each is an agency’s own', () => {
    const names = [...all.values()].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('art. 8: whom to turn to above an organ', () => {
  test.each([
    ['jx-jian-jizhou-court', undefined],
    ['jx-jizhou-court', 'jx-jian-court'],
    ['jx-jian-court', 'jx-court'],
    ['jx-court', 'cn-court'],
    ['cn-court', undefined],
    ['sh-qingpu-court', 'sh-second-intermediate-court'],
    ['sh-pudong-court', 'sh-first-intermediate-court'],
    ['cq-yuzhong-procuratorate', 'cq-fifth-procuratorate-branch'],
    ['jx-jizhou-police', 'jx-jian-police'],
    ['sx-datong-justice', 'sx-justice'],
    ['sx-justice', 'cn-justice'],
    ['cn-justice', 'cn-government'],
    ['jx-jian-association', 'jx-jian-justice'],
  ])('above %s stands %s', (id, expected) => {
    expect(superiorOf(all, id)?.id).toBe(expected);
  });

  test('given a justice bureau, then its government governs it and a discipline organ stands beside it', () => {
    expect(governingOf(all, 'jx-jian-justice')?.name).toBe('吉安市人民政府');
    expect(disciplineOf(all, 'jx-jian-justice')?.name).toBe('吉安市纪委监委');
    expect(disciplineOf(all, 'jx-jizhou-justice')?.id).toBe('jx-jizhou-discipline');
  });

  test('given a court, then no government governs it', () => {
    expect(governingOf(all, 'jx-jian-court')).toBeUndefined();
    expect(disciplineOf(all, 'nobody-here')).toBeUndefined();
  });
});

describe('art. 5: 主管该鉴定机构的司法行政机关', () => {
  test.each([
    ['a county of a province: its city', '360802', false, 'jx-jian-justice'],
    ['a county whose own bureau is not listed: its city', '360830', false, 'jx-jian-justice'],
    ['a city', '140200', false, 'sx-datong-justice'],
    ['directly under the province', '360802', true, 'jx-justice'],
    ['a district of 上海 (上海条例 art. 6)', '310115', false, 'sh-pudong-justice'],
    ['a district of 重庆', '500103', false, 'cq-yuzhong-justice'],
    ['a county of 重庆', '500243', false, 'cq-pengshui-justice'],
    ['directly under a municipality', '310115', true, 'sh-justice'],
    ['a seat told as the province', '360000', false, 'jx-justice'],
    ['a seat told as the municipality', '310000', false, 'sh-justice'],
    ['a city that the directory lacks: nobody', '360700', false, undefined],
    ['a province that the directory lacks: nobody', '440100', true, undefined],
    ['no seat in a province: nobody', '100000', false, undefined],
  ])('%s', (_, seat, direct, expected) => {
    expect(supervisorOf(all, seat, direct)?.id).toBe(expected);
  });

  test('given a division, then its own bureau and no other kind is found', () => {
    expect(justiceBureauOf(all, '360802')?.id).toBe('jx-jizhou-justice');
    expect(justiceBureauOf(all, '310100')).toBeUndefined();
  });
});

describe('a directory that contradicts itself is refused with place and reason', () => {
  const discipline: Agency = { id: 'xx-discipline', name: '某省纪委监委（虚构）', kind: 'discipline', level: 'province', division: '360000', superior: null };
  const bureau: Agency = {
    id: 'xx-justice',
    name: '某省司法厅（虚构）',
    kind: 'justice-bureau',
    level: 'province',
    division: '360000',
    superior: null,
    discipline: 'xx-discipline',
  };
  const court: Agency = { id: 'xx-court', name: '某法院（虚构）', kind: 'court', level: 'province', division: '360000', superior: null };
  const base = [discipline, bureau, court];

  test('given a sound one, then nothing is wrong', () => {
    expect(checkDirectory(base)).toEqual([]);
    expect(loadDirectory([discipline], [bureau, court]).size).toBe(3);
  });

  test.each<[string, Agency[], Pick<DirectoryFault, 'place' | 'reason'>]>([
    ['an id twice', [court, ...base], { place: 'xx-court', reason: 'duplicate-id' }],
    ['an unknown superior', [discipline, bureau, { ...court, superior: 'xx-nobody' }], { place: 'xx-court', reason: 'unknown-reference' }],
    ['an unknown governing body', [discipline, bureau, { ...court, governing: 'xx-nobody' }], { place: 'xx-court', reason: 'unknown-reference' }],
    ['its own superior', [discipline, bureau, { ...court, superior: 'xx-court' }], { place: 'xx-court', reason: 'cycle' }],
    [
      'two above each other, one by governing',
      [discipline, { ...bureau, governing: 'xx-court' }, { ...court, superior: 'xx-justice' }],
      { place: 'xx-justice', reason: 'cycle' },
    ],
    [
      'a superior of a lower level',
      [...base, { ...court, id: 'xx-low-court', level: 'city', division: '360800' }, { ...court, id: 'xx-high-court', superior: 'xx-low-court' }],
      { place: 'xx-high-court', reason: 'superior-below' },
    ],
    ['a division of another level', [discipline, bureau, { ...court, division: '360800' }], { place: 'xx-court', reason: 'division-level' }],
    [
      'a bureau without a discipline organ',
      [{ id: 'xx-justice', name: '甲', kind: 'justice-bureau', level: 'province', division: '360000', superior: null }],
      { place: 'xx-justice', reason: 'discipline' },
    ],
    ['a discipline organ of another kind', [...base.slice(0, 1), { ...bureau, discipline: 'xx-court' }, court], { place: 'xx-justice', reason: 'discipline' }],
    ['no bureau of the province', [discipline, court], { place: '360000', reason: 'justice-bureau' }],
    ['two bureaus of the province', [...base, { ...bureau, id: 'xx-second-justice' }], { place: '360000', reason: 'justice-bureau' }],
  ])('given %s', (_, agencies, expected) => {
    expect(checkDirectory(agencies)[0]).toMatchObject(expected);
    expect(() => loadDirectory(agencies)).toThrow(`${expected.place}: ${expected.reason}`);
  });

  test('given those under a cycle but not in it, then only the cycle itself is named', () => {
    const ring = [
      { ...court, superior: 'xx-ring-court' },
      { ...court, id: 'xx-ring-court', superior: 'xx-court' },
    ];
    const faults = checkDirectory([discipline, bureau, ...ring, { ...court, id: 'xx-outer-court', superior: 'xx-court' }]);
    expect(faults.map(({ place }) => place)).toEqual(['xx-court', 'xx-ring-court']);
  });

  test.each([
    ['a member that is not known', { ...court, person: '某人' }],
    ['an id in capitals', { ...court, id: 'XX-court' }],
    ['a division that does not exist', { ...court, division: '990000' }],
    ['no superior said', { id: 'xx-court', name: '甲', kind: 'court', level: 'province', division: '360000' }],
  ])('given %s, then it is malformed', (_, given) => {
    expect(() => loadDirectory([given])).toThrow(UnsoundDirectory);
    expect(() => loadDirectory([given])).toThrow('malformed');
  });
});
