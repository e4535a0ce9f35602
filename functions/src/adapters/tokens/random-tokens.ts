import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** 256 random bits, safe in a URL. */
export const randomToken = (): string => randomBytes(tokenBytes).toString('base64url');

/** What is kept of a token: enough to recognise it, useless to present. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

// Crockford's letters: none that a reader takes for another.
const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const recoveryCodeLetters = 26;

/** 130 random bits in groups that people can copy from paper. */
export const recoveryCode = (): string => {
  const text = Array.from(randomBytes(recoveryCodeLetters), byte => letters[byte % 32]).join('');
  return text.replaceAll(/.{5}(?=.{5})/g, '$&-');
};
