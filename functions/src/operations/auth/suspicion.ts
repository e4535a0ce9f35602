import type { Place } from '../../domain/place.ts';
import { isImpossibleTravel } from '../../domain/place.ts';

/** Why a sign-in does not look like its owner's. */
export type Suspicion = 'new_device' | 'many_failures' | 'impossible_travel';

/** Failures within an hour after which a success is worth a second look. */
const manyFailures = 5;

export type SuspicionDeps = {
  placeOf(address: string): Place | undefined;
  sessions: {
    lastSeen(userId: number): Promise<{ address: string; at: string } | undefined>;
  };
  securityEvents: { failuresWithin(userId: number, minutes: number): Promise<number> };
};

/** What is odd about a sign-in, from what is known before it is recorded. */
export const suspicionsOf = async (
  { placeOf, sessions, securityEvents }: SuspicionDeps,
  userId: number,
  here: { address: string; at: Date; newDevice: boolean },
): Promise<Suspicion[]> => {
  const found: Suspicion[] = here.newDevice ? ['new_device'] : [];
  if ((await securityEvents.failuresWithin(userId, 60)) >= manyFailures)
    found.push('many_failures');
  const to = placeOf(here.address);
  const last = to && (await sessions.lastSeen(userId));
  const from = last && placeOf(last.address);
  if (from && to && isImpossibleTravel(from, new Date(last.at), to, here.at))
    found.push('impossible_travel');
  return found;
};
