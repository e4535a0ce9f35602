/** One running piece of the local stack. */
export type Part = {
  port: number;
  url: string;
  /** Settles, with plain words about the end, when the piece is gone for whatever reason. */
  exited: Promise<string>;
  stop: () => Promise<void>;
};

export const loopback = '127.0.0.1';
