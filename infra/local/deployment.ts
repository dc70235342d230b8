/** What the templates of one province say (部署描述), with every reference resolved. Names are physical ones; nothing here is described a second time. */
export interface Deployment {
  readonly api: DeployedApi;
  /** By physical name. */
  readonly functions: ReadonlyMap<string, LocalFunction>;
  readonly tables: readonly LocalTable[];
  readonly rules: readonly LocalRule[];
  /** By physical name. */
  readonly queues: ReadonlyMap<string, LocalQueue>;
  readonly queueMappings: readonly QueueMapping[];
  readonly streamMappings: readonly StreamMapping[];
  readonly schedules: readonly LocalSchedule[];
}

/** The gateway (网关). */
export interface DeployedApi {
  readonly routes: readonly DeployedRoute[];
  readonly cors: LocalCors;
  /** Requests a second, and how many at once. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  readonly authorizer: { readonly issuer: string; readonly audience: string };
}

export interface DeployedRoute {
  readonly method: string;
  /** As in the template: `/v1/trace/{correlationId}`. */
  readonly path: string;
  readonly function: string;
  /** Behind the authorizer; the function of an open route looks itself at who asks. */
  readonly authorized: boolean;
}

export interface LocalCors {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAgeSeconds: number;
}

/** A Lambda (函数). */
export interface LocalFunction {
  readonly name: string;
  /** Folder of its code. */
  readonly folder: string;
  /** `<module>.<export>` */
  readonly handler: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export interface LocalTable {
  readonly name: string;
  /** Properties of the template's table, by the names that CreateTable knows them by. */
  readonly creation: Readonly<Record<string, unknown>>;
}

/** A rule on a bus (路由规则): what matches goes to every target. */
export interface LocalRule {
  readonly name: string;
  readonly bus: string;
  readonly pattern: unknown;
  readonly targets: readonly { readonly queue: string; readonly deadLetters?: string }[];
}

/** A queue (队列). */
export interface LocalQueue {
  readonly name: string;
  readonly visibilityMs: number;
  readonly retentionMs: number;
  /** Where a message goes that was received so often without success; kept for ever where absent. */
  readonly redrive?: { readonly maxReceives: number; readonly deadLetters: string };
}

/** A function on a queue. */
export interface QueueMapping {
  readonly function: string;
  readonly queue: string;
  readonly batchSize: number;
  /** Calls at once. */
  readonly maxConcurrency: number;
  /** The answer tells which messages failed; otherwise all did or none. */
  readonly partial: boolean;
}

/** A function on a table's change stream. */
export interface StreamMapping {
  readonly function: string;
  readonly table: string;
  readonly batchSize: number;
  /** A record that none matches is passed over; all are taken where the list is empty. */
  readonly filters: readonly unknown[];
  /** A batch that failed is halved. */
  readonly bisect: boolean;
  /** Tries after the first. */
  readonly retries: number;
  readonly partial: boolean;
  /** Queue that is told of what never succeeded. */
  readonly onFailure?: string;
}

/** A schedule (定时任务). */
export interface LocalSchedule {
  readonly name: string;
  readonly everyMs: number;
  /** Its run looks again and again until the next one: here it is begun at each look at the clock instead, and ends when nothing is due. */
  readonly lingers?: true;
  readonly function: string;
  readonly retries: number;
  readonly deadLetters?: string;
}
