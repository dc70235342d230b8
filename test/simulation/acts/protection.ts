import type { Act, Asked, Scene, Told } from './draft.ts';
import { type Claims, DESKS, officers, POLICE, superiors } from './people.ts';
import type { Case } from './record.ts';

/** 保护请求 about a signed row: opened, decided on, and told anew while two officers decide. */
export function seeksProtection(scene: Scene, { case: number }: Case, row: Act, told: Told[]): void {
  const { draft } = scene;
  const by = row.claims;
  const kind = scene.pick('kind', ['retaliation', 'leak'] as const);
  const to = scene.pick('to', ['bureau', 'superior'] as const);
  const [one, other] = to === 'bureau' ? officers : superiors;
  const matter = draft.opaqueId('protection', row, kind, by);
  const seeking = (): Asked => [
    'interference/seek-protection',
    by,
    {
      case: number,
      row: draft.callId(row),
      kind,
      to,
      account: draft.mark('打击报复'),
      evidence: [{ kind: draft.mark('种类'), sha256: draft.markHash(), keptAt: draft.mark('存放') }],
    },
  ];
  const opening = (): Asked => ['interference/disclose-protection', one, { matter, purpose: draft.mark('查阅目的') }];
  const deciding = (officer: Claims, what: string): Asked => {
    const outcome = scene.pick(what, ['substantiated', 'unsubstantiated', 'transferred'] as const);
    return [
      'interference/decide-protection',
      officer,
      { matter, outcome, ...(outcome === 'transferred' ? { transferredTo: POLICE } : {}), account: draft.mark('处理情况') },
    ];
  };

  told.push({ act: scene.ask(seeking(), scene.pause('seek')), by: one });
  if (scene.may('open', 0.5)) scene.ask(opening(), scene.pause('open'));
  if (!scene.may('decide', 0.75)) return;
  const rivals = [undefined, deciding(other, 'other-decision'), seeking(), opening()];
  told.push({ act: scene.against(scene.pick('against', rivals), deciding(one, 'decision'), scene.pause('decide')), by: DESKS[POLICE] as Claims });
}
