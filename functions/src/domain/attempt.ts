/** What may be spent within a window. */
export type Budget = { key: string; limit: number; seconds: number };

export type Attempt = {
  allowed: boolean;
  /** How many were taken in this window, this one included. */
  taken: number;
  /** Seconds until the window ends. */
  retryAfter: number;
};
