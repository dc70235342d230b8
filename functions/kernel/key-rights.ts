import type { AnyCommand } from './command.ts';

/** What a command's function asks of the key ring: seal what is restricted in its aggregate's events, open what it discloses. */
export const keyRightsOf = ({ aggregate, sealsActor, discloses }: AnyCommand): { readonly seal: boolean; readonly open: boolean } => ({
  seal: sealsActor === true || (aggregate.events as readonly { readonly restricted: unknown }[]).some(({ restricted }) => restricted !== undefined),
  open: discloses !== undefined,
});
