import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

type CreateApp = (projectId: string) => Promise<{ listen(port: number, host: string): Server }>;

/** Firebase's own Auth emulator, in process, for tests that need Firebase ID tokens. */
export const startAuthEmulator = async (): Promise<{ host: string; stop(): void }> => {
  const require = createRequire(import.meta.url);
  const { createApp } = require('firebase-tools/lib/emulator/auth/server') as {
    createApp: CreateApp;
  };
  const app = await createApp(process.env['GCLOUD_PROJECT'] ?? 'demo-pm-bot');
  const server = app.listen(0, '127.0.0.1');
  await new Promise(resolve => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return { host: `127.0.0.1:${port}`, stop: () => server.close() };
};
