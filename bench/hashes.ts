import argon2 from 'argon2';
import type { Contender } from './compare.ts';

const parameters = { type: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const batch = 40;
const lanes = 2;

/** Bare Argon2id verifications with the product's parameters, one per core at a time. */
export const bareHashes = async (): Promise<Contender> => {
  const hash = await argon2.hash('una frase larga y tranquila', parameters);
  return {
    name: 'bare Argon2id',
    round: async () => {
      const from = performance.now();
      const lane = async () => {
        for (let index = 0; index < batch / lanes; index++)
          await argon2.verify(hash, 'una frase larga y tranquila');
      };
      await Promise.all(Array.from({ length: lanes }, lane));
      const elapsed = performance.now() - from;
      return { perSecond: (batch * 1_000) / elapsed, p50Ms: (elapsed * lanes) / batch };
    },
  };
};
