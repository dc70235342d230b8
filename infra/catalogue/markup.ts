import type { AnyEventDefinition } from '../../events/event.ts';
import { escaped } from '../../functions/kernel/page.ts';

/** Everything of a page is Chinese but what code and its English documentation say. */
export const english = (text: string): string => `<span lang="en">${escaped(text)}</span>`;
export const code = (text: string): string => `<code>${escaped(text)}</code>`;

export const fileOf = ({ name }: Pick<AnyEventDefinition, 'name'>): string => `${name}.html`;

/** An event by its Chinese name, as a link to its page. */
export const linkTo = (event: Pick<AnyEventDefinition, 'name' | 'title'>): string => `<a href="${escaped(fileOf(event))}">${escaped(event.title)}</a>`;

export const listOf = (items: readonly string[]): string => `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;

/** A table whose cells are markup. On a narrow screen each row becomes a card, so that a cell names its column. */
export const tableOf = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><thead><tr>${heads.map((head) => `<th scope="col">${escaped(head)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((cells) => `<tr>${cells.map((cell, at) => `<td data-head="${escaped(heads[at] ?? '')}">${cell}</td>`).join('')}</tr>`)
    .join('\n')}</tbody></table>`;

export const STYLE = `
@page { size: A4; margin: 14mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1.2rem; font: 16px/1.6 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", SimHei, sans-serif; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0.4rem 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.6rem; padding-bottom: 0.2rem; border-bottom: 1px solid #999; break-after: avoid; }
h3 { font-size: 1rem; margin: 1.2rem 0 0; break-after: avoid; }
p { margin: 0.4rem 0; }
ul { margin: 0.2rem 0; padding-left: 1.2rem; }
a { color: #0b4f9e; }
[lang="en"] { font-family: "Noto Sans", "Segoe UI", Roboto, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; }
code, pre { font: 0.86em/1.5 Consolas, "DejaVu Sans Mono", monospace; }
code { overflow-wrap: anywhere; }
h1 code { font-size: 0.7em; color: #555; }
pre { overflow-x: auto; padding: 0.8rem; border: 1px solid #ccc; background: #f7f7f7; }
table { width: 100%; border-collapse: collapse; font-size: 0.9rem; }
th, td { border: 1px solid #bbb; padding: 0.35rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #f0f0f0; white-space: nowrap; }
td p:first-child, td ul:first-child { margin-top: 0; }
td code { display: inline-block; color: #555; }
td:first-child { min-width: 12rem; }
.fields td:nth-child(3) { white-space: nowrap; }
.fields td:nth-child(4) { white-space: pre-line; }
td.form { background: #eef4fb; font-weight: 600; }
.none { color: #666; }
.contexts { display: flex; flex-wrap: wrap; gap: 0.2rem 1rem; padding: 0; list-style: none; }
@media (max-width: 44rem) {
  body { padding: 0.8rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td, td:first-child { display: block; min-width: 0; }
  tr { border: 1px solid #bbb; margin-bottom: 0.7rem; }
  td { border: 0; border-bottom: 1px solid #e3e3e3; }
  td:last-child { border-bottom: 0; }
  td:empty { display: none; }
  td::before { content: attr(data-head); display: block; font-size: 0.78rem; color: #555; }
}
`;
