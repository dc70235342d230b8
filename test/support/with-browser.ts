import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const CHROMIUM = '/usr/bin/chromium';

/** Why pages cannot be looked at here, where they cannot. */
function obstacle(): string | undefined {
  try {
    accessSync(CHROMIUM, constants.X_OK);
  } catch {
    return `there is no ${CHROMIUM}`;
  }
  if (!spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' }).stdout?.trim()) return 'there is no font for Chinese (fonts-noto-cjk)';
  return spawnSync('pdftotext', ['-v']).error ? 'there is no pdftotext (poppler-utils)' : undefined;
}

/** A browser that asks nothing of anybody, and an empty page of it. */
export interface Opened {
  readonly browser: () => Browser;
  /** A page that shows this answer, with its headers, and can reach nothing else. */
  readonly show: (html: string, headers?: Readonly<Record<string, string>>) => Promise<Page>;
}

/** Tests that need Debian's Chromium (浏览器): skipped aloud where there is none, and failing in CI. `what` is tested, as a plural. */
export function withBrowser(what: string, tests: (opened: Opened) => void): void {
  const missing = obstacle();
  describe(what, () => {
    if (missing) {
      test(`NOT TESTED: ${missing}`, (context) => {
        process.stderr.write(`\n!!! NOT tested: ${what}; ${missing}.\n\n`);
        expect(process.env.CI, `in CI ${what} are always tested`).not.toBe('true');
        context.skip();
      });
      return;
    }
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: CHROMIUM,
        headless: true,
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
        ],
      });
    });
    afterAll(() => browser?.close());
    tests({
      browser: () => browser,
      show: async (html, headers = { 'content-type': 'text/html; charset=utf-8' }) => {
        const page = await browser.newPage();
        await page.route('**/*', (route) =>
          route.request().url() === ADDRESS ? route.fulfill({ status: 200, headers: { ...headers }, body: html }) : route.abort(),
        );
        await page.goto(ADDRESS);
        return page;
      },
    });
  });
}

const ADDRESS = 'https://made.example/';

/** A page as it is printed (打印): how many sheets, each one's size in points, and all text in the order of printing, without white space. */
export async function printed(page: Page): Promise<{ readonly sheets: readonly string[]; readonly text: string }> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const sheets = [...pdf.toString('latin1').matchAll(/\/MediaBox \[([\d. ]+)\]/g)].map(([, box]) => box ?? '');
  const { stdout, status } = spawnSync('pdftotext', ['-raw', '-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error('pdftotext failed');
  // A font's table may name a radical (⼀) for a character (一).
  return { sheets, text: stdout.normalize('NFKC').replaceAll(/\s/g, '') };
}
