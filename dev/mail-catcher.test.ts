import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts';

let catcher: MailCatcher;

beforeEach(async () => {
  catcher = await startMailCatcher({ keep: 3 });
});
afterEach(() => catcher.stop());

const send = (to: string, subject: string, html?: string) =>
  createTransport(catcher.smtpUrl).sendMail({
    from: 'PM-Bot <no-reply@pm-bot.example>',
    to,
    subject,
    text: 'Confirma tu cuenta: http://127.0.0.1:5000/verify?token=a&b=<x>',
    ...(html ? { html } : {}),
  });

const list = async (query = '') =>
  (await (await fetch(`${catcher.url}/api/messages${query}`)).json()) as { subject: string }[];

describe('the mail catcher', () => {
  it('keeps what was sent, newest first, and finds it by recipient', async () => {
    await send('ana@example.com', '¡Hola, Ana!');
    await send('luis@example.com', 'Hola, Luis');
    expect(await list()).toMatchObject([{ subject: 'Hola, Luis' }, { subject: '¡Hola, Ana!' }]);
    expect(await list('?to=ANA@example.com')).toMatchObject([
      {
        to: ['ana@example.com'],
        subject: '¡Hola, Ana!',
        text: expect.stringContaining('token=a&b=<x>'),
      },
    ]);
  });

  it('forgets the oldest beyond its limit, and all when asked', async () => {
    for (const subject of ['1', '2', '3', '4']) await send('ana@example.com', subject);
    expect((await list()).map(mail => mail.subject)).toEqual(['4', '3', '2']);
    expect((await fetch(`${catcher.url}/api/messages`, { method: 'DELETE' })).status).toBe(204);
    expect(await list()).toEqual([]);
  });

  it('shows mails without letting them run anything', async () => {
    await send('ana@example.com', '<script>alert(1)</script>', '<script>alert(2)</script>');
    const page = await fetch(catcher.url);
    const text = await page.text();
    expect(text).not.toContain('<script');
    expect(text).toContain('<iframe sandbox');
    expect(text).toContain('href="http://127.0.0.1:5000/verify?token=a&amp;b=');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await fetch(`${catcher.url}/messages/1/html`);
    expect(await html.text()).toContain('<script>');
    expect(html.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);
  });
});
