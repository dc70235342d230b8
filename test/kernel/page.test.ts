import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { escaped, page } from '../../functions/kernel/page.ts';

test.each([
  ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
  [`" onload='x' &amp;`, '&quot; onload=&#39;x&#39; &amp;amp;'],
  ['一\r\n二\n三\t四', '一\n二\n三\t四'],
  ['a\u0000b\u0007c\u0085d', 'a\ufffdb\ufffdc\ufffdd'],
  ['a\ufffeb\uffffc\ud800d\u{1f600}', 'a\ufffdb\ufffdc\ufffdd\u{1f600}'],
])('escaped: %j', (text, expected) => {
  expect(escaped(text)).toBe(expected);
});

test('no text opens a tag, a reference or a quotation of its own', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(escaped(text).replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toMatch(/[&<>"']/);
    }),
  );
});

test('a page is Chinese, in UTF-8, and its title is text', () => {
  const html = page({ title: '<b>', style: 'p { margin: 0 }', body: '<p>文</p>' });
  expect(html).toMatch(/^<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">/);
  expect(html).toContain('<title>&lt;b&gt;</title>');
  expect(html).toContain('<style>p { margin: 0 }</style>');
});
