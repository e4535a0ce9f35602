import { beforeAll, expect, it } from 'vitest';
import { serveAlone } from '../support/account.ts';
import type { Product } from '../support/product.ts';

let product: Product;
beforeAll(async () => {
  // As deployed: no emulator, no debugging features.
  product = await serveAlone({
    FUNCTIONS_EMULATOR: 'false',
    FIREBASE_DEBUG_MODE: '',
    FIREBASE_DEBUG_FEATURES: '{}',
  });
});

for (const service of ['auth/login', 'projects/listProjects', 'chat/sendMessage'])
  it(`lets no call to ${service} in without an App Check token, nor with a broken one`, async () => {
    const without = await product.call(service, {});
    const broken = await product.call(service, {}, { headers: { 'x-firebase-appcheck': 'x.y.z' } });
    for (const { status, body } of [without, broken]) {
      expect(status).toBe(401);
      expect(JSON.stringify(body)).toContain('UNAUTHENTICATED');
    }
  });
