import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import type { Invitation } from '../../domain/invitation.ts';
import type { Mail } from '../../domain/mail.ts';
import { log } from '../../platform/log.ts';

export type SendInvitationDeps = {
  consumed: {
    has(consumer: string, eventId: number): Promise<boolean>;
    claim(consumer: string, eventId: number): Promise<boolean>;
  };
  invitations: {
    findForMail(invitationId: number): Promise<Invitation | undefined>;
    setDigest(invitationId: number, digest: Buffer): Promise<void>;
  };
  tokens: { random(): string; digest(token: string): Buffer };
  mailer: { send(mail: Mail): Promise<void> };
};

const consumer = 'invitation-mail';
const payload = z.object({ invitationId: z.int().positive() });

/** Writes the mail of an invitation. Its token is made here, so that none waits in a queue. */
export const sendInvitation = async (
  deps: SendInvitationDeps,
  event: DomainEvent,
): Promise<void> => {
  const { consumed, invitations, tokens, mailer } = deps;
  if (await consumed.has(consumer, event.eventId)) return;
  const { invitationId } = payload.parse(event.payload);
  const invited = await invitations.findForMail(invitationId);
  if (invited) {
    const token = tokens.random();
    await invitations.setDigest(invitationId, tokens.digest(token));
    await mailer.send({
      to: invited.email,
      locale: invited.language,
      kind: 'invitation',
      token,
      facts: {
        project: plain(invited.projectName),
        inviter: plain(invited.inviterName ?? 'PM-Bot'),
      },
    });
    log.info('invitation.sent', { eventId: event.eventId, invitationId });
  }
  // Marked last: a crash in between sends a second mail, never none.
  await consumed.claim(consumer, event.eventId);
};

/** Names are other people's text: nothing in them may become a link in a mailbox. */
const plain = (name: string): string =>
  name
    .slice(0, 80)
    .replaceAll(/[\p{Cf}\p{Cc}]/gu, '')
    .replaceAll(/:\/\//g, ' ')
    .replaceAll(/(?<=\S)[.@](?=\S)/g, ' ');
