import { commandFunction, functionsOf } from '../../../functions/kernel/aws/environment.ts';
import { commandHandler } from '../../../functions/kernel/http/command-handler.ts';
import { intakeHandler } from '../../../functions/kernel/http/intake-handler.ts';
import type { HttpResult } from '../../../functions/kernel/http/middleware.ts';
import { queryHandler } from '../../../functions/kernel/http/query-handler.ts';
import { signedIntakeHandler } from '../../../functions/kernel/http/signed-intake-handler.ts';
import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { keyRightsOf } from '../../../functions/kernel/key-rights.ts';
import { type Bus, type CommitRecord, type KeyRing, NotPermitted } from '../../../functions/kernel/ports.ts';
import { projectBatch } from '../../../functions/kernel/project.ts';
import { publish } from '../../../functions/kernel/publish.ts';
import { queueHandler } from '../../../functions/kernel/queue-handler.ts';
import { runSchedule } from '../../../functions/kernel/run-schedule.ts';
import { contextOf, type Deployed, deployedOf, idOf } from '../../deployed.ts';
import type { LocalFunction } from '../deployment.ts';
import type { Functions } from '../functions.ts';
import type { EmbeddedRecord } from './ledger-source.ts';
import { eachByItself } from './side-by-side.ts';

// biome-ignore lint/suspicious/noExplicitAny: each function takes what its own service hands over
type Handler = (event: any) => Promise<unknown>;

/**
 * The functions of a deployment from their definitions, in this process, on the kernel's own ports: each with the rights that its bundle has.
 * Throws when a deployed function has no definition.
 */
export function embeddedFunctions(deployed: ReadonlyMap<string, LocalFunction>, kernel: Kernel): Functions {
  const handlers = new Map<string, Handler>();
  const known = new Map(deployedOf(kernel.definitions).map((each) => [`${contextOf(each)}-${idOf(each)}`, each]));
  for (const [name, { environment }] of deployed) {
    const definition = known.get(name.replace(/^jianheng-\d\d-/, ''));
    if (!definition) throw new Error(`${name} is deployed, and no file declares it`);
    handlers.set(
      name,
      handlerOf(kernel, definition, (command, event) => invoke(commandFunction(functionsOf(environment), command), event)),
    );
  }
  const invoke = async (name: string, event: unknown): Promise<unknown> => {
    const handler = handlers.get(name);
    if (!handler) throw new Error(`there is no function ${name}`);
    return handler(event);
  };
  return {
    invoke,
    close: async () => {},
  };
}

function handlerOf(kernel: Kernel, deployed: Deployed, call: (command: string, event: unknown) => Promise<unknown>): Handler {
  const open = { ...kernel, bus: closedBus };
  switch (deployed.kind) {
    case 'command':
      return commandHandler({ ...open, keyRing: narrowed(kernel.keyRing, keyRightsOf(deployed.command)) }, deployed.command);
    case 'query':
      return queryHandler({ ...open, keyRing: narrowed(kernel.keyRing, NOTHING) }, deployed.query);
    case 'reaction':
      return eachByItself(queueHandler({ ...open, keyRing: narrowed(kernel.keyRing, keyRightsOf(deployed.command)) }, deployed.reaction));
    case 'schedule':
      return () => runSchedule({ ...open, keyRing: narrowed(kernel.keyRing, keyRightsOf(deployed.command)) }, deployed.schedule);
    case 'intake': {
      const parts = { ...kernel, types: deployed.types, give: async (command: string, event: unknown) => (await call(command, event)) as HttpResult };
      if (!deployed.route.signed) return intakeHandler(parts);
      return signedIntakeHandler({ ...kernel, keyRing: narrowed(kernel.keyRing, { seal: false, open: true }) }, parts);
    }
    case 'publish':
      return onStream((records) => publish(kernel, records));
    case 'project':
      return onStream(async (records) => {
        const failed = await projectBatch(open, records);
        return failed === undefined ? [] : [failed];
      });
  }
}

const onStream =
  (work: (records: readonly CommitRecord[]) => Promise<readonly number[]>): Handler =>
  async ({ Records }: { readonly Records: readonly EmbeddedRecord[] }) => {
    const failed = await work(Records.map(({ commit }) => commit));
    return { batchItemFailures: failed.map((index) => ({ itemIdentifier: Records[index]?.sequence ?? '' })) };
  };

const NOTHING = { seal: false, open: false };

/** The ring with no more than these rights: as on AWS, no function destroys a key. */
const narrowed = (ring: KeyRing, { seal, open }: { readonly seal: boolean; readonly open: boolean }): KeyRing => ({
  seal: seal ? (scope, place, plain, beforeNewKey) => ring.seal(scope, place, plain, beforeNewKey) : denied,
  open: open ? (scope, place, sealed) => ring.open(scope, place, sealed) : denied,
  destroy: denied,
  pseudonym: (kind, value) => ring.pseudonym(kind, value),
});

const denied = async (): Promise<never> => {
  throw new NotPermitted('this function has no such right');
};

/** Only publish speaks to the bus. */
const closedBus: Bus = {
  put: async () => {
    throw new NotPermitted('this function may not put events');
  },
};
