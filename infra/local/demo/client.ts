import type { LocalHost } from '../host.ts';
import type { DemoHost } from './host.ts';

const DAY = 86_400_000;

/** A running host as the demo sees it: over HTTP, as an agency's own system would ask. */
export const clientOf = ({ url, token, settle, clock }: LocalHost): DemoHost => ({
  async request({ method, path, query, headers, body }) {
    const answer = await fetch(`${url}${path}${query === undefined ? '' : `?${query}`}`, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  },
  token: (claims) => token({ ...claims }),
  settle,
  forward: async (days) => {
    await clock.set(clock.now() + days * DAY);
    const swept = await fetch(`${url}/dev/sweep`, { method: 'POST' });
    if (!swept.ok) throw new Error(`the schedules did not run: ${swept.status}`);
  },
});
