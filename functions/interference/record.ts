import { RecordCompleted, RecordRowSigned, RowsAskedFor } from '../../events/interference.ts';
import { aggregate } from '../kernel/aggregate.ts';
import { known } from './figures.ts';

/** 干预司法鉴定活动记录表 of a case: who has signed. What a row says is restricted, so that a sealed row looks like any other. */
export interface RecordState {
  readonly case: string;
  readonly institution: string;
  readonly rows: readonly { readonly row: string; readonly signer: string; readonly signedOn: string; readonly corrects?: string }[];
  /** Appraisers assigned to the case, as far as a row or the conclusion told of them. */
  readonly assigned: readonly string[];
  /** All rows that were asked for after the case was concluded are there; `null` where none had to be asked for. */
  readonly complete: boolean | null;
  /** Since when rows are asked for, and who supervises that they are signed; `null` where none had to be asked for. */
  readonly asked: { readonly concludedOn: string; readonly bureau: string } | null;
}

/** 尚未签名的鉴定人: who was assigned and has signed no row. */
export const missingOf = ({
  assigned,
  rows,
}: {
  readonly assigned: readonly string[];
  readonly rows: readonly { readonly signer: string }[];
}): readonly string[] => assigned.filter((person) => !rows.some(({ signer }) => signer === person));

/** Rows that one record takes; more signers than any case has. */
export const MOST_ROWS = 180;

/** 已签署的各行 of a case, from which a signer is told of his own. */
export const SIGNED_ROWS = 'interference/signed-rows';

export const record = aggregate({
  name: 'interference/record',
  title: '干预司法鉴定活动记录表',
  initial: null as RecordState | null,
  events: [RecordRowSigned, RowsAskedFor, RecordCompleted],
  evolve: {
    RecordRowSigned: (state, { case: number, institution, row, signer, signedOn, corrects, assigned }) => ({
      case: number,
      institution,
      rows: [...(state?.rows ?? []), { row, signer, signedOn, ...(corrects === undefined ? {} : { corrects }) }],
      assigned: assigned ?? state?.assigned ?? [],
      complete: state?.complete ?? null,
      asked: state?.asked ?? null,
    }),
    RowsAskedFor: (state, { case: number, institution, bureau, missing, concludedOn }) => ({
      case: number,
      institution,
      rows: state?.rows ?? [],
      assigned: [...new Set([...(state?.assigned ?? []), ...missing])],
      complete: false,
      asked: { concludedOn, bureau },
    }),
    RecordCompleted: (state) => state && { ...state, complete: true },
  },
  keyScope: ([number]) => `case/${number}`,
  listings: (state) => {
    if (!state) return [];
    const { case: number, institution, rows, asked, complete } = state;
    return [
      { listing: 'interference/records', partition: institution, sort: number, item: { case: number, signed: rows.length } },
      { listing: SIGNED_ROWS, partition: number, sort: 'rows', item: { rows: rows.map((row) => ({ ...row })) } },
      ...(asked && complete === false
        ? [institution, asked.bureau].map((partition) => ({
            listing: 'interference/missing-rows',
            partition,
            sort: `${asked.concludedOn}/${number}`,
            item: { case: number, institution, missing: missingOf(state), concludedOn: asked.concludedOn },
          }))
        : []),
    ];
  },
  counters: {
    RecordRowSigned: (data, _, meta) => [known('rows', data, meta)],
    RowsAskedFor: (data, _, meta) => [known('asked', data, meta, data.missing.length)],
    RecordCompleted: (data, _, meta) => [known('completed', data, meta)],
  },
});
