import { describe, expect, test } from 'vitest';
import { basis } from '../../events/basis.ts';
import { citationOf, cite, DOCUMENT_IDS, DOCUMENTS, documentOf } from '../../events/documents.ts';

describe('X6: every derived event says why', () => {
  test('given an article of the provisions in force, then the basis is law and cites the number', () => {
    expect(cite('interference-provisions', '第八条第（三）项')).toStrictEqual({ document: '司办通〔2020〕56号', article: '第八条第（三）项', status: 'law' });
  });

  test.each([
    ['shanghai-reply', '沪司复函〔2026〕22号', 'policy'],
    ['chongqing-reply', '《重庆市司法局关于市六届人大一次会议第1164号建议办理情况的答复函》', 'policy'],
    ['jian-reform-plan', '《吉安市关于深化司法鉴定管理体制改革的工作方案（征求意见稿）》', 'draft'],
    ['excellence-opinions', '《关于加强高资质高水平司法鉴定机构建设与管理的意见（征求意见稿）》', 'draft'],
    ['penalty-law', '《中华人民共和国行政处罚法》', 'law'],
  ] as const)('given %s with a reading, then it stands in the basis with the document’s status', (id, document, status) => {
    expect(cite(id, '第12项', '按合格线理解')).toStrictEqual({ document, article: '第12项', status, reading: '按合格线理解' });
  });

  test('given any document, then its citation is its own, leads back to it and makes a sound basis', () => {
    expect(new Set(DOCUMENT_IDS.map(citationOf)).size).toBe(DOCUMENT_IDS.length);
    for (const id of DOCUMENT_IDS) {
      const cited = cite(id, '第一条');
      expect(basis.parse(cited)).toStrictEqual(cited);
      expect(documentOf(cited)).toBe(id);
    }
    expect(documentOf({ document: '未列文件', article: '第一条', status: 'law' })).toBeUndefined();
  });

  test('X10: only the four documents that are letters or drafts are not law', () => {
    expect(DOCUMENT_IDS.filter((id) => DOCUMENTS[id].status !== 'law')).toEqual([
      'shanghai-reply',
      'chongqing-reply',
      'jian-reform-plan',
      'excellence-opinions',
    ]);
  });

  test.each([
    ['another member', { document: 'a', article: 'b', status: 'law', note: 'c' }],
    ['another status', { document: 'a', article: 'b', status: 'custom' }],
    ['no article', { document: 'a', article: '', status: 'law' }],
    ['no document', { article: 'b', status: 'law' }],
    ['an empty reading', { document: 'a', article: 'b', status: 'law', reading: '' }],
    ['a reading left undefined', { document: 'a', article: 'b', status: 'law', reading: undefined }],
  ])('given a basis with %s, then it is refused', (_, given) => {
    expect(basis.safeParse(given).success).toBe(false);
  });
});
