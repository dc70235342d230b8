/** A page (网页文书) as every context prints it: no script, nothing from elsewhere. `style` and `body` are markup that its maker answers for. */
export const page = ({ title, style, body }: { readonly title: string; readonly style: string; readonly body: string }): string =>
  `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '\n': '\n', '\t': '\t' };

/** A text as it may stand in an element or a quoted attribute. What no page or image can show (控制字符) stands as U+FFFD, so that it is seen to be there. */
export const escaped = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(/[&<>"']|\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu, (each) => ENTITIES[each] ?? '\ufffd');
