import { z } from 'zod';
import { parseSecret } from './secret-json.ts';

/** Versioned secret keys: the current one writes, all of them read. */
export type KeyRing = { current: string; keys: ReadonlyMap<string, Buffer> };

const keyRing = z.strictObject({
  current: z.string(),
  keys: z.record(z.string().regex(/^\w{1,20}$/), z.base64()),
});

/** Parses `{"current":"2","keys":{"1":"…","2":"…"}}`; a missing or short key stops the start. */
export const parseKeyRing = (name: string, json: string | undefined): KeyRing => {
  const parsed = keyRing.safeParse(parseSecret(json));
  if (!parsed.success) throw new Error(`${name} must be {"current":"…","keys":{"…":"base64"}}`);
  const entries = Object.entries(parsed.data.keys).map(
    ([version, key]) => [version, Buffer.from(key, 'base64')] as const,
  );
  if (entries.some(([, key]) => key.length < 32)) throw new Error(`${name}: a key has 32 bytes`);
  const ring = { current: parsed.data.current, keys: new Map(entries) };
  currentKey(name, ring);
  return ring;
};

export const currentKey = (name: string, ring: KeyRing): Buffer => {
  const key = ring.keys.get(ring.current);
  if (!key) throw new Error(`${name}: the current key is missing`);
  return key;
};
