import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Firestore as Client } from '@google-cloud/firestore';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chosenFirestore, type Firestore, startFirestore } from './firestore.ts';

const kinds: ('hidane' | 'js')[] = chosenFirestore() === 'hidane' ? ['hidane', 'js'] : ['js'];
let emulator: Firestore | undefined;

afterEach(async () => {
  vi.unstubAllEnvs();
  await emulator?.stop();
  emulator = undefined;
});

describe.each(kinds)('the %s Firestore emulator', kind => {
  it('answers the server client and says what it is', async () => {
    emulator = await startFirestore({ kind });
    // The client prefers the variable to its options, and the shared emulator has documents of others.
    vi.stubEnv('FIRESTORE_EMULATOR_HOST', emulator.url);
    const client = new Client({ projectId: 'demo-pm-bot', host: emulator.url, ssl: false });
    await client.doc('projects/1').set({ name: 'Año nuevo' });
    expect((await client.doc('projects/1').get()).data()).toEqual({ name: 'Año nuevo' });
    await client.terminate();
    expect([emulator.kind, emulator.enforcesRules]).toEqual([kind, kind === 'hidane']);
  });

  it('listens on this machine only', async () => {
    emulator = await startFirestore({ kind });
    const outside = Object.values(networkInterfaces())
      .flatMap(list => list ?? [])
      .find(address => !address.internal && address.family === 'IPv4');
    if (!outside) return;
    await expect(fetch(`http://${outside.address}:${emulator.port}/`)).rejects.toThrow(
      'fetch failed',
    );
  });
});

describe.runIf(kinds.includes('hidane'))('Security Rules', () => {
  const readAsStranger = async (port: number) => {
    const path = 'v1/projects/demo-pm-bot/databases/(default)/documents/projects/1';
    return (await fetch(`http://127.0.0.1:${port}/${path}`)).status;
  };

  it('are enforced, and read again when the file changes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pm-bot-rules-'));
    const rules = join(folder, 'firestore.rules');
    const granting = (condition: string) => `rules_version = '2';
      service cloud.firestore { match /databases/{d}/documents {
        match /{document=**} { allow read: if ${condition}; } } }`;
    await writeFile(rules, granting('false'));
    emulator = await startFirestore({ kind: 'hidane', rules });
    expect(await readAsStranger(emulator.port)).toBe(403);
    await writeFile(rules, granting('true'));
    await expect.poll(() => readAsStranger(emulator?.port ?? 0)).toBe(404);
    await rm(folder, { recursive: true });
  });
});
