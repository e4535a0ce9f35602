import { escaped } from '../functions/src/adapters/mail/render.ts';
import type { Mail } from './mail-catcher.ts';

/** Addresses in the text become links: the page's purpose is to click "verify". */
const withLinks = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"')\]]+)/)
    .map((part, index) => {
      const safe = escaped(part);
      return index % 2 === 1 ? `<a href="${safe}" rel="noreferrer">${safe}</a>` : safe;
    })
    .join('');

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1.5rem;
    color: #1d2733; background: #f5f7fa }
  article { background: #fff; border-radius: .6rem; padding: 1rem 1.25rem; margin: 1rem 0;
    box-shadow: 0 1px 3px #0002 }
  h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin: 0 }
  p.meta { color: #566573; margin: 0 0 .75rem; font-size: .9rem }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: 0 }
  iframe { width: 100%; height: 22rem; border: 1px solid #d5dce4; border-radius: .4rem }
  summary { cursor: pointer; margin-top: .75rem }`;

export const mailPage = (mails: Mail[]): string => `<!doctype html>
<html lang="es">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Correos de PM-Bot</title>
  <style>${style}</style>
</head>
<body>
  <h1>Correos de PM-Bot (${mails.length})</h1>
  <p>Nada sale de tu máquina: aquí está todo lo que PM-Bot ha enviado. <a href="/">Actualizar</a></p>
  ${mails.map(article).join('\n') || '<p>Todavía no hay correos.</p>'}
</body>
</html>`;

const article = (mail: Mail): string => `<article>
    <h2>${escaped(mail.subject) || '(sin asunto)'}</h2>
    <p class="meta">Para ${escaped(mail.to.join(', '))} · de ${escaped(mail.from)} · ${mail.receivedAt}</p>
    <pre>${withLinks(mail.text)}</pre>
    ${mail.html ? frame(mail) : ''}
  </article>`;

const frame = (mail: Mail): string => `<details><summary>Ver con formato</summary>
      <iframe sandbox src="/messages/${mail.id}/html" title="Correo con formato"></iframe></details>`;
