import type { Mail } from '../../domain/mail.ts';
import { once } from '../../platform/once.ts';
import { renderMail } from './render.ts';

type Options = { smtpUrl: string | undefined; from: string; publicUrl: string };

const timeoutMs = 8_000;

/** Sends mail over SMTP; fails when the server does not take it, so that the queue tries again. */
export const mailer = ({ smtpUrl, from, publicUrl }: Options) => {
  const transport = once(async () => {
    if (!smtpUrl) throw new Error('Set SMTP_URL to send mail');
    const { createTransport } = await import('nodemailer');
    return createTransport({
      url: smtpUrl,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      // Templates are text of ours: nothing may be read from disk or fetched in their name.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  });
  return {
    send: async (mail: Mail): Promise<void> => {
      const { subject, text, html } = renderMail(mail, publicUrl);
      await (await transport()).sendMail({
        from,
        to: { name: '', address: mail.to },
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
  };
};
