import type { AnyCommand } from './command.ts';

/** What a command's function asks of the key ring: seal what is restricted in its aggregate's events, open what it discloses or decides by. */
export const keyRightsOf = ({ aggregate, sealsActor, opens, discloses }: AnyCommand): { readonly seal: boolean; readonly open: boolean } => ({
  seal: sealsActor === true || (aggregate.events as readonly { readonly restricted: unknown }[]).some(({ restricted }) => restricted !== undefined),
  open: opens === true || discloses !== undefined,
});
