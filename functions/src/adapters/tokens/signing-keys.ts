import { type PrivateKey, parsePrivateKeys } from './private-keys.ts';

/** Parses the private key set; the first key signs, all of them verify. */
export const parseSigningKeys = (json: string | undefined): PrivateKey[] => {
  const keys = parsePrivateKeys('TOKEN_KEYS', ['EdDSA', 'ES256'], json);
  if (keys.length === 0) throw new Error('TOKEN_KEYS: no key to sign with');
  return keys;
};
