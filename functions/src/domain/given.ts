/** Fields of which any may be left out; an explicit `undefined`, as in parsed input, is left out too. */
export type Given<T> = { [K in keyof T]?: T[K] | undefined };
