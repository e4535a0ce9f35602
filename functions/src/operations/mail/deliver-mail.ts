import type { DomainEvent } from '../../domain/event.ts';
import { MailRefused } from '../../domain/mail.ts';
import { log } from '../../platform/log.ts';

type Deps = {
  failedMails: {
    note(
      event: DomainEvent,
      failure: { reason: string; forGood: boolean },
      patienceHours: number,
    ): Promise<boolean>;
    settle(eventId: number): Promise<void>;
  };
};

/** Longest time that a mail is tried again; redelivery itself ends after a day. */
const patienceHours = 6;

/** Sends a mail, or notes that it failed. A mail that was given up on waits for an administrator. */
export const deliverMail = async (
  { failedMails }: Deps,
  event: DomainEvent,
  send: (event: DomainEvent) => Promise<void>,
): Promise<void> => {
  try {
    await send(event);
  } catch (error) {
    const failure = { reason: reasonOf(error), forGood: error instanceof MailRefused };
    const givenUp = await failedMails.note(event, failure, patienceHours);
    const fields = { eventId: event.eventId, type: event.type, reason: failure.reason };
    if (!givenUp) throw error;
    log.error('mail.given_up', error, fields);
    return;
  }
  await failedMails.settle(event.eventId);
};

const reasonOf = (error: unknown): string => {
  if (error instanceof MailRefused) return error.reason;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code.slice(0, 60) : 'unknown';
};
