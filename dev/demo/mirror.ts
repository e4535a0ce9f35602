import { Firestore } from '@google-cloud/firestore';
import { project } from '../environment.ts';
import { addresses, eventually, type Json } from './world.ts';

const store = () =>
  new Firestore({
    projectId: project,
    host: `127.0.0.1:${addresses.ports.firestore}`,
    ssl: false,
    customHeaders: { Authorization: 'Bearer owner' },
  });

/** The task as Firestore holds it, read with the server's rights, once it has the given state. */
export const mirrored = async (
  projectId: number,
  taskId: number,
  status: string,
): Promise<Json> => {
  const firestore = store();
  try {
    return await eventually(`task ${taskId} as ${status} in Firestore`, async () => {
      const data = (await firestore.doc(`projects/${projectId}/tasks/${taskId}`).get()).data();
      return data?.['status'] === status ? data : undefined;
    });
  } finally {
    await firestore.terminate();
  }
};
