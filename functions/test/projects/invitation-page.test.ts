import { beforeAll, expect, it } from 'vitest';
import {
  freshEmail,
  goodPassword,
  lettersTo,
  login,
  mailedToken,
  register,
  serveAlone,
  sessionOf,
  signedInAccount,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

// What public/account/invitation.js asks for, in its order, over HTTPS.

let product: Product;
let projectId = 0;
let token = '';

beforeAll(async () => {
  product = await serveAlone();
  ({ accessToken: token } = await signedInAccount(product));
  const project = await product.http('POST', '/projects', { name: 'Puente' }, { token });
  projectId = Number(project.body['id']);
});

const invite = async (email: string) => {
  const path = `/projects/${projectId}/members`;
  const answer = await product.http('POST', path, { email, role: 'member' }, { token });
  expect(answer.status).toBe(202);
  const letter = (await lettersTo(product, email)).at(-1);
  expect(letter?.text).toContain('/invitation#token=');
  return mailedToken(product, email);
};
const lookUp = (secret: string) => product.http('POST', '/invitations/lookup', { token: secret });
const accept = (secret: string, accessToken: string) =>
  product.http('POST', '/invitations/accept', { token: secret }, { token: accessToken });

it('leads somebody without account from the mail into the project', async () => {
  const email = freshEmail();
  const secret = await invite(email);
  expect((await lookUp(secret)).body).toMatchObject({ projectName: 'Puente', role: 'member' });
  expect((await register(product, email)).status).toBe(201);
  // Not before the address is confirmed.
  expect((await login(product, email)).body['code']).toBe('email_not_verified');
  const confirmation = await mailedToken(product, email);
  await product.http('POST', '/auth/verify-email', { token: confirmation });
  const { accessToken } = sessionOf(await login(product, email, goodPassword));
  expect((await accept(secret, accessToken)).status).toBe(200);
  const list = await product.http('GET', '/projects', undefined, { token: accessToken });
  expect(list.body['items']).toMatchObject([{ id: projectId, role: 'member' }]);
  expect((await lookUp(secret)).status).toBe(404);
});

it('lets somebody accept with the account of another address, and says so when they are in', async () => {
  const secret = await invite(freshEmail());
  const other = await signedInAccount(product);
  expect((await accept(secret, other.accessToken)).status).toBe(200);
  const second = await invite(freshEmail());
  const again = await accept(second, other.accessToken);
  expect([again.status, again.body['detail']]).toEqual([409, 'Ya formas parte de este proyecto.']);
  // It was meant for somebody else, who can still use it.
  expect((await lookUp(second)).status).toBe(200);
});

it('belongs to whoever accepts first, and to one only', async () => {
  const secret = await invite(freshEmail());
  const people = [await signedInAccount(product), await signedInAccount(product)];
  const answers = await Promise.all(people.map(({ accessToken }) => accept(secret, accessToken)));
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404]);
});

it('opens nothing once expired, and again when it is sent anew', async () => {
  const email = freshEmail();
  const secret = await invite(email);
  const path = `/projects/${projectId}/invitations`;
  const find = async () => {
    const { body } = await product.http('GET', path, undefined, { token });
    const items = body['items'] as unknown as { id: number; email: string; state: string }[];
    return items.find(item => item.email === email);
  };
  const { id = 0 } = (await find()) ?? {};
  await product.db
    .updateTable('invitations')
    .set({ expires_at: '2020-01-02T00:00:00Z', requested_at: '2020-01-01T00:00:00Z' })
    .where('id', '=', id)
    .execute();
  const guest = await signedInAccount(product);
  expect((await lookUp(secret)).status).toBe(404);
  expect((await accept(secret, guest.accessToken)).status).toBe(404);
  expect((await find())?.state).toBe('expired');
  const resent = await product.http('POST', `${path}/${id}/resend`, {}, { token });
  expect(resent.body).toMatchObject({ state: 'pending' });
  const renewed = await mailedToken(product, email);
  expect(renewed).not.toBe(secret);
  expect((await accept(renewed, guest.accessToken)).status).toBe(200);
});
