/** Fields of which any may be left out; an explicit `undefined`, as in parsed input, is left out too. */
export type Given<T> = { [K in keyof T]?: T[K] | undefined };

/** The fields that are given, without those that are only `undefined`. */
export const given = <T extends object>(
  fields: T,
): T & { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
