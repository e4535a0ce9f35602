import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';

type KeySet = { keys: { kid: string; use?: string }[] };

const usage = `Usage: node dev/rotate-token-keys.ts announce|promote|retire < old.json > new.json
  announce  adds a key that is published but not used yet; deploy, then wait ten minutes
  promote   puts the newest key first; deploy, then wait until old tokens have expired (15 minutes)
  retire    removes every key but the first; deploy
  For TOKEN_KEYS and PAYLOAD_KEYS alike.`;

export const signingKey = () => ({
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  alg: 'EdDSA',
  use: 'sig',
  kid: newId(),
});

/** For PAYLOAD_KEYS: what clients encrypt to, if they want to. */
export const encryptionKey = () => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  alg: 'ECDH-ES',
  use: 'enc',
  kid: newId(),
});

const newId = () => randomBytes(8).toString('base64url');

const newKeyFor = ({ keys }: KeySet) => (keys[0]?.use === 'enc' ? encryptionKey() : signingKey());

/**
 * The first key of the set signs, or is the one to encrypt to; all of them verify or open. Sessions outlive a
 * rotation: a refresh token is no JWT.
 */
export const steps: Record<string, (set: KeySet) => KeySet> = {
  announce: set => ({ keys: [...set.keys, newKeyFor(set)] }),
  promote: ({ keys }) => ({ keys: [...keys.slice(-1), ...keys.slice(0, -1)] }),
  retire: ({ keys }) => ({ keys: keys.slice(0, 1) }),
};

if (import.meta.main) {
  const step = steps[process.argv[2] ?? ''];
  if (step) process.stdout.write(JSON.stringify(step(JSON.parse(await text(process.stdin)))));
  else {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 1;
  }
}
