import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';
import type { Mail, MailKind } from '../../domain/mail.ts';
import type { TokenDestination, TokenPurpose } from '../../domain/one-time-token.ts';
import type { NewSecurityEvent } from '../../domain/security-event.ts';
import type { User } from '../../domain/user.ts';
import { log } from '../../platform/log.ts';

export type SendMailDeps = {
  consumed: {
    has(consumer: string, eventId: number): Promise<boolean>;
    claim(consumer: string, eventId: number): Promise<boolean>;
  };
  users: {
    find(id: number): Promise<User | undefined>;
    findByEmail(email: string): Promise<User | undefined>;
    hasPassword(id: number): Promise<boolean>;
  };
  tokens: { random(): string; digest(token: string): Buffer };
  oneTimeTokens: {
    issue(
      userId: number,
      purpose: TokenPurpose,
      digest: Buffer,
      destination: TokenDestination,
    ): Promise<void>;
    issueFirst(
      userId: number,
      purpose: TokenPurpose,
      digest: Buffer,
      destination: TokenDestination,
    ): Promise<boolean>;
  };
  attempts: {
    take(key: string, limit: number, seconds: number): Promise<{ allowed: boolean }>;
    giveBack(key: string): Promise<void>;
  };
  securityEvents: { record(event: NewSecurityEvent): Promise<void> };
  accountKey(email: string): string;
  openAddress(sealed: string): string;
  mailer: { send(mail: Mail): Promise<void> };
};

const consumer = 'mail';
/** Mails of one kind to one account in an hour; the rest would only annoy its owner. */
const hourlyCap = 5;

const payload = z.object({
  userId: z.int().optional(),
  /** Sealed address of somebody who may or may not have an account. */
  account: z.string().optional(),
  /** Sealed address to write to instead of the account's own. */
  to: z.string().optional(),
  requestId: z.string().optional(),
  /** When it was first asked for; the event says so unless it repeats an earlier one. */
  askedAt: z.string().optional(),
  left: z.int().optional(),
  facts: z.record(z.string(), z.int()).optional(),
});

type Payload = z.output<typeof payload> & { askedAt: string };

/** Writes the mail that an event asks for. Tokens are made here, so that none waits in a queue. */
export const sendMail = async (deps: SendMailDeps, event: DomainEvent): Promise<void> => {
  if (await deps.consumed.has(consumer, event.eventId)) return;
  const parsed = payload.parse(event.payload);
  const about = { ...parsed, askedAt: parsed.askedAt ?? event.occurredAt };
  const user = await recipientOf(deps, about);
  const kind = user && (await kindOf(deps, event.type, user));
  if (user && kind && (await withinCap(deps, kind, user))) {
    await sendCounted(deps, kind, user, await compose(deps, user, kind, about));
    log.info('mail.sent', { eventId: event.eventId, kind, userId: user.id });
  }
  // Marked last: a crash in between sends a second mail, never none.
  await deps.consumed.claim(consumer, event.eventId);
};

const recipientOf = ({ users, openAddress }: SendMailDeps, { userId, account }: Payload) => {
  if (userId !== undefined) return users.find(userId);
  return account === undefined ? undefined : users.findByEmail(openAddress(account));
};

/** Requests for links are answered by what the account needs, which only its mailbox gets to know. */
const kindOf = async (
  { users }: SendMailDeps,
  type: string,
  user: User,
): Promise<MailKind | undefined> => {
  const waiting = user.status === 'pending_verification';
  if (!waiting && user.status !== 'active') return undefined;
  if (type === 'mail.reset_requested') return 'reset_password';
  if (type !== 'mail.verification_requested') return type.replace(/^mail\./, '') as MailKind;
  if (!waiting) return undefined;
  return (await users.hasPassword(user.id)) ? 'verify_email' : 'choose_password';
};

const withinCap = async (
  { attempts, accountKey }: SendMailDeps,
  kind: MailKind,
  user: User,
): Promise<boolean> =>
  (await attempts.take(capKey(accountKey, kind, user), hourlyCap, 3_600)).allowed;

/** Only mails that left count: those that a broken server refused must not use up the hour. */
const sendCounted = async (
  { attempts, accountKey, mailer }: SendMailDeps,
  kind: MailKind,
  user: User,
  mail: Mail,
): Promise<void> => {
  try {
    await mailer.send(mail);
  } catch (error) {
    await attempts.giveBack(capKey(accountKey, kind, user));
    throw error;
  }
};

const capKey = (accountKey: SendMailDeps['accountKey'], kind: MailKind, user: User): string =>
  `mail:${kind}:${accountKey(user.email)}`;

const purposes: Partial<Record<MailKind, TokenPurpose>> = {
  verify_email: 'verify_email',
  choose_password: 'reset_password',
  reset_password: 'reset_password',
  confirm_email_change: 'change_email',
  email_change_requested: 'undo_email_change',
};

const compose = async (
  deps: SendMailDeps,
  user: User,
  asked: MailKind,
  { requestId, left, facts, to: sealed, askedAt }: Payload,
): Promise<Mail> => {
  const to = sealed === undefined ? user.email : deps.openAddress(sealed);
  const taken = asked === 'confirm_email_change' && (await isTaken(deps, to));
  const kind = taken ? 'account_exists' : asked;
  if (purposes[kind] === 'reset_password')
    await deps.securityEvents.record({
      type: 'password.reset_requested',
      outcome: 'success',
      userId: user.id,
      requestId: requestId ?? 'mail',
    });
  return {
    to,
    locale: user.locale,
    kind,
    token: await tokenFor(deps, user, kind, { email: to, askedAt }),
    facts: left === undefined ? facts : { left },
  };
};

/** An account that nobody has confirmed gives way to whoever proves the mailbox. */
const isTaken = async ({ users }: SendMailDeps, email: string): Promise<boolean> => {
  const present = await users.findByEmail(email);
  return present !== undefined && present.status !== 'pending_verification';
};

const tokenFor = async (
  { tokens, oneTimeTokens }: SendMailDeps,
  user: User,
  kind: MailKind,
  destination: TokenDestination,
): Promise<string | undefined> => {
  const purpose = purposes[kind];
  if (!purpose) return undefined;
  const token = tokens.random();
  const digest = tokens.digest(token);
  if (purpose !== 'undo_email_change') {
    await oneTimeTokens.issue(user.id, purpose, digest, destination);
    return token;
  }
  // The oldest way back stays: a thief who moves the account twice must not replace the owner's.
  return (await oneTimeTokens.issueFirst(user.id, purpose, digest, destination))
    ? token
    : undefined;
};
