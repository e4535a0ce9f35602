import { config } from '../../platform/config.ts';
import { once } from '../../platform/once.ts';

/** Firebase's Admin SDK, loaded when first used. */
export const firebaseApp = once(async () => {
  const { getApps, initializeApp } = await import('firebase-admin/app');
  return getApps()[0] ?? initializeApp({ projectId: config().GCLOUD_PROJECT });
});
