import { RecordRowSigned } from '../../events/interference.ts';
import { aggregate } from '../kernel/aggregate.ts';

/** 干预司法鉴定活动记录表 of a case: who has signed. What a row says is restricted, so that a sealed row looks like any other. */
export interface RecordState {
  readonly case: string;
  readonly institution: string;
  readonly rows: readonly { readonly row: string; readonly signer: string; readonly signedOn: string }[];
}

/** Rows that one record takes; more signers than any case has. */
export const MOST_ROWS = 200;

export const record = aggregate({
  name: 'interference/record',
  title: '干预司法鉴定活动记录表',
  initial: null as RecordState | null,
  events: [RecordRowSigned],
  evolve: {
    RecordRowSigned: (state, { case: number, institution, row, signer, signedOn }) => ({
      case: number,
      institution,
      rows: [...(state?.rows ?? []), { row, signer, signedOn }],
    }),
  },
  keyScope: ([number]) => `case/${number}`,
  listings: (state) =>
    state ? [{ listing: 'interference/records', partition: state.institution, sort: state.case, item: { case: state.case, signed: state.rows.length } }] : [],
  counters: { RecordRowSigned: ({ institution }) => [{ counter: `interference/rows/${institution}`, by: 1 }] },
});
