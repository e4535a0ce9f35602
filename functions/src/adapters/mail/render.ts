import type { Mail } from '../../domain/mail.ts';
import { pages, wording } from './wording.ts';

export type Rendered = { subject: string; text: string; html: string };

const greeting = { es: 'Hola:', en: 'Hello,' };
const farewell = { es: 'El equipo de PM-Bot', en: 'The PM-Bot team' };

/** Words of a mail as text and HTML. Links start with our own address, never with a request's. */
export const renderMail = (mail: Mail, publicUrl: string): Rendered => {
  const words = wording[mail.kind][mail.locale];
  const link = linkOf(mail, publicUrl);
  const lines = words.lines.map(line => filled(line, mail.facts ?? {}));
  const action = words.action ?? '';
  return {
    subject: words.subject,
    text: [greeting[mail.locale], ...lines, ...(link ? [link] : []), farewell[mail.locale]].join(
      '\n\n',
    ),
    html: page(mail, [
      ...[greeting[mail.locale], ...lines].map(line => `<p>${escaped(line)}</p>`),
      ...(link ? [`<p><a href="${escaped(link)}">${escaped(action)}</a></p>`] : []),
      `<p>${escaped(farewell[mail.locale])}</p>`,
    ]),
  };
};

// The fragment stays in the browser: no server log and no Referer ever carries the token.
const linkOf = ({ kind, token }: Mail, publicUrl: string): string | undefined =>
  token === undefined ? undefined : `${publicUrl.replace(/\/$/, '')}/${pages[kind]}#token=${token}`;

const filled = (line: string, facts: Record<string, string | number>): string =>
  line.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''));

const page = ({ locale }: Mail, paragraphs: string[]): string =>
  `<!doctype html><html lang="${locale}"><meta charset="utf-8"><body>${paragraphs.join('')}</body></html>`;

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, mark => entities[mark] ?? '');
