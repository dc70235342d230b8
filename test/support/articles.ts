import type { RestsOn } from '../../events/event.ts';

/** What an event rests on, article by article, each with its document: `interference-provisions 第八条`. */
export const articlesOf = (restsOn: RestsOn): readonly string[] =>
  typeof restsOn === 'string' ? [] : Object.entries(restsOn).flatMap(([document, articles]) => articles.map((each) => `${document} ${each}`));

/** An article, or one of its paragraphs or items (第八条第（三）项 of 第八条). */
export const coveredBy = (cited: string, article: string): boolean => cited.startsWith(article);

/** Articles that a text names. */
export const articlesIn = (text: string): readonly string[] =>
  [...text.matchAll(/第[一二三四五六七八九十]+条(?:第[一二三]款)?(?:第（[一二三四五]）项)?|第\d+[条项]|附件|印发通知第[一二]段/g)].map(([article]) => article);
