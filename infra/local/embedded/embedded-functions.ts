import { commandFunction, functionsOf } from '../../../functions/kernel/aws/environment.ts';
import { closedNetwork } from '../../../functions/kernel/closed-network.ts';
import { commandHandler } from '../../../functions/kernel/http/command-handler.ts';
import { documentHandler } from '../../../functions/kernel/http/document-handler.ts';
import { intakeHandler } from '../../../functions/kernel/http/intake-handler.ts';
import type { HttpResult } from '../../../functions/kernel/http/middleware.ts';
import { queryHandler } from '../../../functions/kernel/http/query-handler.ts';
import { signedIntakeHandler } from '../../../functions/kernel/http/signed-intake-handler.ts';
import type { Kernel } from '../../../functions/kernel/kernel.ts';
import { type Bus, type CommitRecord, type KeyRing, NotPermitted } from '../../../functions/kernel/ports.ts';
import { projectBatch } from '../../../functions/kernel/project.ts';
import { publish } from '../../../functions/kernel/publish.ts';
import { queueHandler } from '../../../functions/kernel/queue-handler.ts';
import { type RunOptions, runDispatch } from '../../../functions/kernel/run-dispatch.ts';
import { runSchedule } from '../../../functions/kernel/run-schedule.ts';
import { servedBy } from '../../contracts/contracts.ts';
import { contextOf, type Deployed, deployedOf, idOf, reachesOut, ringOf } from '../../deployed.ts';
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
  const open = { ...kernel, bus: closedBus, keyRing: narrowed(kernel.keyRing, ringOf(deployed)), ...(reachesOut(deployed) ? {} : { network: closedNetwork }) };
  switch (deployed.kind) {
    case 'command':
      return commandHandler(open, deployed.command);
    case 'query':
      return queryHandler(open, deployed.query);
    case 'reaction':
      return eachByItself(queueHandler(open, deployed.reaction));
    case 'schedule':
      return () => runSchedule(open, deployed.schedule);
    case 'dispatch':
      return (options: RunOptions) => runDispatch(open, deployed.dispatch, options);
    case 'document':
      return documentsOf(open);
    case 'intake': {
      const parts = { ...open, types: deployed.types, give: async (command: string, event: unknown) => (await call(command, event)) as HttpResult };
      return deployed.route.signed ? signedIntakeHandler(open, parts) : intakeHandler(parts);
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

/** Made when somebody first asks: the host starts without them. */
function documentsOf(kernel: Kernel): Handler {
  let handler: Handler | undefined;
  return (event) => {
    handler ??= documentHandler(kernel, servedBy(kernel.definitions));
    return handler(event);
  };
}

const onStream =
  (work: (records: readonly CommitRecord[]) => Promise<readonly number[]>): Handler =>
  async ({ Records }: { readonly Records: readonly EmbeddedRecord[] }) => {
    const failed = await work(Records.map(({ commit }) => commit));
    return { batchItemFailures: failed.map((index) => ({ itemIdentifier: Records[index]?.sequence ?? '' })) };
  };

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
