/** Fields of which any may be left out; an explicit `undefined`, as in parsed input, is left out too. */
export type Given<T> = { [K in keyof T]?: T[K] | undefined };

/** What is always there stays so; what may be `undefined` may be absent instead. */
type Kept<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The fields that are given, without those that are only `undefined`. */
export const given = <T extends object>(fields: T): Kept<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
