import { describe, expect, test } from 'vitest';
import { ProtectionDecided, ProtectionSought } from '../../events/interference.ts';
import { PROTECTION } from '../../functions/interference/articles.ts';
import decideProtection from '../../functions/interference/commands/decide-protection.ts';
import discloseProtection from '../../functions/interference/commands/disclose-protection.ts';
import seekProtection from '../../functions/interference/commands/seek-protection.ts';
import { protection } from '../../functions/interference/protection.ts';
import type { Actor, AgencyKind, Role } from '../../functions/kernel/identity.ts';
import { fact, given, TODAY, written } from '../support/given.ts';

const ROW = 'c'.repeat(32);
const SIGNER = 'b'.repeat(32);
const MATTER = 'a'.repeat(32);
const actor = (agency: string, kind: AgencyKind, role: Role, person = SIGNER): Actor => ({ agency, kind, division: '360800', person, roles: [role] });
const officer = actor('made-bureau', 'justice-bureau', 'officer');

const circumstances = (person = SIGNER, superior: string | null = 'made-province') => ({
  actor: actor('made-institution', 'institution', 'appraiser', person),
  facts: {
    case: fact({ case: '案1', institution: 'made-institution' }),
    record: fact({ rows: [{ row: ROW, signer: SIGNER, signedOn: TODAY }] }),
    institution: fact({ supervisedBy: 'made-bureau' }),
  },
  more: { bureau: fact({ superior }) },
});
const seeking = { case: '案1', row: ROW, kind: 'retaliation', to: 'bureau', account: '虚构', evidence: [] } as const;
const sought = (receiver = 'made-bureau') =>
  ProtectionSought.of({ matter: MATTER, kind: 'retaliation', institution: 'made-institution', receiver, soughtOn: TODAY, basis: PROTECTION.retaliation });

describe('第九条、第十条: who recorded or reported asks for protection', () => {
  test.each([
    ['retaliation', 'bureau', 'made-bureau', PROTECTION.retaliation],
    ['leak', 'bureau', 'made-bureau', PROTECTION.leak],
    ['retaliation', 'superior', 'made-province', PROTECTION.toSuperior],
    ['leak', 'superior', 'made-province', PROTECTION.toSuperior],
  ] as const)('%s, to the %s: %s receives it', (kind, to, receiver, basis) => {
    const { decision } = given(protection).when(seekProtection, { ...seeking, kind, to }, circumstances());
    expect(decision).toMatchObject([{ name: 'ProtectionSought', data: { kind, receiver, basis }, restricted: { reporter: SIGNER, row: ROW } }]);
  });

  test('nothing open tells who asks, of which case', () => {
    const { decision } = given(protection).when(seekProtection, seeking, circumstances());
    const open = JSON.stringify((decision as Parameters<typeof written>[0][]).map(written));
    for (const hidden of [ROW, '案1', `"${SIGNER}"`]) expect(open).not.toContain(hidden);
  });

  test('only of a row that one has signed, and only where the bureau has a superior', () => {
    given(protection)
      .when(seekProtection, seeking, circumstances('d'.repeat(32)))
      .thenRefused({ code: 'row_of_another', pointer: '/row' });
    given(protection)
      .when(seekProtection, { ...seeking, to: 'superior' }, circumstances(SIGNER, null))
      .thenRefused({ code: 'superior_missing', basis: PROTECTION.toSuperior, pointer: '/to' });
    given(protection)
      .when(seekProtection, { ...seeking, row: 'e'.repeat(32) }, circumstances())
      .thenRefused({ refused: 'not-found', pointer: '/row' });
  });
});

describe('第九条: a named officer decides', () => {
  const deciding = { matter: MATTER, outcome: 'substantiated', account: '虚构' } as const;
  const police = { organ: fact({ id: 'made-police' }) };
  const none = { organ: fact(undefined, 0) };

  test('substantiated or not; a suspected crime is transferred', () => {
    for (const outcome of ['substantiated', 'unsubstantiated'] as const) {
      given(protection, sought())
        .when(decideProtection, { ...deciding, outcome }, { actor: officer, facts: none })
        .thenEvents(
          ProtectionDecided.of({
            matter: MATTER,
            kind: 'retaliation',
            institution: 'made-institution',
            receiver: 'made-bureau',
            outcome,
            transferredTo: null,
            decidedOn: TODAY,
            basis: PROTECTION.retaliation,
          }),
        );
    }
    const { decision } = given(protection, sought()).when(
      decideProtection,
      { ...deciding, outcome: 'transferred', transferredTo: 'made-police' },
      { actor: officer, facts: police },
    );
    expect(decision).toMatchObject([{ data: { outcome: 'transferred', transferredTo: 'made-police', basis: PROTECTION.crime } }]);
  });

  test('an organ without a transfer, a transfer without an organ or to nobody known', () => {
    given(protection, sought())
      .when(decideProtection, { ...deciding, transferredTo: 'made-police' }, { actor: officer, facts: police })
      .thenRefused({ code: 'transfer_disagrees', pointer: '/transferredTo' });
    given(protection, sought())
      .when(decideProtection, { ...deciding, outcome: 'transferred' }, { actor: officer, facts: none })
      .thenRefused({ code: 'transfer_disagrees' });
    given(protection, sought())
      .when(decideProtection, { ...deciding, outcome: 'transferred', transferredTo: 'made-nobody' }, { actor: officer, facts: none })
      .thenRefused({ refused: 'not-found' });
  });

  test('once; a further account opens it again', () => {
    const decided = given(protection, sought()).when(decideProtection, deciding, { actor: officer, facts: none }).stream;
    expect(decided.decide(decideProtection, deciding, { actor: officer, facts: none })).toMatchObject({ code: 'already_decided' });
    decided.write(sought());
    expect(decided.decide(decideProtection, deciding, { actor: officer, facts: none })).toMatchObject([{ name: 'ProtectionDecided' }]);
  });

  test('nobody but who received it reads or decides; who looked is counted for the one who asked', () => {
    const at = given(protection, sought('made-province'));
    for (const [command, input] of [
      [decideProtection, deciding],
      [discloseProtection, { matter: MATTER, purpose: '虚构' }],
    ] as const) {
      at.when(command, input, { actor: officer, facts: none }).thenRefused({ refused: 'not-found' });
    }
    given(protection, sought())
      .when(discloseProtection, { matter: MATTER, purpose: '虚构' }, { actor: officer })
      .thenState(expect.objectContaining({ opened: { total: 1, last: { on: TODAY, toAgency: 'made-bureau', toRole: 'officer' } } }));
  });
});
