import { mailer } from '../../adapters/mail/mailer.ts';
import { consumedEventsRepository } from '../../data/consumed-events.ts';
import type { Database } from '../../data/database.ts';
import type { SendMailDeps } from '../../operations/mail/send-mail.ts';
import { config } from '../../platform/config.ts';
import { authArea } from './auth.ts';

let shared: ReturnType<typeof mailer> | undefined;

const ourMailer = () => {
  const { SMTP_URL, MAIL_FROM, PUBLIC_URL } = config();
  shared ??= mailer({ smtpUrl: SMTP_URL, from: MAIL_FROM, publicUrl: PUBLIC_URL });
  return shared;
};

/** What the sender of mail needs. */
export const mailArea = (db: Database) =>
  ({
    ...authArea(db),
    consumed: consumedEventsRepository(db),
    mailer: ourMailer(),
  }) satisfies SendMailDeps;
