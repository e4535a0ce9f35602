import { type Mail, MailRefused } from '../../domain/mail.ts';
import { once } from '../../platform/once.ts';
import { renderMail } from './render.ts';

type Options = { smtpUrl: string | undefined; from: string; publicUrl: string };

const timeoutMs = 8_000;

/** A server that knows no such mailbox will not know it later either (RFC 5321 §4.2.1: 5yz). */
const refuse = (error: unknown): never => {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  throw aboutThisMail && responseCode >= 500 ? new MailRefused(String(responseCode), error) : error;
};

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
      const letter = {
        from,
        to: { name: '', address: mail.to },
        subject,
        text,
        html,
        headers: { 'Auto-Submitted': 'auto-generated' },
      };
      await (await transport()).sendMail(letter).catch(refuse);
    },
  };
};
