import { z } from 'zod';
import { defineOperation } from '../operation.ts';

const publicKey = z.object({
  kty: z.string(),
  kid: z.string(),
  alg: z.string(),
  crv: z.string(),
  x: z.string(),
  y: z.string().optional(),
  use: z.enum(['sig', 'enc']),
});

type Deps = { publicKeys(): Promise<z.output<typeof publicKey>[]> };

export const getPublicKeys = defineOperation({
  name: 'auth/getPublicKeys',
  summary:
    'The keys that verify our access tokens and those to encrypt requests to us with (RFC 7517)',
  route: 'GET /.well-known/jwks.json',
  access: 'public',
  input: z.strictObject({}),
  output: z.object({ keys: z.array(publicKey) }),
  // A new key is published long before it signs, so that a cached list always knows it.
  headersOf: () => ({ 'cache-control': 'public, max-age=300' }),
  run: async ({ publicKeys }: Deps) => ({ keys: await publicKeys() }),
});
