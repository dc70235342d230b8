import { describe, expect, test } from 'vitest';
import { articleThreeKind, contentBox, interfererBox, recordContent } from '../../events/interference.ts';
import { type ArticleThreeKind, type ContentBox, checkContent, type Interference, involves, missingEvidence } from '../../functions/interference/form.ts';

const pleading: Interference = {
  answer: 'interference',
  interferers: [{ box: 'party-or-agent', name: '演示甲' }],
  contents: [{ box: 'plead' }],
  articleThree: ['plead'],
  account: '演示情况',
  evidence: [],
};
const evidence = { kind: '录音', sha256: '0'.repeat(64), keptAt: '演示柜' };
const content = (part: Partial<Interference>): Interference => ({ ...pleading, ...part });
const refusalOf = (part: Partial<Interference>) => {
  const refusal = checkContent(content(part));
  return refusal && { code: refusal.code, pointer: refusal.pointer, article: refusal.basis?.article };
};
const ticked = (box: ContentBox) => (box === 'other' ? { box, other: '演示' } : { box });

describe('the form (附件)', () => {
  test('“none” is complete by itself', () => expect(checkContent({ answer: 'none' })).toBeUndefined());
  test('who, what and how are complete', () => {
    expect(recordContent.safeParse(pleading).success).toBe(true);
    expect(checkContent(pleading)).toBeUndefined();
  });

  test('其他 of an interferer needs its text', () => {
    expect(refusalOf({ interferers: [{ box: 'insider' }, { box: 'other' }] })).toEqual({
      code: 'other_text_missing',
      pointer: '/content/interferers/1/other',
      article: '附件《干预司法鉴定活动记录表》',
    });
    expect(refusalOf({ interferers: [{ box: 'insider' }, { box: 'other', other: '律师' }] })).toBeUndefined();
  });
  test('其他 of a content needs its text', () => {
    const articleThree: ArticleThreeKind[] = ['plead', 'other'];
    expect(refusalOf({ articleThree, contents: [{ box: 'plead' }, { box: 'other' }] })).toMatchObject({
      code: 'other_text_missing',
      pointer: '/content/contents/1/other',
    });
    expect(refusalOf({ articleThree, contents: [{ box: 'plead' }, { box: 'other', other: '威胁' }] })).toBeUndefined();
  });
  test.each(interfererBox.options.filter((box) => box !== 'other'))('only 其他 has a text: interferer %s', (box) => {
    expect(refusalOf({ interferers: [{ box, other: '律师' }] })).toMatchObject({ code: 'other_text_not_asked', pointer: '/content/interferers/0/other' });
    expect(refusalOf({ interferers: [{ box }] })).toBeUndefined();
  });
  test.each(contentBox.options.filter((box) => box !== 'other'))('only 其他 has a text: content %s', (box) => {
    expect(refusalOf({ contents: [{ box, other: '催促' }] })).toMatchObject({ code: 'other_text_not_asked', pointer: '/content/contents/0/other' });
  });

  test('a content is ticked once', () => {
    expect(refusalOf({ contents: [{ box: 'plead' }, { box: 'opinion' }, { box: 'plead' }] })).toMatchObject({
      code: 'content_repeated',
      pointer: '/content/contents/2',
    });
    expect(refusalOf({ contents: [{ box: 'plead' }, { box: 'opinion' }] })).toBeUndefined();
  });
  test('a kind of art. 3 is listed once', () => {
    expect(refusalOf({ articleThree: ['plead', 'plead'] })).toMatchObject({ code: 'kind_repeated', pointer: '/content/articleThree/1', article: '第三条' });
  });
  test('several interferers of one box stand side by side; the same person does not', () => {
    const insider = { box: 'insider', name: '演示乙' } as const;
    expect(refusalOf({ interferers: [insider, { box: 'insider', name: '演示丙' }] })).toBeUndefined();
    expect(refusalOf({ interferers: [insider, { box: 'party-or-agent', name: '演示乙' }] })).toBeUndefined();
    expect(refusalOf({ interferers: [insider, { ...insider, organ: '演示单位' }] })).toBeUndefined();
    expect(refusalOf({ interferers: [insider, { box: 'insider', name: '演示丙' }, insider] })).toMatchObject({
      code: 'interferer_repeated',
      pointer: '/content/interferers/2',
    });
  });
  test('of one name, different 其他 texts are different people', () => {
    const other = (text: string) => ({ box: 'other', other: text, name: '演示乙' }) as const;
    expect(refusalOf({ interferers: [other('律师'), other('记者')] })).toBeUndefined();
    expect(refusalOf({ interferers: [other('律师'), other('律师')] })).toMatchObject({ code: 'interferer_repeated' });
  });
  test('persons without a name are different persons (reading)', () => {
    expect(refusalOf({ interferers: [{ box: 'commissioner' }, { box: 'commissioner' }] })).toBeUndefined();
  });
});

describe('kinds of art. 3 and boxes of the form agree', () => {
  /** The whole agreement for one kind and one box. */
  const AGREE: Record<ArticleThreeKind, readonly ContentBox[]> = {
    plead: ['plead'],
    'private-meeting': ['other'],
    coerce: ['procedure', 'opinion'],
    other: ['procedure', 'opinion', 'other'],
  };
  test.each(articleThreeKind.options.flatMap((kind) => contentBox.options.map((box) => [kind, box] as const)))('第三条: %s ticked as %s', (kind, box) => {
    expect(checkContent(content({ articleThree: [kind], contents: [ticked(box)] })) === undefined).toBe(AGREE[kind].includes(box));
  });

  test.each([
    ['plead', ['opinion'], '第三条第（一）项'],
    ['private-meeting', ['procedure'], '第三条第（二）项'],
    ['coerce', ['plead'], '第三条第（三）项'],
    ['other', ['plead'], '第三条第（四）项'],
  ] as const)('the refusal names the item: %s', (kind, boxes, article) => {
    expect(refusalOf({ articleThree: [kind], contents: boxes.map(ticked) })).toEqual({ code: 'kind_not_ticked', pointer: '/content/articleThree/0', article });
  });
  test('every kind listed needs its own box', () => {
    expect(refusalOf({ articleThree: ['plead', 'coerce'], contents: [{ box: 'plead' }] })).toMatchObject({
      code: 'kind_not_ticked',
      pointer: '/content/articleThree/1',
    });
    expect(refusalOf({ articleThree: ['plead', 'coerce'], contents: [{ box: 'plead' }, { box: 'opinion' }] })).toBeUndefined();
  });
  test('请托说情 ticked needs 第（一）项', () => {
    expect(refusalOf({ articleThree: ['coerce'], contents: [{ box: 'opinion' }, { box: 'plead' }] })).toEqual({
      code: 'box_without_kind',
      pointer: '/content/contents/1',
      article: '第三条第（一）项',
    });
  });
  test('其他 ticked needs 第（二）项 or 第（四）项', () => {
    expect(refusalOf({ articleThree: ['coerce'], contents: [{ box: 'opinion' }, ticked('other')] })).toEqual({
      code: 'box_without_kind',
      pointer: '/content/contents/1',
      article: '第三条',
    });
    expect(refusalOf({ articleThree: ['coerce', 'private-meeting'], contents: [{ box: 'opinion' }, ticked('other')] })).toBeUndefined();
    expect(refusalOf({ articleThree: ['coerce', 'other'], contents: [{ box: 'opinion' }, ticked('other')] })).toBeUndefined();
  });
  test('at what any kind aimed may be ticked beside it', () => {
    expect(refusalOf({ articleThree: ['private-meeting'], contents: [ticked('other'), { box: 'procedure' }, { box: 'opinion' }] })).toBeUndefined();
  });
  test('a refusal repeats nothing of what was filled in', () => {
    const refusal = checkContent(content({ interferers: [{ box: 'insider', name: '演示乙', other: '秘密' }] }));
    expect(JSON.stringify(refusal)).not.toMatch(/演示乙|秘密|演示情况/);
  });
});

describe('evidence (第四条)', () => {
  test('is missing where interference is recorded without any, and refuses nothing', () => {
    expect(missingEvidence(pleading)).toBe(true);
    expect(checkContent(pleading)).toBeUndefined();
  });
  test('is not missing where one is fixed, nor where there is nothing to prove', () => {
    expect(missingEvidence(content({ evidence: [evidence] }))).toBe(false);
    expect(missingEvidence({ answer: 'none' })).toBe(false);
  });
});

describe('involves', () => {
  test.each(interfererBox.options)('%s where any interferer is ticked so', (box) => {
    const rest = box === 'insider' ? 'bureau-staff' : 'insider';
    expect(involves(content({ interferers: [{ box: rest }, { box }] }), box)).toBe(true);
    expect(involves(content({ interferers: [{ box: rest }] }), box)).toBe(false);
    expect(involves({ answer: 'none' }, box)).toBe(false);
  });
});
