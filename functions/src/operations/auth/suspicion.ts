import type { Place } from '../../domain/place.ts';
import { isImpossibleTravel } from '../../domain/place.ts';
import type { SignInHistory } from '../../domain/session.ts';

/** Why a sign-in does not look like its owner's. */
export type Suspicion = 'new_device' | 'many_failures' | 'impossible_travel';

/** Failures within an hour after which a success is worth a second look. */
const manyFailures = 5;

export type PlaceOf = (address: string) => Place | undefined;

/** What is odd about a sign-in, from what is known before it is recorded. */
export const suspicionsOf = (
  placeOf: PlaceOf,
  { strangeDevice, failures, lastSeen }: SignInHistory,
  here: { address: string; at: Date },
): Suspicion[] => {
  const found: Suspicion[] = strangeDevice ? ['new_device'] : [];
  if (failures >= manyFailures) found.push('many_failures');
  const to = placeOf(here.address);
  const from = to && lastSeen && placeOf(lastSeen.address);
  if (from && to && isImpossibleTravel(from, new Date(lastSeen.at), to, here.at))
    found.push('impossible_travel');
  return found;
};
