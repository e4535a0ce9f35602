import { config } from '../../platform/config.ts';
import { once } from '../../platform/once.ts';

/** What opens and encrypts payloads, for the clients that ask for it. */
export const payloads = once(async () => {
  const { parsePayloadKeys, payloadCipher } = await import(
    '../../adapters/encryption/payload-cipher.ts'
  );
  return payloadCipher(parsePayloadKeys(config().PAYLOAD_KEYS));
});
