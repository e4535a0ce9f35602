import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Values that production takes from Secret Manager. */
export type Secrets = {
  TOKEN_KEYS: string;
  PASSWORD_PEPPERS: string;
  FIELD_KEYS: string;
  UPSTASH_REDIS_REST_TOKEN: string;
};

export const newSecrets = (): Secrets => ({
  TOKEN_KEYS: JSON.stringify({ keys: [signingKey()] }),
  PASSWORD_PEPPERS: keyRing(),
  FIELD_KEYS: keyRing(),
  UPSTASH_REDIS_REST_TOKEN: randomBytes(24).toString('base64url'),
});

/** Made once per data folder, so that passwords and tokens outlive a restart. */
export const keptSecrets = async (file: string): Promise<Secrets> => {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept) return JSON.parse(kept) as Secrets;
  const made = newSecrets();
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
};

const signingKey = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const kid = randomBytes(8).toString('base64url');
  return { ...privateKey.export({ format: 'jwk' }), alg: 'EdDSA', use: 'sig', kid };
};

const keyRing = () =>
  JSON.stringify({ current: '1', keys: { '1': randomBytes(32).toString('base64') } });
