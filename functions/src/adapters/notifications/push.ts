import { config } from '../../platform/config.ts';
import { once } from '../../platform/once.ts';
import { firebaseApp } from '../firebase/app.ts';

const messaging = once(async () => {
  const [app, { getMessaging }] = await Promise.all([
    firebaseApp(),
    import('firebase-admin/messaging'),
  ]);
  return getMessaging(app);
});

export type Push = { topic: string; body: string; data: Record<string, string> };

/** Pushes through Cloud Messaging; elsewhere than in production there is nobody to push to. */
export const push = async ({ topic, body, data }: Push): Promise<void> => {
  if (config().PMBOT_ENV !== 'production') return;
  await (await messaging()).send({ topic, notification: { title: 'PM-Bot', body }, data });
};
