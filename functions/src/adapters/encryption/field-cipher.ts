import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { FieldCipher } from '../../domain/field-cipher.ts';
import { currentKey, type KeyRing } from './key-ring.ts';

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM under a random nonce, as `version.base64url(nonce, tag, text)`. The context and the key
 * version are authenticated with the text.
 */
export const fieldCipher = (ring: KeyRing): FieldCipher => {
  const writer = currentKey('FIELD_KEYS', ring);
  const macKeys = [writer, ...[...ring.keys.values()].filter(key => key !== writer)].map(macKeyOf);
  const [macKey = writer] = macKeys;
  return {
    seal: (context, plain) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, writer.subarray(0, 32), nonce);
      cipher.setAAD(bound(ring.current, context));
      const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      const packed = Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
      return `${ring.current}.${packed}`;
    },
    open: (context, sealed) => {
      const [version = '', packed = ''] = sealed.split('.');
      const key = ring.keys.get(version);
      if (!key) throw new Error('Sealed with an unknown key version');
      const bytes = Buffer.from(packed, 'base64url');
      const decipher = createDecipheriv(
        algorithm,
        key.subarray(0, 32),
        bytes.subarray(0, nonceBytes),
        { authTagLength: tagBytes },
      );
      decipher.setAAD(bound(version, context));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      const text = bytes.subarray(nonceBytes + tagBytes);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    },
    isCurrent: sealed => sealed.startsWith(`${ring.current}.`),
    fingerprint: (context, plain) => digest(macKey, context, plain),
    fingerprints: (context, plain) => macKeys.map(key => digest(key, context, plain)),
  };
};

const macKeyOf = (key: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', 'pm-bot fingerprints', 32));

const digest = (key: Buffer, context: string, plain: string): Buffer =>
  createHmac('sha256', key).update(`${context}\0${plain}`).digest();

const bound = (version: string, context: string): Buffer => Buffer.from(`${version}\0${context}`);
