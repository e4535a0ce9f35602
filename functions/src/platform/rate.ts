/** What is left of a budget of requests. */
export type RateState = {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Milliseconds since 1970 at which the window has moved on. */
  resetAt: number;
};
