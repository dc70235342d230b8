import { chineseMinute } from '../kernel/chinese-dates.ts';
import { escaped } from '../kernel/page.ts';
import { type History, passedWord, VERDICT_WORDS } from './history.ts';

/** What is drawn: a history, whose it is, and through which minute it is complete. */
export interface Charted extends History {
  /** Registered name of the institution. */
  readonly name: string;
  readonly asOf: string | null;
}

type Year = History['years'][number];
type Test = NonNullable<Year['test']>;
type Scale = 'z' | 'en';

const WIDTH = 640;
const HEIGHT = 240;
const MARGIN = 14;
/** Where the years begin and end. */
const LEFT = 66;
const RIGHT = WIDTH - 40;
const TOP = 52;
const BOTTOM = 200;
const YEAR_LABELS = 214;
const LEGEND = 230;
/** Years side by side at most; what is earlier is said not to be drawn. */
const YEARS_AT_MOST = 30;
/** A value beyond is drawn on the edge: in units of the line from which a result is 不满意. */
const EDGE = 1.35;

/** Width of a year from which figures and words stand in it. */
const ROOM_FOR_WORDS = 44;

const FONTS = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',sans-serif";
const INK = '#222';
const FAINT = '#767676';
const GRID = '#e4e4e4';
/** Apart for the colour-blind too; each stands with a shape of its own. */
const COLOURS = { passed: '#0072b2', warned: '#b36b00', failed: '#b83a00', absent: '#444' } as const;

const SCALES: Readonly<Record<Scale, { readonly word: string; readonly heading: string; readonly lines: readonly number[]; readonly failed: number }>> = {
  z: { word: 'z 比分数', heading: 'z', lines: [3, 2, 0, -2, -3], failed: 3 },
  en: { word: 'En 值', heading: 'En', lines: [1, 0, -1], failed: 1 },
};

const round = (value: number): number => Math.round(value * 10) / 10;

/** A score as it is read: two decimals, and no further than anybody compares. */
function figure(score: number): string {
  if (Math.abs(score) >= 1000) return score > 0 ? '＞999' : '＜−999';
  return String(Math.round(score * 100) / 100 + 0).replace('-', '−');
}

/** Width of a text of size 1 at most, as far as fonts agree. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (char < '\u0250' ? (/[A-Z@%&]/.test(char) ? 0.95 : /[ijl.,'|:; ]/.test(char) ? 0.35 : 0.66) : 1), 0);

/** As much of a text as there is room for, with … where it goes on. */
function fitted(text: string, size: number, room: number): string {
  if (widthOf(text) * size <= room) return text;
  let kept = '';
  for (const char of text) {
    if ((widthOf(kept + char) + 1) * size > room) break;
    kept += char;
  }
  return `${kept}…`;
}

interface Styled {
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly fill?: string;
  readonly bold?: boolean;
  /** Legible across a line that it stands on. */
  readonly halo?: boolean;
}

const label = (x: number, y: number, text: string, { size = 10, anchor = 'start', fill = INK, bold = false, halo = false }: Styled = {}): string =>
  text === ''
    ? ''
    : `<text x="${round(x)}" y="${round(y)}" font-size="${size}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${bold ? ' font-weight="bold"' : ''}${halo ? ' stroke="#fff" stroke-width="4" paint-order="stroke"' : ''} fill="${fill}">${escaped(text)}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, more = ''): string =>
  `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="${stroke}"${more}/>`;

const TICK = 'M-3.2 .3-.9 2.6 3.4-2.4';
const CROSS = 'M-2.7-2.7 2.7 2.7M-2.7 2.7 2.7-2.7';
const glyph = (d: string, stroke: string): string => `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="1.6"/>`;

/** Each mark about its own middle: what a test gave is filled, what else was found is an outline. */
const MARKS = {
  passed: `<circle r="6" fill="${COLOURS.passed}"/>${glyph(TICK, '#fff')}`,
  warned: `<path d="M0-6.5 7 5.5H-7Z" fill="#fff" stroke="${COLOURS.warned}" stroke-width="1.6" stroke-linejoin="round"/>${glyph('M0-2.4V1.4M0 2.6V4.2', COLOURS.warned)}`,
  failed: `<rect x="-5.7" y="-5.7" width="11.4" height="11.4" fill="${COLOURS.failed}"/>${glyph(CROSS, '#fff')}`,
  absent: `<path d="M0-7 7 0 0 7-7 0Z" fill="#fff" stroke="${COLOURS.absent}" stroke-width="1.4"/>${glyph('M-3 0H3', COLOURS.absent)}`,
  excused: `<path d="M0-7 7 0 0 7-7 0Z" fill="#fff" stroke="${COLOURS.absent}" stroke-width="1.2" stroke-dasharray="2 1.6"/>`,
  none: `<path d="M-4 0H4" stroke="${FAINT}" stroke-width="1.2"/>`,
  pass: `<circle r="5.4" fill="#fff" stroke="${COLOURS.passed}" stroke-width="1.2"/>${glyph(TICK, COLOURS.passed)}`,
  fail: `<rect x="-5" y="-5" width="10" height="10" fill="#fff" stroke="${COLOURS.failed}" stroke-width="1.2"/>${glyph(CROSS, COLOURS.failed)}`,
} as const;
type Mark = keyof typeof MARKS;

const MARK_WORDS: readonly (readonly [Mark, string])[] = [
  ['passed', VERDICT_WORDS.passed],
  ['warned', VERDICT_WORDS.warned],
  ['failed', VERDICT_WORDS.failed],
  ['absent', VERDICT_WORDS.absent],
  ['excused', `${VERDICT_WORDS.absent}（有正当理由）`],
  ['none', '无结果'],
  ['pass', VERDICT_WORDS.passed],
  ['fail', VERDICT_WORDS.failed],
];

const mark = (kind: Mark, x: number, y: number, use: 'mark' | 'key' = 'mark'): string =>
  `<g class="${use} ${kind}" transform="translate(${round(x)} ${round(y)})">${MARKS[kind]}</g>`;

const testMark = (test: Test | null): Mark => (test === null ? 'none' : test.verdict === 'absent' && test.excused ? 'excused' : test.verdict);
const foundMark = (found: { readonly passed: boolean }): Mark => (found.passed ? 'pass' : 'fail');

/** 行: what is marked of a year below the scores. */
const ROWS: readonly { readonly title: string; readonly always?: true; readonly of: (year: Year) => Mark | undefined }[] = [
  { title: '能力验证', always: true, of: ({ test }) => testMark(test) },
  { title: '现场测评', of: ({ assessment }) => (assessment === null ? undefined : foundMark(assessment)) },
  { title: '补测', of: ({ retest }) => (retest === null ? undefined : foundMark(retest)) },
];

const scoresOf = ({ test }: Year): { readonly by: Scale; readonly scores: readonly number[] } | undefined =>
  test?.grade && test.grade.by !== 'word' ? { by: test.grade.by, scores: test.grade.scores } : undefined;

function testTold({ verdict, word, grade, excused, counts }: Test): string {
  const of =
    grade === null
      ? excused
        ? '（有正当理由）'
        : ''
      : grade.by === 'word'
        ? `（${grade.word}）`
        : `（${SCALES[grade.by].word}：${grade.scores.map(figure).join('、')}）`;
  return `能力验证${word}${of}${verdict === 'absent' && counts ? '，计作不合格' : ''}`;
}

/** 一个年度 in words. */
function yearTold({ year, test, assessment, retest, detected }: Year): string {
  const said = [
    test ? testTold(test) : '无能力验证结果',
    assessment && `现场测评${passedWord(assessment.passed)}${assessment.counts ? '，计作不合格' : ''}`,
    retest && `补测${passedWord(retest.passed)}`,
    detected !== null && '与上一年度构成连续两年不合格',
  ].filter((each) => each !== null && each !== false);
  return `${year}年：${said.join('；')}`;
}

const NOTHING = { test: null, assessment: null, retest: null, detected: null } as const;

/** Every year from the first to the last, those without anything too, and whether earlier ones are left out. */
function windowOf(years: readonly Year[]): { readonly shown: readonly Year[]; readonly earlier: boolean } {
  const known = new Map(years.map((year) => [year.year, year]));
  const last = Math.max(...known.keys());
  const first = Math.max(Math.min(...known.keys()), last - YEARS_AT_MOST + 1);
  return {
    shown: Array.from({ length: last - first + 1 }, (_, at) => known.get(first + at) ?? { year: first + at, ...NOTHING }),
    earlier: [...known.keys()].some((year) => year < first),
  };
}

/** Where things stand. */
interface Layout {
  readonly years: readonly Year[];
  readonly column: number;
  readonly x: (at: number) => number;
  readonly rows: typeof ROWS;
  readonly rowAt: (row: number) => number;
  /** Middle and half height of the scores; absent where no year has any. */
  readonly band: { readonly middle: number; readonly unit: number } | undefined;
}

function layoutOf(years: readonly Year[]): Layout {
  const column = (RIGHT - LEFT) / years.length;
  const rows = ROWS.filter(({ always, of }) => always || years.some((year) => of(year) !== undefined));
  const bracket = years.some(({ detected }) => detected !== null) ? 18 : 4;
  const scored = years.some((year) => scoresOf(year) !== undefined);
  const pitch = scored ? 18 : Math.min(40, (BOTTOM - TOP - bracket) / rows.length);
  const begin = scored ? BOTTOM - rows.length * pitch : (TOP + BOTTOM + bracket - rows.length * pitch) / 2;
  const bandEnd = begin - bracket;
  return {
    years,
    column,
    x: (at) => LEFT + (at + 0.5) * column,
    rows,
    rowAt: (row) => begin + (row + 0.5) * pitch,
    band: scored ? { middle: (TOP + bandEnd) / 2, unit: (bandEnd - TOP) / 2 / EDGE } : undefined,
  };
}

function grid({ years, column, x, rows, rowAt }: Layout): string {
  const step = [1, 2, 5, 10].find((each) => each * column >= 30) ?? 10;
  const named = years.map(({ year }, at) => ({ year, at })).filter(({ at }) => (years.length - 1 - at) % step === 0);
  const edges = Array.from({ length: years.length + 1 }, (_, at) => line(LEFT + at * column, TOP, LEFT + at * column, BOTTOM + 3, GRID));
  return [
    ...edges,
    line(LEFT, BOTTOM, RIGHT, BOTTOM, FAINT),
    ...rows.map(({ title }, row) => label(LEFT - 8, rowAt(row) + 3.6, title, { anchor: 'end' })),
    ...named.map(({ year, at }) => label(x(at), YEAR_LABELS, String(year), { anchor: 'middle' })),
  ].join('');
}

/** 参考线, each with its figure: of the first scale on the left, of a second one on the right. */
function referenceLines({ years, band }: Layout): string {
  if (!band) return '';
  const scales = (['z', 'en'] as const).filter((each) => years.some((year) => scoresOf(year)?.by === each));
  return scales
    .flatMap((scale, at) => {
      const { heading, lines, failed } = SCALES[scale];
      const [x, anchor] = at === 0 ? ([LEFT - 5, 'end'] as const) : ([RIGHT + 5, 'start'] as const);
      return [
        label(at === 0 ? LEFT - 30 : RIGHT + 22, band.middle + 3.2, heading, { anchor: at === 0 ? 'end' : 'start', fill: FAINT }),
        ...lines.flatMap((value) => {
          const y = band.middle - (value / failed) * band.unit;
          const dashes = value === 0 ? '' : Math.abs(value) === failed ? ' stroke-width="1.1"' : ' stroke-dasharray="4 3"';
          return [
            line(LEFT, y, RIGHT, y, value === 0 ? '#b0b0b0' : COLOURS[Math.abs(value) === failed ? 'failed' : 'warned'], dashes),
            label(x, y + 3, figure(value), { size: 9, anchor, fill: FAINT }),
          ];
        }),
      ];
    })
    .join('');
}

/** 分值: a point each; one beyond the edge points out of it. The worst stands with its figure where there is room. */
function points({ by, scores }: NonNullable<ReturnType<typeof scoresOf>>, x: number, { band, column }: Layout): string {
  if (!band) return '';
  const { failed } = SCALES[by];
  const place = (score: number) => band.middle - Math.max(-EDGE, Math.min(EDGE, score / failed)) * band.unit;
  const drawn = scores.map((score) => {
    const y = round(place(score));
    if (Math.abs(score / failed) <= EDGE) return `<circle class="score" cx="${round(x)}" cy="${y}" r="2.8" fill="${INK}" fill-opacity=".75"/>`;
    return `<path class="score" d="M${round(x)} ${y}l-3.6 ${score > 0 ? 6 : -6}h7.2z" fill="${INK}"/>`;
  });
  const worst = scores.reduce((one, other) => (Math.abs(other) > Math.abs(one) ? other : one));
  const y = Math.max(TOP + 7, Math.min(band.middle + EDGE * band.unit - 1, place(worst) + 3.2));
  return [...drawn, ...(column >= ROOM_FOR_WORDS ? [label(x + 5, y, figure(worst), { size: 9, halo: true })] : [])].join('');
}

/** 连续两年: from the middle of one year to that of the next. */
function bracket(x: number, { column, rowAt }: Layout): string {
  const y = rowAt(0) - 11;
  const [from, to] = [Math.max(LEFT, x - column) + 1.5, x - 1.5];
  const word = column >= ROOM_FOR_WORDS ? label((from + to) / 2, y - 2.5, '连续两年', { size: 9, anchor: 'middle', fill: COLOURS.failed }) : '';
  return `<path class="pair" d="M${round(from)} ${round(y + 4)}V${round(y)}H${round(to)}V${round(y + 4)}" fill="none" stroke="${COLOURS.failed}" stroke-width="1.6"/>${word}`;
}

function yearDrawn(year: Year, at: number, layout: Layout): string {
  const { x, rows, rowAt } = layout;
  const scored = scoresOf(year);
  const marks = rows.flatMap(({ of }, row) => {
    const kind = of(year);
    return kind === undefined ? [] : [mark(kind, x(at), rowAt(row))];
  });
  return `<g class="year"><title>${escaped(yearTold(year))}</title>${scored ? points(scored, x(at), layout) : ''}${marks.join('')}${year.detected === null ? '' : bracket(x(at), layout)}</g>`;
}

function legend({ years, rows }: Layout): string {
  const used = new Set(years.flatMap((year) => rows.map(({ of }) => of(year))));
  const told = MARK_WORDS.filter(([kind]) => used.has(kind));
  const keys = told
    .filter(([, word], at) => told.findIndex(([, other]) => other === word) === at)
    .map(([kind, word]) => ({ word, draw: (x: number) => mark(kind, x, LEGEND - 3.6, 'key') }));
  const pair = years.some(({ detected }) => detected !== null)
    ? [{ word: '连续两年不合格', draw: (x: number) => `<path d="M${x - 7} ${LEGEND}v-5h14v5" fill="none" stroke="${COLOURS.failed}" stroke-width="1.6"/>` }]
    : [];
  let x = MARGIN + 7;
  return [...keys, ...pair]
    .map(({ word, draw }) => {
      const drawn = `${draw(x)}${label(x + 11, LEGEND, word)}`;
      x += 11 + widthOf(word) * 10 + 18;
      return drawn;
    })
    .join('');
}

const sentences = (said: readonly string[]): string =>
  said
    .filter((each) => each !== '')
    .map((each) => `${each}。`)
    .join('');

/** 图 of the years of one institution in one item, in SVG: no script, nothing from elsewhere, every result by its shape and in words too. */
export function chart({ name, title, unresolved, years, asOf }: Charted): string {
  const heading = `${title}能力验证历年结果`;
  const { shown, earlier } = years.length === 0 ? { shown: [], earlier: false } : windowOf(years);
  const stands = unresolved === null ? '' : `${unresolved}年度不合格，尚未补测合格`;
  const until = asOf === null ? '' : `数据截至${chineseMinute(asOf)}`;
  const before = earlier ? `${shown[0]?.year}年以前的没有画出` : '';
  const extent = [before, until].filter((each) => each !== '').join('，');
  const said = [`鉴定机构：${name}`, ...(shown.length === 0 ? ['暂无结果'] : shown.map(yearTold)), stands, extent];
  const layout = shown.length === 0 ? undefined : layoutOf(shown);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" lang="zh-CN" font-family="${FONTS}">`,
    `<title>${escaped(heading)}</title><desc>${escaped(sentences(said))}</desc>`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    label(MARGIN, 20, fitted(title, 14, WIDTH - 3 * MARGIN - widthOf(extent) * 9), { size: 14, bold: true }),
    label(WIDTH - MARGIN, 20, extent, { size: 9, anchor: 'end', fill: FAINT }),
    label(MARGIN, 38, fitted(`${name}　能力验证历年结果`, 11, WIDTH - 3 * MARGIN - widthOf(stands) * 11), { size: 11 }),
    label(WIDTH - MARGIN, 38, stands, { size: 11, anchor: 'end', fill: COLOURS.failed }),
    layout
      ? `${grid(layout)}${referenceLines(layout)}${shown.map((year, at) => yearDrawn(year, at, layout)).join('')}${legend(layout)}`
      : label(WIDTH / 2, HEIGHT / 2, '暂无结果', { size: 14, anchor: 'middle', fill: FAINT }),
    '</svg>',
  ].join('');
}
