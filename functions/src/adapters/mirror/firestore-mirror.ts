import type { Firestore } from '@google-cloud/firestore';
import { config } from '../../platform/config.ts';
import { once } from '../../platform/once.ts';

const connect = once(async (): Promise<Firestore> => {
  const { Firestore } = await import('@google-cloud/firestore');
  return new Firestore({ projectId: config().GCLOUD_PROJECT });
});

// Firestore takes at most 500 writes in one commit.
const batchSize = 400;

/** The realtime read model: documents as clients see them, by path. */
export const firestoreMirror = {
  put: async (path: string, document: Record<string, unknown>): Promise<void> => {
    await (await connect()).doc(path).set(document);
  },

  /** Writes up to 500 documents in one commit. */
  putAll: async (documents: [path: string, document: Record<string, unknown>][]): Promise<void> => {
    const store = await connect();
    const batch = store.batch();
    for (const [path, document] of documents) batch.set(store.doc(path), document);
    await batch.commit();
  },

  /** Changes fields of a document, made if it is not there yet. */
  change: async (path: string, fields: Record<string, unknown>): Promise<void> => {
    await (await connect()).doc(path).set(fields, { merge: true });
  },

  remove: async (path: string): Promise<void> => {
    await (await connect()).doc(path).delete();
  },

  /** Removes every document of a collection. */
  clear: async (path: string): Promise<void> => {
    const store = await connect();
    for (;;) {
      const { docs } = await store.collection(path).limit(batchSize).get();
      if (docs.length === 0) return;
      const batch = store.batch();
      for (const doc of docs) batch.delete(doc.ref);
      await batch.commit();
    }
  },

  /** Fails when Firestore does not answer. */
  ping: async (): Promise<void> => {
    await (await connect()).doc('health/ping').get();
  },
};
