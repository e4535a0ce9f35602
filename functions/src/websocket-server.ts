import { standardLimits } from './entry/websocket/limits.ts';
import { serveWebSocket } from './entry/websocket/server.ts';
import { database } from './entry/wiring/connections.ts';
import { webSocketDeps } from './entry/wiring/websocket.ts';
import { listenerConfig } from './platform/config.ts';
import { log } from './platform/log.ts';

// The WebSocket entry of the chat: `node lib/websocket-server.mjs`, on Cloud Run or beside the local suite.
const { PORT, HOST } = listenerConfig();
const server = await serveWebSocket(await webSocketDeps(), standardLimits, {
  port: PORT,
  host: HOST,
});
log.info('ws.listening', { port: server.port });

const stop = async (): Promise<void> => {
  await server.stop();
  await (await database()).destroy();
  process.exit(0);
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
