import { join } from 'node:path';
import { startChild, untilReady } from './child.ts';
import { loopback, type Part } from './part.ts';
import { logDir, type Ports, root, webSocketUrl } from './settings.ts';

/** The chat over WebSocket: the same bundle as Cloud Run gets, beside the suite. */
export const startWebSocket = async (ports: Ports, env: Record<string, string>): Promise<Part> => {
  const child = startChild({
    command: process.execPath,
    args: [join(root, 'functions/lib/websocket-server.mjs')],
    cwd: root,
    env: {
      ...process.env,
      ...env,
      PORT: String(ports.ws),
      HOST: loopback,
      FIREBASE_AUTH_EMULATOR_HOST: `${loopback}:${ports.auth}`,
    },
    log: join(logDir, 'websocket.log'),
  });
  await untilReady('WebSocket', child, async () => {
    const { ok } = await fetch(`http://${loopback}:${ports.ws}/health/live`);
    if (!ok) throw new Error('not yet');
  });
  return { port: ports.ws, url: webSocketUrl(ports), exited: child.exited, stop: child.stop };
};
