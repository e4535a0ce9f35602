import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { StoredPassword } from '../../domain/stored-password.ts';
import { once } from '../../platform/once.ts';
import { currentKey, type KeyRing } from '../encryption/key-ring.ts';
import { semaphore } from './semaphore.ts';

// OWASP's recommendation: 19 MiB, two passes, one lane; 24 ms on the reference machine.
const current = { memoryCost: 19_456, timeCost: 2, parallelism: 1, version: 0x13 } as const;
/** The variant's number in the package: its constant is typed as any number. */
const argon2id = 2 as const;
const saltBytes = 16;
const hashLength = 32;
/** Waiting calls beyond this are refused: they would outlast the client's patience. */
const queueLength = 120;

/** Argon2id with a versioned pepper; at most one hash per core at a time (it is all CPU and memory). */
export const passwordHasher = (peppers: KeyRing) => {
  const argon2 = once(async () => (await import('argon2')).default);
  const inTurn = semaphore(availableParallelism(), queueLength);
  const pepper = currentKey('PASSWORD_PEPPERS', peppers);
  const nobody = { hash: unmatchableHash(), pepper: peppers.current };

  return {
    hash: async (password: string): Promise<StoredPassword> => {
      const { hash } = await argon2();
      const salt = randomBytes(saltBytes);
      const options = { ...current, type: argon2id, hashLength, salt, secret: pepper };
      const text = await inTurn(() => hash(bytesOf(password), options));
      return { hash: text, pepper: peppers.current };
    },

    /** Takes as long for nobody's password as for somebody's. */
    check: async (stored: StoredPassword | undefined, password: string): Promise<boolean> => {
      const { verify } = await argon2();
      const { hash, pepper: version } = stored ?? nobody;
      const secret = version === null ? undefined : peppers.keys.get(version);
      const options = secret ? { secret } : {};
      const matches = await inTurn(() => verify(hash, bytesOf(password), options));
      return matches && stored !== undefined;
    },

    /** Hashed with weaker settings or an older pepper than today's. */
    isOutdated: async (stored: StoredPassword): Promise<boolean> =>
      stored.pepper !== peppers.current || (await argon2()).needsRehash(stored.hash, current),
  };
};

// One person's keyboards may compose an accent differently (NIST SP 800-63B-4 §3.1.1.2).
const bytesOf = (password: string): Buffer => Buffer.from(password.normalize('NFC'), 'utf8');

const unmatchableHash = (): string => {
  const { memoryCost: m, timeCost: t, parallelism: p } = current;
  const part = (bytes: number) => randomBytes(bytes).toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${m},t=${t},p=${p}$${part(saltBytes)}$${part(hashLength)}`;
};
