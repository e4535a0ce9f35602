/** Bounds of the WebSocket entry; tests shorten the times. */
export type Limits = {
  /** Largest incoming frame, in bytes. */
  frameBytes: number;
  /** A connection that has not said who it is by then is closed. */
  authMs: number;
  /** Pause between pings, and between looks at whether the session still stands. */
  heartbeatMs: number;
  /** Cloud Run ends a connection after an hour; leaving first lets us say why. */
  lifeMs: number;
  /** On one instance. */
  connections: number;
  connectionsPerPerson: number;
  connectionsPerNetwork: number;
  /** Frames that a peer may send in a burst, and per second afterwards. */
  frameBurst: number;
  framesPerSecond: number;
  /** Messages that may wait for their turn before we stop reading from the peer. */
  waitingMessages: number;
  /** Bytes that may wait to be sent before the peer counts as too slow. */
  unsentBytes: number;
  /** Longest time that a peer may take to accept what was sent. */
  drainMs: number;
  /** Looks for news without being told: while Redis tells us, and while it cannot. */
  sweepMs: { told: number; untold: number };
  /** Time for work under way when the server is told to stop. */
  shutdownMs: number;
};

export const standardLimits: Limits = {
  frameBytes: 65_536,
  authMs: 5_000,
  heartbeatMs: 30_000,
  lifeMs: 55 * 60_000,
  connections: 2_000,
  connectionsPerPerson: 10,
  connectionsPerNetwork: 500,
  frameBurst: 30,
  framesPerSecond: 5,
  waitingMessages: 8,
  unsentBytes: 1_048_576,
  drainMs: 10_000,
  sweepMs: { told: 30_000, untold: 2_000 },
  shutdownMs: 8_000,
};

/** A budget that refills with time; false when it is spent. */
export const frameBudget = ({ frameBurst, framesPerSecond }: Limits, now = Date.now) => {
  let left = frameBurst;
  let last = now();
  return (): boolean => {
    left = Math.min(frameBurst, left + ((now() - last) / 1000) * framesPerSecond);
    last = now();
    if (left < 1) return false;
    left--;
    return true;
  };
};
