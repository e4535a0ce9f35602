/**
 * Collects the ids asked for in one tick and loads them together: no query per item. What was asked for
 * before is not loaded again; a batch lives as long as one query.
 */
export const batched = <Value>(
  load: (ids: number[]) => Promise<Map<number, Value>>,
): ((id: number) => Promise<Value | undefined>) => {
  const known = new Map<number, Promise<Value | undefined>>();
  let waiting: Promise<Map<number, Value>> | undefined;
  let ids: number[] = [];
  const next = () =>
    new Promise(resolve => setImmediate(resolve)).then(() => {
      const wanted = ids;
      ids = [];
      waiting = undefined;
      return load(wanted);
    });
  return id => {
    const found = known.get(id);
    if (found) return found;
    ids.push(id);
    waiting ??= next();
    const value = waiting.then(values => values.get(id));
    known.set(id, value);
    return value;
  };
};

/** One batch per set of arguments, so that the same field with other arguments loads apart. */
export const batchedBy = <Value>(
  load: (ids: number[], args: string) => Promise<Map<number, Value>>,
): ((id: number, args: object) => Promise<Value | undefined>) => {
  const batches = new Map<string, ReturnType<typeof batched<Value>>>();
  return (id, args) => {
    const key = JSON.stringify(args);
    const batch = batches.get(key) ?? batched(ids => load(ids, key));
    batches.set(key, batch);
    return batch(id);
  };
};
