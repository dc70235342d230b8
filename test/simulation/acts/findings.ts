import type { Act, Asked, Scene } from './draft.ts';
import { appraiserAt, officers } from './people.ts';

/** What was found in all cases of a history, for the later ones to withdraw or verify. */
export interface Finding {
  readonly act: Act;
  readonly subject: object;
}

export function findsBreach(scene: Scene, institution: string, licences: readonly string[], findings: Finding[]): void {
  const { draft } = scene;
  const subject = { kind: 'appraiser', id: draft.personId(appraiserAt(institution, scene.pick('who', licences))) };
  const breach = scene.pick('breach', ['did-not-record', 'did-not-report', 'leaked'] as const);
  const acts = scene.roll('two') < 0.2 ? 2 : 1;
  const found = scene.ask(['sanctions/find-breach', officers[0], { subject, institution, breach, acts, account: draft.mark('认定') }], scene.pause('find'));
  findings.push({ act: found, subject });
}

/** One finding is withdrawn, verified as corrected, or both at the same instant. */
export function goesOnWithFinding(scene: Scene, findings: readonly Finding[]): void {
  const { draft } = scene;
  const { act: found, subject } = scene.pick('which', findings);
  const finding = draft.callId(found);
  const withdrawal: Asked = ['sanctions/withdraw-finding', officers[1], { subject, finding, reason: draft.mark('更正') }];
  const verification: Asked = ['sanctions/verify-correction', officers[0], { finding }];
  const roll = scene.roll('roll');
  if (roll < 0.5) scene.rivals(verification, withdrawal, scene.pause('rivals'));
  else scene.ask(roll < 0.8 ? withdrawal : verification, scene.pause('after'));
}
