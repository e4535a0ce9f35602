import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  login,
  mailedToken,
  otherPassword,
  register,
  type SignedIn,
  serveAlone,
  signedInAccount,
  textOf,
} from '../support/account.ts';
import { type Google, gmailPerson, signInWithGoogle, startGoogle } from '../support/google.ts';
import type { Product } from '../support/product.ts';

let product: Product;
let google: Google;
beforeAll(async () => {
  google = await startGoogle();
  product = await serveAlone(google.environment);
});

const askToMove = async (token: string, email: string) => {
  const asked = await product.http('POST', '/auth/email-change', { email }, { token });
  expect(asked.status).toBe(202);
};

const confirm = async (token: string) =>
  (await product.http('POST', '/auth/email-change/confirm', { token })).status;

const undo = async (token: string) =>
  (await product.http('POST', '/auth/email-change/undo', { token })).status;

const reset = async (token: string) =>
  (await product.http('POST', '/auth/reset-password', { token, password: otherPassword })).status;

/** A thief in the account has moved it to a mailbox of their own; `way back` is what its owner was mailed. */
const stolen = async (thief: string): Promise<SignedIn & { wayBack: string }> => {
  const owner = await signedInAccount(product);
  await askToMove(owner.accessToken, thief);
  const wayBack = await mailedToken(product, owner.email);
  expect(await confirm(await mailedToken(product, thief))).toBe(204);
  return { ...owner, wayBack };
};

const googleEnters = async () => (await signInWithGoogle(product)).body['user']?.['email'];

it("disconnects the Google account of a thief's mailbox when the move is undone", async () => {
  const thief = gmailPerson('Eve');
  const { email, accessToken: token, wayBack } = await stolen(thief.email);
  const idToken = await google.idToken(thief);
  const linked = await product.http('POST', '/auth/oauth/google/link', { idToken }, { token });
  expect(linked.status).toBe(204);
  google.become(thief);
  expect(await googleEnters()).toBe(thief.email);
  expect(await undo(wayBack)).toBe(204);
  expect(await googleEnters()).not.toBe(email);
});

it('disconnects the Google account of an earlier mailbox when the account is recovered', async () => {
  const first = gmailPerson('Eve');
  google.become(first);
  const token = textOf((await signInWithGoogle(product)).body['accessToken']);
  const email = freshEmail();
  await askToMove(token, email);
  expect(await confirm(await mailedToken(product, email))).toBe(204);
  expect(await googleEnters()).toBe(email);
  await product.http('POST', '/auth/forgot-password', { email });
  expect(await reset(await mailedToken(product, email))).toBe(204);
  expect(await googleEnters()).not.toBe(email);
});

it('opens no link that was asked for before a recovery, however late its mail comes', async () => {
  const { email, accessToken } = await signedInAccount(product);
  await product.http('POST', '/auth/forgot-password', { email });
  const link = await mailedToken(product, email);
  const thief = freshEmail();
  await askToMove(accessToken, thief);
  expect(await reset(link)).toBe(204);
  expect(await confirm(await mailedToken(product, thief))).toBe(400);
  expect((await login(product, email, otherPassword)).status).toBe(200);
});

it('opens no way back that a thief asked for before the owner took theirs', async () => {
  const thief = freshEmail();
  const { email, accessToken, wayBack } = await stolen(thief);
  await askToMove(accessToken, freshEmail());
  expect(await undo(wayBack)).toBe(204);
  expect(await undo(await mailedToken(product, thief))).toBe(400);
  expect(await reset(await mailedToken(product, email))).toBe(204);
});

it('lets the way back be taken although somebody registered the address meanwhile', async () => {
  const { email, wayBack } = await stolen(freshEmail());
  await register(product, email);
  expect(await undo(wayBack)).toBe(204);
  expect(await reset(await mailedToken(product, email))).toBe(204);
  expect((await login(product, email, otherPassword)).status).toBe(200);
});

it('lets a mailbox confirm a move although somebody registered its address unconfirmed', async () => {
  const { accessToken } = await signedInAccount(product);
  const next = freshEmail();
  await register(product, next);
  const squatter = await mailedToken(product, next);
  await askToMove(accessToken, next);
  expect(await confirm(await mailedToken(product, next))).toBe(204);
  expect((await product.http('POST', '/auth/verify-email', { token: squatter })).status).toBe(400);
});

it('gives an address that many move to at once to one of them', async () => {
  const next = freshEmail();
  const links: string[] = [];
  for (let count = 0; count < 5; count++) {
    const { accessToken } = await signedInAccount(product);
    await askToMove(accessToken, next);
    links.push(await mailedToken(product, next));
  }
  const answers = await Promise.all(links.map(confirm));
  expect(answers.toSorted((a, b) => a - b)).toEqual([204, 400, 400, 400, 400]);
});
