import { createHash, randomBytes } from 'node:crypto';

const tokenBytes = 32;

/** 256 random bits, safe in a URL. */
export const randomToken = (): string => randomBytes(tokenBytes).toString('base64url');

/** What is kept of a token: enough to recognise it, useless to present. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
