import type { JWK } from 'jose';
import { z } from 'zod';

const algorithms = ['EdDSA', 'ES256'] as const;

const privateKeys = z.object({
  keys: z
    .array(
      z
        .object({
          kty: z.enum(['OKP', 'EC']),
          kid: z.string().min(1).max(100),
          alg: z.enum(algorithms),
          crv: z.string(),
          x: z.string(),
          y: z.string().optional(),
          d: z.string(),
        })
        .loose(),
    )
    .min(1),
});

export type PrivateKey = z.output<typeof privateKeys>['keys'][number] & JWK;

/** Parses the private key set; the first key signs, all of them verify. */
export const parseSigningKeys = (json: string | undefined): PrivateKey[] => {
  const parsed = privateKeys.safeParse(json === undefined ? undefined : readJson(json));
  if (!parsed.success)
    throw new Error('TOKEN_KEYS must be a private JWK set of EdDSA or ES256 keys with kid and alg');
  return parsed.data.keys as PrivateKey[];
};

/** What everyone may know of a key (RFC 7517 §4). */
export const publicPart = ({ kty, kid, alg, crv, x, y }: PrivateKey) => ({
  kty,
  kid,
  alg,
  crv,
  x,
  ...(y !== undefined && { y }),
  use: 'sig' as const,
});

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
