import type { Visitor } from '../../platform/operation.ts';
import type { AddEvents } from '../events/project-event.ts';
import type { InTransaction } from '../operation.ts';
import { type Attempts, hour, type NetworkBudgets, networkKey, spend } from './attempts.ts';

export type MailRequestDeps = {
  attempts: Attempts;
  networkBudgets: NetworkBudgets;
  /** Makes an address unreadable on its way through the queue. */
  sealAddress(email: string): string;
  inTransaction: InTransaction<{ outbox: AddEvents }>;
};

/**
 * Queues a request for mail without looking whether the account exists: the consumer does that, so
 * that neither answer nor time tells anything here.
 */
export const requestMail = async (
  deps: MailRequestDeps,
  visitor: Visitor,
  type: 'mail.verification_requested' | 'mail.reset_requested',
  email: string,
) => {
  const { attempts, networkBudgets, inTransaction, sealAddress } = deps;
  await spend(attempts, networkKey(type, visitor), networkBudgets.mailRequests, hour);
  const payload = { account: sealAddress(email), requestId: visitor.requestId };
  await inTransaction(({ outbox }) => outbox.add({ topic: 'mail', type, payload }));
  return { status: 'accepted' as const };
};
