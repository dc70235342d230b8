import { AgencyRegistered, rosterKind } from '../../../events/agencies.ts';
import { reaction } from '../../kernel/reaction.ts';
import listAgency from '../commands/list-agency.ts';

/** An agency that the roster concerns stands in the directory → it stands in the list of its division too. */
export default reaction({
  name: 'agencies/list-agency',
  title: '登入名录后列入区划名单',
  hears: [AgencyRegistered],
  since: '2020-07-01',
  atOnce: 2,
  command: listAgency,
  targets: ({ data: { division, id, kind } }) => {
    const listed = rosterKind.safeParse(kind);
    return listed.success ? [{ division, id, kind: listed.data }] : [];
  },
});
