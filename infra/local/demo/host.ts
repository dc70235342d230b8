/** Who acts in the demo (身份声明): the claims of a development token. */
export interface Claims {
  readonly agency: string;
  readonly kind: string;
  /** Six digits, GB/T 2260. */
  readonly division: string;
  readonly person: string;
  readonly roles: readonly string[];
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer is whatever JSON came
  readonly body: any;
}

/** The running system as the demo sees it (演示所用的系统): its API, a development token for anyone, and the end of what is under way. */
export interface DemoHost {
  readonly request: (request: {
    readonly method: 'GET' | 'POST';
    readonly path: string;
    /** Without `?`. */
    readonly query?: string;
    readonly headers: Readonly<Record<string, string>>;
    /** To be sent as JSON. */
    readonly body?: unknown;
  }) => Promise<Answer>;
  readonly token: (claims: Claims) => Promise<string>;
  /** Resolves when everything accepted so far has had all its consequences. */
  readonly settle: () => Promise<void>;
  /** Lets days pass, with what falls due meanwhile. */
  readonly forward: (days: number) => Promise<void>;
}
