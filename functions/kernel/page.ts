const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as it may stand in HTML, in content and in attributes. */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the global one is deprecated and means URLs
export const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** A whole page (网页文书): `title` is text, `style` CSS, `body` HTML whose texts were {@link escape}d. */
export const page = ({ title, style, body }: { title: string; style: string; body: string }): string =>
  `<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>${escape(title)}</title>\n<style>${style}</style>\n</head>\n<body>\n${body}\n</body>\n</html>\n`;
