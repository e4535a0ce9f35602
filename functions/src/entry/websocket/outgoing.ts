import type { WebSocket } from 'ws';
import type { Limits } from './limits.ts';

export type Frame = { type: string } & Record<string, unknown>;

/** Codes of RFC 6455 §7.4, and our own from 4000 on. */
export const closeCodes = {
  goingAway: 1001,
  policy: 1008,
  tryLater: 1013,
  unauthenticated: 4401,
  authTimeout: 4408,
  tooMany: 4429,
} as const;

const farewellMs = 2_000;

/** Sends to one peer and lets go of a peer that does not keep up. */
export const outgoing = (socket: WebSocket, limits: Limits) => {
  const close = (code: number, reason: string): void => {
    if (socket.readyState >= socket.CLOSING) return;
    socket.close(code, reason);
    // The farewell of a peer that reads nothing would wait for ever.
    setTimeout(() => socket.terminate(), farewellMs).unref();
  };

  const send = (frame: Frame): boolean => {
    if (socket.readyState !== socket.OPEN) return false;
    if (socket.bufferedAmount > limits.unsentBytes) {
      close(closeCodes.tryLater, 'too slow');
      return false;
    }
    socket.send(JSON.stringify(frame), () => {});
    return true;
  };

  /** Settles once the peer's network has taken enough of what was sent; false when it is given up. */
  const room = async (): Promise<boolean> => {
    const until = Date.now() + limits.drainMs;
    while (socket.bufferedAmount > limits.unsentBytes / 2 && socket.readyState === socket.OPEN) {
      if (Date.now() > until) {
        close(closeCodes.tryLater, 'too slow');
        return false;
      }
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    return socket.readyState === socket.OPEN;
  };

  return { send, close, room };
};

export type Outgoing = ReturnType<typeof outgoing>;
