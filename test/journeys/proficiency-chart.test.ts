import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { type Charted, chart } from '../../functions/proficiency/chart.ts';
import { overHttp } from '../api/made-hosts.ts';
import { ACTORS, INSTITUTION } from '../api/made-province.ts';
import { charted, made, retested, TEN, z } from '../proficiency/charted.ts';
import type { HostClaims } from '../support/host.ts';
import { withBrowser } from '../support/with-browser.ts';

const SVG = { 'content-type': 'image/svg+xml; charset=utf-8' };
const ITEM = 'medicine-0201';

const thirty = Array.from({ length: 30 }, (_, at) =>
  made(1997 + at, at % 7 === 0 ? 'failed' : 'passed', { grade: z(at % 7 === 0 ? 3.4 : 1.2, -0.5), retest: at % 7 === 0 ? retested(true) : null }),
);
const CHARTS: readonly (readonly [string, Charted])[] = [
  ['one year', charted([made(2025, 'passed')])],
  ['two years, both failed', charted([made(2024, 'failed'), made(2025, 'failed', { detected: 'd' })], { unresolved: 2025 })],
  ['ten years with everything', charted(TEN, { unresolved: 2025 })],
  ['thirty years', charted(thirty)],
  ['a long title', charted(TEN, { title: '法医临床鉴定'.repeat(20), name: '虚构'.repeat(100), unresolved: 2025 })],
  ['a wide title', charted(TEN, { title: 'WM@'.repeat(60), name: 'WM%'.repeat(66), unresolved: 2025 })],
  ['scores beyond the edge', charted([made(2024, 'failed', { grade: z(1e300, -1e300) }), made(2025, 'failed', { grade: z(-5000), detected: 'd' })])],
];

interface Box {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}
const boxes = (page: Page): Promise<Box[]> =>
  page.locator('svg text').evaluateAll((all) =>
    all.map((each) => {
      const { left, right, top, bottom } = each.getBoundingClientRect();
      return { text: each.textContent ?? '', left, right, top, bottom };
    }),
  );
const overlap = (one: Box, other: Box): boolean =>
  Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4;

withBrowser('the charts of proficiency tests', ({ show }) => {
  describe('能力验证历年结果图', () => {
    test.each(CHARTS)('%s: parsed as XML, nothing clipped, no two texts on one another', async (_, of) => {
      const page = await show(chart(of), SVG);
      expect(await page.evaluate('document.documentElement.nodeName')).toBe('svg');
      const found = await boxes(page);
      expect(found.length).toBeGreaterThan(3);
      expect(found.filter(({ left, right, top, bottom }) => left < 0 || right > 640 || top < 0 || bottom > 240)).toEqual([]);
      const pairs = found.flatMap((one, at) => found.slice(at + 1).map((other) => [one, other] as const));
      expect(pairs.filter(([one, other]) => overlap(one, other)).map(([one, other]) => [one.text, other.text])).toEqual([]);
    });

    test('Chinese is written in a font that has it', async () => {
      const page = await show(chart(charted(TEN)), SVG);
      const client = await page.context().newCDPSession(page);
      await client.send('DOM.enable');
      await client.send('CSS.enable');
      const { root } = await client.send('DOM.getDocument', { depth: -1 });
      const { nodeId } = await client.send('DOM.querySelector', { nodeId: root.nodeId, selector: 'text' });
      const { fonts } = await client.send('CSS.getPlatformFontsForNode', { nodeId });
      expect(fonts.map(({ familyName }) => familyName).join()).toMatch(/CJK|Hei|Song|Han/);
    });
  });

  test('over HTTP: who accepts an image is given the chart, everyone else JSON; the browser runs and fetches nothing', { timeout: 180_000 }, async () => {
    const host = await overHttp();
    try {
      const provider: HostClaims = { agency: 'made-provider', kind: 'provider', division: '100000', person: 'made-clerk', roles: ['clerk'] };
      let sent = 0;
      const post = async (who: HostClaims, command: string, body: unknown) => {
        sent += 1;
        const headers = {
          authorization: `Bearer ${await host.token(who)}`,
          'content-type': 'application/json',
          'idempotency-key': `chart-${sent}`,
        };
        const answer = await host.api.request({ method: 'POST', path: `/v1/${command}`, headers, body });
        expect(answer.status, JSON.stringify(answer.body)).toBe(201);
        await host.settle();
      };
      const name = '虚构鉴定所<img src=x onerror=alert(1)>';
      for (const [id, level, division] of [
        ['made-province-bureau', 'province', '360000'],
        ['made-city-bureau', 'city', '360800'],
      ])
        await post(ACTORS.operator, 'agencies/register-agency', {
          id,
          name: `虚构${id}`,
          kind: 'justice-bureau',
          level,
          division,
          superior: null,
          discipline: null,
        });
      await post(ACTORS.registrar, 'registry/register-institution', {
        uscc: INSTITUTION,
        name,
        division: '360802',
        supervisedBy: 'made-city-bureau',
        scopes: [ITEM],
      });
      for (const [year, score] of [
        [2024, 1.5],
        [2025, -2.4],
      ] as const) {
        await post(provider, 'proficiency/open-round', { year, item: ITEM, institutions: [INSTITUTION] });
        await post(provider, 'proficiency/record-result', { year, item: ITEM, institution: INSTITUTION, result: { by: 'z', scores: [score] } });
      }
      const ask = async (accept: string) =>
        host.api.request({
          method: 'GET',
          path: '/v1/proficiency/chart',
          query: new URLSearchParams({ institution: INSTITUTION, item: ITEM }).toString(),
          headers: { authorization: `Bearer ${await host.token(ACTORS.head)}`, accept },
        });
      expect(await ask('*/*')).toMatchObject({ status: 200, body: { name, item: ITEM, years: [{ year: 2024 }, { year: 2025, test: { word: '有问题' } }] } });
      const { status, headers, body } = await ask('image/svg+xml');
      expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: SVG['content-type'] });
      const page = await show(
        body,
        Object.fromEntries(['content-type', 'content-security-policy', 'x-content-type-options'].map((of) => [of, String(headers[of])])),
      );
      const faults: string[] = [];
      page.on('console', (message) => faults.push(message.text()));
      page.on('request', (request) => faults.push(request.url()));
      await page.reload();
      expect(faults.filter((each) => each !== page.url())).toEqual([]);
      expect(await page.locator('img, script, image, foreignObject').count()).toBe(0);
      expect(await page.getByRole('img', { name: '法医临床鉴定（人体损伤程度鉴定）能力验证历年结果' }).count()).toBe(1);
      expect(await page.locator('.mark').count()).toBe(2);
      expect((await boxes(page)).map(({ text }) => text).join()).toContain(name);
    } finally {
      await host.close();
    }
  });
});
