import { sql } from 'kysely';
import { codeAt, fromBase32 } from '../../src/adapters/totp/totp.ts';
import { type From, from, login, type SignedIn, signedInAccount, textOf } from './account.ts';
import type { Product } from './product.ts';

export type Protected = SignedIn & { codes: string[]; codeFor(drift?: number): string };

/** A person with a second factor that is on, and whose clock the test can turn. */
export const protectedAccount = async (product: Product, who: From = {}): Promise<Protected> => {
  const session = await signedInAccount(product, who);
  const signedIn = from({ ...who, token: session.accessToken });
  const enrolled = await product.http('POST', '/auth/mfa/totp', {}, signedIn);
  const key = fromBase32(textOf(enrolled.body['secret']));
  const codeFor = (drift = 0) => codeAt(key, Math.floor(Date.now() / 30_000) + drift);
  const body = { code: codeFor() };
  const confirmed = await product.http('POST', '/auth/mfa/totp/confirm', body, signedIn);
  if (confirmed.status !== 200) throw new Error(JSON.stringify(confirmed.body));
  await forgetSteps(product);
  return { ...session, codeFor, codes: confirmed.body['recoveryCodes'] as unknown as string[] };
};

/** As if the codes used so far were long past. */
export const forgetSteps = async ({ db }: Product): Promise<void> => {
  await sql`UPDATE second_factors SET last_step = 0`.execute(db);
};

export const challengeFor = async (product: Product, email: string, who: From = {}) =>
  textOf((await login(product, email, undefined, who)).body['mfaToken']);

export const answerChallenge = (product: Product, mfaToken: string, code: string) =>
  product.http('POST', '/auth/mfa/verify', { mfaToken, code }, from());
