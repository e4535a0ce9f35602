import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { text } from 'node:stream/consumers';

type KeySet = { keys: { kid: string }[] };

const usage = `Usage: node dev/rotate-token-keys.ts announce|promote|retire < old.json > new.json
  announce  adds a key that is published but does not sign yet; deploy, then wait ten minutes
  promote   lets the newest key sign; deploy, then wait until old tokens have expired (15 minutes)
  retire    removes every key but the one that signs; deploy`;

const newKey = () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const kid = randomBytes(8).toString('base64url');
  return { ...privateKey.export({ format: 'jwk' }), alg: 'EdDSA', use: 'sig', kid };
};

/** The first key of the set signs, all of them verify. Sessions outlive a rotation: refresh is no JWT. */
export const steps: Record<string, (set: KeySet) => KeySet> = {
  announce: ({ keys }) => ({ keys: [...keys, newKey()] }),
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
