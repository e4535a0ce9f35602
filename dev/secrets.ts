import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { encryptionKey, signingKey } from './rotate-token-keys.ts';

/** Values that production takes from Secret Manager. */
export type Secrets = {
  TOKEN_KEYS: string;
  PASSWORD_PEPPERS: string;
  FIELD_KEYS: string;
  PAYLOAD_KEYS: string;
  UPSTASH_REDIS_REST_TOKEN: string;
  STORAGE_KEY_SECRET: string;
  METRICS_TOKEN: string;
};

export const newSecrets = (): Secrets => ({
  TOKEN_KEYS: JSON.stringify({ keys: [signingKey()] }),
  PASSWORD_PEPPERS: keyRing(),
  FIELD_KEYS: keyRing(),
  PAYLOAD_KEYS: JSON.stringify({ keys: [encryptionKey()] }),
  UPSTASH_REDIS_REST_TOKEN: randomBytes(24).toString('base64url'),
  STORAGE_KEY_SECRET: randomBytes(30).toString('base64'),
  METRICS_TOKEN: randomBytes(24).toString('base64url'),
});

/** Made once per data folder, so that passwords and tokens outlive a restart. */
export const keptSecrets = async (file: string): Promise<Secrets> => {
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  const known = kept ? (JSON.parse(kept) as Partial<Secrets>) : {};
  // A folder of an older version lacks the secrets that came since.
  const made = { ...newSecrets(), ...known };
  if (Object.keys(made).length === Object.keys(known).length) return made;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
};

const keyRing = () =>
  JSON.stringify({ current: '1', keys: { '1': randomBytes(32).toString('base64') } });
