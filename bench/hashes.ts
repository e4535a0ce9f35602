import argon2 from 'argon2';
import type { Contender } from './compare.ts';

const parameters = { type: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const batch = 40;

/** Bare Argon2id verifications with the product's parameters, so many at a time as there are lanes. */
export const bareHashes = async (lanes = 2): Promise<Contender> => {
  const hash = await argon2.hash('una frase larga y tranquila', parameters);
  const lane = async () => {
    for (let index = 0; index < batch / lanes; index++)
      await argon2.verify(hash, 'una frase larga y tranquila');
  };
  return {
    name: 'bare Argon2id',
    round: async () => {
      const from = performance.now();
      const cpu = process.cpuUsage();
      await Promise.all(Array.from({ length: lanes }, lane));
      const elapsed = performance.now() - from;
      const { user, system } = process.cpuUsage(cpu);
      return {
        perSecond: (batch * 1_000) / elapsed,
        p50Ms: (elapsed * lanes) / batch,
        cpuMicrosPerCall: (user + system) / batch,
      };
    },
  };
};
