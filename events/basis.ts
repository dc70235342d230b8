import * as z from 'zod';

/** How far a text binds: law and normative document in force, reply letter, draft for comment. */
export const documentStatus = z.enum(['law', 'policy', 'draft']);
export type DocumentStatus = z.infer<typeof documentStatus>;

const text = z.string().min(1, '不能为空');

/** 依据: why a derived event is what it is (X6). */
export const basis = z
  .strictObject({
    /** The document as it is cited: its number 文号, or its title where it has none. */
    document: text,
    /** Article, paragraph, item: 第八条第（三）项. */
    article: text,
    status: documentStatus,
    /** Our reading 解释口径, in a sentence, where the text alone does not decide. */
    reading: text.exactOptional(),
  })
  .readonly();
export type Basis = z.infer<typeof basis>;
