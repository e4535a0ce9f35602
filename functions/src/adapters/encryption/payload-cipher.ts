import { base64url, CompactEncrypt, compactDecrypt, importJWK } from 'jose';
import { once } from '../../platform/once.ts';
import { type PrivateKey, parsePrivateKeys, publicPart } from '../tokens/private-keys.ts';

const agreement = 'ECDH-ES';
const content = 'A256GCM';

/** Parses the keys that open what clients encrypt to us; the first is the one for them to use. */
export const parsePayloadKeys = (json: string | undefined): PrivateKey[] =>
  json === undefined ? [] : parsePrivateKeys('PAYLOAD_KEYS', [agreement], json);

/** Encrypted requests and answers (JWE, RFC 7516): one algorithm for each step, no compression. */
export const payloadCipher = (keys: PrivateKey[]) => {
  const openers = new Map(keys.map(key => [key.kid, once(() => importJWK(key, agreement))]));
  return {
    publicKeys: () => keys.map(key => publicPart(key, 'enc')),

    /** Throws whatever is wrong with it. */
    open: async (jwe: string): Promise<Buffer> => {
      const { plaintext } = await compactDecrypt(
        jwe,
        ({ kid }) => {
          const opener = openers.get(kid ?? '');
          if (!opener) throw new Error('Encrypted to a key that is not ours');
          return opener();
        },
        {
          keyManagementAlgorithms: [agreement],
          contentEncryptionAlgorithms: [content],
          maxDecompressedLength: 0,
        },
      );
      return Buffer.from(plaintext);
    },

    /** Encrypts an answer under the key of 32 bytes that came with the request. */
    seal: (key: string, payload: string, contentType: string): Promise<string> =>
      new CompactEncrypt(new TextEncoder().encode(payload))
        .setProtectedHeader({ alg: 'dir', enc: content, cty: contentType })
        .encrypt(base64url.decode(key)),
  };
};
