import { beforeAll, expect, it } from 'vitest';
import { freshEmail, login, mailedToken, register, serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  product = await serveAlone();
});

const refused: Record<string, string> = {
  'seven characters': 'a1B2c3D',
  'fourteen characters': 'xq8rfz2vlkwp0d',
  'a common one made longer': 'password12345678',
  'the product and digits': 'pmbot1234567890',
  'a keyboard row': 'qwertyuiopasdfgh',
  'one letter': 'aaaaaaaaaaaaaaaaaaaa',
  'a leaked one': '123456789012345',
  'a repeated common word': 'passwordpassword',
  'a known phrase in Spanish': 'contraseñasegura',
};

for (const [name, password] of Object.entries(refused))
  it(`refuses ${name} and says why`, async () => {
    const answer = await register(product, freshEmail(), password);
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'validation_failed', errors: [{ path: 'password' }] },
    });
  });

it("refuses the person's own address", async () => {
  const email = `carmen.olivares.${Date.now()}@example.com`;
  expect((await register(product, email, email)).status).toBe(400);
  expect((await register(product, email, 'carmen.olivares')).status).toBe(400);
});

const accepted: Record<string, string> = {
  'twenty lower-case letters': 'quetzalmontanaazulrio',
  '64 characters with spaces and emoji':
    'ñandú 🦙 corre por la pampa de madrugada y nadie lo ve pasar 🌾🌾',
  '128 characters': 'cuando el faro se apaga la marea cuenta historias de barcos '
    .repeat(3)
    .slice(0, 128),
};

const verified = async (email: string, password: string): Promise<void> => {
  expect((await register(product, email, password)).status).toBe(201);
  const token = await mailedToken(product, email);
  await product.http('POST', '/auth/verify-email', { token });
};

for (const [name, password] of Object.entries(accepted))
  it(`accepts ${name}, compared in full`, async () => {
    const email = freshEmail();
    await verified(email, password);
    expect((await login(product, email, password)).status).toBe(200);
    // By characters: half of an emoji would be no text at all.
    const shorter = password.replace(/.$/u, '');
    expect((await login(product, email, shorter)).status).toBe(401);
  });

it('keeps passwords apart that share their first 72 bytes', async () => {
  const email = freshEmail();
  const start = 'el tren de las ocho pasa por el puente viejo cuando amanece en el valle ';
  expect(Buffer.byteLength(start)).toBeGreaterThanOrEqual(72);
  await verified(email, `${start}norte`);
  expect((await login(product, email, `${start}sur`)).status).toBe(401);
  expect((await login(product, email, `${start}norte`)).status).toBe(200);
});

it('counts what follows a NUL and the spaces at both ends', async () => {
  const email = freshEmail();
  await verified(email, ' barco de papel\0 contra viento ');
  expect((await login(product, email, ' barco de papel\0 contra marea ')).status).toBe(401);
  expect((await login(product, email, 'barco de papel\0 contra viento')).status).toBe(401);
  expect((await login(product, email, ' barco de papel\0 contra viento ')).status).toBe(200);
});

/** Processor time of this process, which serves the product. */
const cpuOf = async (work: () => Promise<unknown>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
};

it('refuses a megabyte for less than what a hash costs', async () => {
  const huge = 'x'.repeat(1_000_000);
  const refuse = async () => expect((await register(product, freshEmail(), huge)).status).toBe(400);
  await refuse();
  const hashed = await cpuOf(() => register(product, freshEmail(), Object.values(accepted)[0]));
  expect(await cpuOf(refuse)).toBeLessThan(hashed);
});
