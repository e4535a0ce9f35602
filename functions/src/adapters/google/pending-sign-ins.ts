import { createHash } from 'node:crypto';
import type { Redis } from '@upstash/redis';
import type { FieldCipher } from '../../domain/field-cipher.ts';

const minutesToSignIn = 10;

/** What is remembered between the way to Google and the way back: sealed, and read once. */
export const pendingSignIns = (redis: () => Promise<Redis>, cipher: () => FieldCipher) => ({
  put: async (key: string, value: Record<string, string>): Promise<void> => {
    const place = placeOf(key);
    const sealed = cipher().seal(place, JSON.stringify(value));
    await (await redis()).set(place, sealed, { ex: minutesToSignIn * 60 });
  },

  /** Takes what was put; of several who ask at once only one gets it. */
  take: async (key: string): Promise<Record<string, string> | undefined> => {
    const place = placeOf(key);
    const [sealed] = await (await redis())
      .multi()
      .get<string>(place)
      .del(place)
      .exec<[string | null, number]>();
    if (typeof sealed !== 'string') return undefined;
    return JSON.parse(cipher().open(place, sealed)) as Record<string, string>;
  },
});

const placeOf = (key: string): string =>
  `google-sign-in:${createHash('sha256').update(key).digest('base64url')}`;
