import { standardLimits } from '../../src/entry/websocket/limits.ts';
import { serveWebSocket } from '../../src/entry/websocket/server.ts';
import { webSocketDeps } from '../../src/entry/wiring/websocket.ts';

// websocket-program.ts: the WebSocket entry in a process of its own, on any free port.
const server = await serveWebSocket(await webSocketDeps(), standardLimits, {
  port: 0,
  host: '127.0.0.1',
});
console.log(`port ${server.port}`);
