import { beforeAll, expect, it } from 'vitest';
import { codeAt, fromBase32 } from '../../src/adapters/totp/totp.ts';
import {
  goodPassword,
  login,
  serveAlone,
  sessionOf,
  signedInAccount,
  textOf,
} from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const step = () => Math.floor(Date.now() / 30_000);

it('asks for a code once the second factor is on, and takes recovery codes', async () => {
  const { email, accessToken: token } = await signedInAccount(product);
  const enrolled = await product.http('POST', '/auth/mfa/totp', {}, { token });
  expect(enrolled.status).toBe(201);
  expect(textOf(enrolled.body['qrSvg'])).toMatch(/^<svg/);
  const key = fromBase32(textOf(enrolled.body['secret']));
  const first = await product.http(
    'POST',
    '/auth/mfa/totp/confirm',
    { code: codeAt(key, step() - 1) },
    { token },
  );
  expect(first.status).toBe(200);
  const codes = first.body['recoveryCodes'] as unknown as string[];
  expect(codes).toHaveLength(10);

  const halfway = await login(product, email);
  expect(halfway).toMatchObject({ status: 401, body: { code: 'mfa_required' } });
  const mfaToken = textOf(halfway.body['mfaToken']);
  const verify = (code: string, challenge = mfaToken) =>
    product.http('POST', '/auth/mfa/verify', { mfaToken: challenge, code });
  expect((await verify('000000')).body['code']).toBe('invalid_credentials');
  const { accessToken } = sessionOf(await verify(codeAt(key, step())));
  expect((await verify(codeAt(key, step() + 1))).status).toBe(401);

  const again = textOf((await login(product, email)).body['mfaToken']);
  expect((await verify(codes[0] ?? '', again)).status).toBe(200);
  const third = textOf((await login(product, email)).body['mfaToken']);
  expect((await verify(codes[0] ?? '', third)).status).toBe(401);

  const off = { password: goodPassword, code: codes[1] };
  const disabled = await product.http('POST', '/auth/mfa/totp/disable', off, {
    token: accessToken,
  });
  expect(disabled.status).toBe(204);
  expect((await login(product, email)).status).toBe(200);
});
