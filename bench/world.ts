import { randomUUID } from 'node:crypto';
import { buildFunctions } from '../dev/build.ts';
import { demoLogin, loadDemoData } from '../dev/demo-data.ts';
import { ensureTopics } from '../dev/functions-wiring.ts';
import { type Stack, startStack } from '../dev/stack.ts';
import { ownTemporaryFolder } from '../dev/temporary.ts';
import { migrate } from '../functions/src/data/migrate.ts';

export type World = {
  stack: Stack;
  env: Record<string, string>;
  /** Signs the demo person in by that server and returns the header that proves it. */
  authorization(authUrl: string): Promise<{ authorization: string }>;
};

/** A stack of its own with demo data, and functions freshly built, for servers to be measured on. */
export const makeWorld = async (): Promise<World> => {
  const removeTemporary = await ownTemporaryFolder();
  const [stack] = await Promise.all([startStack(), buildFunctions()]);
  await Promise.all([migrate(stack.services.postgres.url), ensureTopics(stack.services.pubsub)]);
  const env = {
    ...stack.env,
    RATE_LIMIT_PER_MINUTE: '100000000',
    FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:1',
    NODE_ENV: 'production',
  };
  await loadDemoData(env);
  const authorization = async (authUrl: string) => {
    const response = await fetch(`${authUrl}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': randomUUID() },
      body: JSON.stringify(demoLogin),
    });
    const { accessToken } = (await response.json()) as { accessToken?: string };
    if (!accessToken) throw new Error(`No sign-in: ${response.status}`);
    return { authorization: `Bearer ${accessToken}` };
  };
  const stop = async () => {
    await stack.stop();
    await removeTemporary();
  };
  return { stack: { ...stack, stop }, env, authorization };
};
