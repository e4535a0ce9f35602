import type { Attempt, Budget } from '../../domain/attempt.ts';
import { clientNetwork } from '../../platform/address.ts';
import { Failure } from '../../platform/failure.ts';
import type { Visitor } from '../../platform/operation.ts';

export type Attempts = {
  take(key: string, limit: number, seconds: number): Promise<Attempt>;
  giveBack(key: string): Promise<void>;
  reset(key: string): Promise<void>;
};

/** Budgets that one network may spend on guessing or on sending mail; they follow the general limit. */
export type NetworkBudgets = Record<'failedSignIns' | 'registrations' | 'mailRequests', number>;

export const quarterHour = 900;
export const hour = 3_600;

/** Tries per account before it rests for a quarter of an hour. */
export const triesPerAccount = 5;

export const networkKey = (purpose: string, visitor: Visitor): string =>
  `${purpose}:network:${clientNetwork(visitor.address)}`;

/** Takes a try of an account, unless its network has spent its own: who is shut out locks nobody out. */
export const takeTry = async (
  attempts: { takeEach(...budgets: Budget[]): Promise<Attempt[]> },
  network: Budget,
  account: Budget,
): Promise<boolean> => {
  const [ofNetwork, ofAccount] = await attempts.takeEach(network, account);
  if (!ofAccount) throw new Failure('rate_limited', { retryAfter: ofNetwork?.retryAfter ?? 1 });
  return ofAccount.allowed;
};

/** Takes one attempt, answers how many were taken, and fails when the budget is spent. */
export const spend = async (
  attempts: Attempts,
  key: string,
  limit: number,
  seconds: number,
): Promise<number> => {
  const { allowed, taken, retryAfter } = await attempts.take(key, limit, seconds);
  if (!allowed) throw new Failure('rate_limited', { retryAfter });
  return taken;
};

/** Tries from devices that the account does not know; a known one has its own. */
export const accountTries = (accountKey: string): string => `login:account:${accountKey}`;

/** Tries of a signed-in person to prove again who they are. */
export const proofTries = (userId: number): string => `proof:user:${userId}`;

/** Wrong second factors of an account, over all its challenges. */
export const codeTries = (userId: number): string => `code:user:${userId}`;
