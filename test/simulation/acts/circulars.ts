import { FIGURES } from '../../../functions/interference/figures.ts';
import type { Scene, Told } from './draft.ts';
import { type Claims, DESKS, INSTITUTIONS, officers, superiors } from './people.ts';

/** 情况通报 on one institution or both, issued by their bureau or its superior, now and then on a month that has not begun. */
export function issuesCircular(scene: Scene, told: Told[]): void {
  const named = scene.may('one', 0.4) ? [scene.pick('named', INSTITUTIONS)] : INSTITUTIONS;
  const act = scene.ask(
    [
      'interference/issue-circular',
      scene.pick('by', [...officers, ...superiors]),
      {
        from: '2026-01',
        to: scene.pick('to', ['2026-08', '2026-08', '2026-08', '2099-12']),
        lines: named.map((institution) => ({ institution, ...Object.fromEntries(FIGURES.map((figure) => [figure, scene.between(figure, 0, 9)])) })),
        text: '总体情况（虚构）',
        measures: '工作要求（虚构）',
      },
    ],
    scene.pause('issue'),
  );
  told.push(...named.map((institution) => ({ act, by: DESKS[institution] as Claims })));
}
