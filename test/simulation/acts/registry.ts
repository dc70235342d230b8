import { DAY } from '../platform.ts';
import type { Asked, Scene } from './draft.ts';
import { headOf, officers, registrar } from './people.ts';
import type { Course, Pair } from './proficiency.ts';

/** 注销程序 of one item: applied for, told, heard or not, decided; two on one item are decided at the same instant. */
export function strikesOff(course: Course, institution: string, pairs: readonly Pair[]): void {
  const { scene } = course;
  if (course.over('apply') || scene.roll('apply') < 0.1) return;
  for (const [at, { rectification }] of pairs.entries())
    course.step(`apply${at}`, ['registry/apply-for-cancellation', officers[0], { rectification }], scene.pause(`apply${at}`));
  let heard = true;
  for (const [at, { rectification: cancellation }] of pairs.entries()) {
    if (course.over(`notice${at}`)) return;
    course.step(`notice${at}`, ['registry/give-cancellation-notice', registrar, { cancellation }], scene.pause(`notice${at}`));
    if (!isHeard(course, scene.under(`hearing${at}`), institution, cancellation)) heard = false;
  }
  if (course.over('decide')) return;
  const deciding = (cancellation: string, outcome: 'cancel' | 'keep'): Asked => ['registry/decide-cancellation', registrar, { cancellation, outcome }];
  const outcome = scene.roll('outcome') < 0.8 ? 'cancel' : 'keep';
  const [one, other] = pairs.map(({ rectification }) => rectification);
  const pause = heard ? scene.pause('decide') : scene.between('decide:d', 4, 12) * DAY;
  const twice = one !== undefined && scene.may('decided-twice', 0.1) ? deciding(one, 'keep') : undefined;
  if (one !== undefined) course.step('decide', deciding(one, outcome), pause, other === undefined ? twice : deciding(other, 'cancel'));
}

/** 陈述、申辩: asked for or not, held; whether it was. */
function isHeard(course: Course, own: Scene, institution: string, cancellation: string): boolean {
  const { draft } = own;
  const head = headOf(institution);
  if (own.roll('asked') < 0.4) return false;
  course.step('request', ['registry/request-hearing', head, { cancellation, statement: draft.mark('陈述申辩') }], own.pause('request'));
  if (course.over('hold')) return true;
  course.step('hold', ['registry/hold-hearing', registrar, { cancellation, account: draft.mark('听取情况') }], own.pause('hold'));
  if (own.may('disclose', 0.4))
    own.ask(
      ['registry/disclose-hearing', own.pick('reader', [registrar, officers[0], head]), { cancellation, purpose: draft.mark('查阅目的') }],
      own.pause('disclose'),
    );
  return true;
}
