import { z } from 'zod';
import type { DomainEvent } from '../../domain/event.ts';

export type ForgetPersonDeps = {
  mirror: { remove(path: string): Promise<void>; clear(path: string): Promise<void> };
  firebase: { removeUser(userId: number): Promise<void> };
  chatSessions: { forgetAll(userId: number): Promise<void> };
  feeds: { forget(userId: number): Promise<void> };
  places: { forget(userId: number): Promise<void> };
};

const payload = z.object({ userId: z.int() });

/**
 * Carries an erasure to where PostgreSQL does not reach: Firestore, Redis, Firebase. Every step may be
 * repeated, so one that failed half-way is finished by the next delivery.
 */
export const forgetPerson = async (deps: ForgetPersonDeps, event: DomainEvent): Promise<void> => {
  if (event.type !== 'account.erased') return;
  const { userId } = payload.parse(event.payload);
  await deps.mirror.clear(`users/${userId}/notifications`);
  await deps.mirror.remove(`users/${userId}`);
  await deps.chatSessions.forgetAll(userId);
  await deps.feeds.forget(userId);
  await deps.places.forget(userId);
  await deps.firebase.removeUser(userId);
};
