import type { JWK } from 'jose';
import { z } from 'zod';
import { parseSecret } from '../encryption/secret-json.ts';

const privateKey = z
  .object({
    kty: z.enum(['OKP', 'EC']),
    kid: z.string().min(1).max(100),
    alg: z.string(),
    crv: z.string(),
    x: z.string(),
    y: z.string().optional(),
    d: z.string(),
  })
  .loose();

export type PrivateKey = z.output<typeof privateKey> & JWK;

/** Parses a private JWK set of keys for the given algorithms. The first key is the one to use. */
export const parsePrivateKeys = (
  name: string,
  algorithms: readonly string[],
  json: string | undefined,
): PrivateKey[] => {
  const keys = z.object({ keys: z.array(privateKey.extend({ alg: z.enum(algorithms) })) });
  const parsed = keys.safeParse(parseSecret(json));
  if (parsed.success) return parsed.data.keys as PrivateKey[];
  throw new Error(`${name} must be a private JWK set of ${algorithms.join(' or ')} keys with kid`);
};

/** What everyone may know of a key (RFC 7517 §4). */
export const publicPart = <Use extends 'sig' | 'enc'>(key: PrivateKey, use: Use) => {
  const { kty, kid, alg, crv, x, y } = key;
  return { kty, kid, alg, crv, x, ...(y !== undefined && { y }), use };
};
