import * as z from 'zod';

const parsed = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/**
 * 端点地址, written in the one form that a URL has: look-alikes of a host stand in it as what they are (xn--…). It names no user and no query: what only the
 * agency should know belongs into the signature's secret.
 */
export const endpointUrl = z
  .string()
  .max(600)
  .refine((text) => /^https?:$/.test(parsed(text)?.protocol ?? ''), { error: '应为以 https:// 开头的网址', abort: true })
  .refine((text) => parsed(text)?.href === text, { error: '应写成规范的网址：主机名小写，非 ASCII 字符编码，路径至少为 /', abort: true })
  .refine(
    (text) => {
      const { username, password, search, hash } = new URL(text);
      return [username, password, search, hash].every((part) => part === '');
    },
    { error: '网址不能带有用户名、密码、查询参数或者片段' },
  )
  .meta({ examples: ['https://court.example/notices'] });
