type Deps = {
  attachments: {
    expired(days: number, limit: number): Promise<{ id: number; object: string }[]>;
    remove(attachmentId: number): Promise<void>;
  };
  storage: { remove(object: string): Promise<void> };
};

const batchSize = 100;

/** Deletes the files that nobody can reach any more, each before the row that names it. */
export const purgeFiles = async ({ attachments, storage }: Deps, days: number): Promise<number> => {
  for (let total = 0; ; ) {
    const batch = await attachments.expired(days, batchSize);
    for (const { id, object } of batch) {
      await storage.remove(object);
      await attachments.remove(id);
    }
    total += batch.length;
    if (batch.length < batchSize) return total;
  }
};
