import { DAY, HOUR } from '../platform.ts';
import type { Act, Asked, Scene, Told } from './draft.ts';
import { type Claims, operator } from './people.ts';

/** An agency's endpoint (接收端点) from its registration on: tested, its secret rotated, disabled and enabled, moved to another host; notices are asked for again. */
export function runsEndpoint(scene: Scene, own: Claims, told: readonly Told[]): void {
  const { agency } = own;
  const by = scene.pick('by', [own, own, operator]);
  let hosts = 0;
  const registering = (): Asked => {
    hosts += 1;
    const url = `https://host${hosts}.${agency.toLowerCase()}.example/${scene.draft.markHash()}`;
    return ['deliveries/register-endpoint', by, { agency, url, secret: scene.draft.markSecret() }];
  };
  const rotating = (): Asked => ['deliveries/rotate-endpoint-secret', by, { agency, secret: scene.draft.markSecret() }];
  const to = (command: 'ping' | 'disable' | 'enable'): Asked => [`deliveries/${command}-endpoint`, by, { agency }];

  const registered = scene.ask(registering(), scene.may('later', 0.2) ? scene.pause('register') : undefined);
  const notices: readonly Act[] = [registered, ...told.filter((each) => each.by.agency === agency).map(({ act }) => act)];
  const redelivering = (what: string): Asked => ['deliveries/redeliver', by, { agency, about: scene.draft.eventId(scene.pick(`${what}:about`, notices)) }];

  if (scene.may('ping', 0.3)) scene.ask(to('ping'), scene.pause('ping'));
  for (let at = scene.between('steps', 0, 3); at > 0; at -= 1) {
    const step = scene.under(`step${at}`);
    const pause = step.pause('when');
    const roll = step.roll('what');
    if (roll < 0.35) {
      step.against(step.may('rotated-twice', 0.2) ? rotating() : undefined, rotating(), pause);
      if (step.may('again', 0.2)) step.ask(rotating(), step.between('again:h', 1, 30) * HOUR);
    } else if (roll < 0.55) {
      step.against(step.may('pinged', 0.3) ? to('ping') : undefined, to('disable'), pause);
      if (step.may('enable', 0.8)) step.ask(to('enable'), step.pause('enable'));
    } else if (roll < 0.7) step.against(step.may('redelivered', 0.3) ? redelivering('rival') : undefined, registering(), pause);
    else step.against(step.pick('rival', [undefined, redelivering('rival'), to('disable')]), redelivering('asked'), pause);
  }
  if (!scene.may('asks-late', 0.5)) return;
  scene.ask(to('enable'), scene.between('late:d', 3, 12) * DAY);
  scene.ask(redelivering('late'), scene.pause('late'));
}
