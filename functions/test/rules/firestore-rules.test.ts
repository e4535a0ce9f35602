// oxlint-disable vitest/expect-expect -- assertSucceeds and assertFails are the expectations
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  assertFails,
  assertSucceeds,
  initializeTestEnvironment,
  type RulesTestEnvironment,
} from '@firebase/rules-unit-testing';
import {
  collection,
  collectionGroup,
  deleteDoc,
  doc,
  type Firestore,
  getDoc,
  getDocs,
  onSnapshot,
  query,
  setDoc,
  updateDoc,
  where,
} from 'firebase/firestore';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chosenFirestore, startFirestore } from '../../../dev/firestore.ts';

const enforced = chosenFirestore() === 'hidane';

describe('an emulator that enforces Security Rules', () => {
  it('is at hand, or nothing below is proven', () => {
    if (!enforced)
      console.warn(
        'NOT PROVEN: firestore.rules. No emulator here enforces rules: who reads, lists, listens and writes, ended sessions and lost membership were not checked. Install hidane to check them.',
      );
    // What was skipped must not count as passed where it matters.
    expect(enforced || !process.env['CI']).toBe(true);
  });
});

const minutes = (count: number) => Math.floor(Date.now() / 1_000) + 60 * count;

describe.runIf(enforced)('firestore.rules', () => {
  let environment: RulesTestEnvironment;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { port, stop: stopEmulator } = await startFirestore({ kind: 'hidane' });
    stop = stopEmulator;
    const file = join(import.meta.dirname, '..', '..', '..', 'firestore.rules');
    environment = await initializeTestEnvironment({
      projectId: 'demo-pm-bot',
      firestore: { host: '127.0.0.1', port, rules: await readFile(file, 'utf8') },
    });
  });
  afterAll(async () => {
    await environment?.cleanup();
    await stop?.();
  });

  const asServer = (work: (db: Firestore) => Promise<unknown>) =>
    environment.withSecurityRulesDisabled(async context => {
      await work(context.firestore() as unknown as Firestore);
    });

  beforeEach(() =>
    asServer(async db => {
      await setDoc(doc(db, 'projects/1'), { name: 'Uno', ownerId: 10 });
      await setDoc(doc(db, 'projects/2'), { name: 'Dos', ownerId: 20 });
      for (const uid of ['10', '11', '12', '13'])
        await setDoc(doc(db, `projects/1/members/${uid}`), { userId: Number(uid) });
      await setDoc(doc(db, 'projects/2/members/20'), { userId: 20 });
      await setDoc(doc(db, 'projects/1/tasks/1'), { title: 'Una', assigneeId: 11 });
      await setDoc(doc(db, 'projects/2/tasks/2'), { title: 'Dos' });
      await setDoc(doc(db, 'users/10/notifications/1'), { text: 'Hola' });
      await setDoc(doc(db, 'endedSessions/over'), { userId: 10 });
      await setDoc(doc(db, 'health/ping'), {});
    }),
  );

  const withClaims = (uid: string, claims: Record<string, unknown>) =>
    environment.authenticatedContext(uid, claims).firestore() as unknown as Firestore;
  const person = (uid: string, claims = {}) =>
    withClaims(uid, { sid: `session-${uid}`, until: minutes(60), ...claims });
  const nobody = () => environment.unauthenticatedContext().firestore() as unknown as Firestore;

  const readable = ['projects/1', 'projects/1/members/11', 'projects/1/tasks/1'];
  const collections = ['projects/1/members', 'projects/1/tasks'];

  // Owner, manager, member, viewer: every role reads the same.
  describe.each(['10', '11', '12', '13'])('member %s', uid => {
    it.each(readable)('reads %s', async path => {
      await assertSucceeds(getDoc(doc(person(uid), path)));
    });
    it.each(collections)('lists %s', async path => {
      await assertSucceeds(getDocs(collection(person(uid), path)));
    });
    it('queries the tasks', () =>
      assertSucceeds(
        getDocs(query(collection(person(uid), 'projects/1/tasks'), where('assigneeId', '==', 11))),
      ));
  });

  const strangers: [string, () => Firestore][] = [
    ['nobody', nobody],
    ['an outsider', () => person('99')],
    ['a member of another project', () => person('20')],
    ['a Firebase user without a session of ours', () => withClaims('10', {})],
    ['a member whose session was ended', () => person('10', { sid: 'over' })],
    ['a member whose session has run out', () => person('10', { until: minutes(-1) })],
    [
      'somebody who claims to be owner',
      () => person('99', { role: 'owner', projectId: 1, admin: true }),
    ],
    ['somebody whose session id is no text', () => person('10', { sid: 7 })],
    ['somebody whose session ends at no number', () => person('10', { until: 'never' })],
  ];

  describe.each(strangers)('%s', (_name, db) => {
    it.each(readable)('does not read %s', path => assertFails(getDoc(doc(db(), path))));
    it.each(collections)('does not list %s', path => assertFails(getDocs(collection(db(), path))));
    it('does not listen to a task', async () => {
      const code = await new Promise(resolve => {
        onSnapshot(
          doc(db(), 'projects/1/tasks/1'),
          () => resolve('heard'),
          error => resolve(error.code),
        );
      });
      expect(code).toBe('permission-denied');
    });
    it('does not read notifications', () =>
      assertFails(getDoc(doc(db(), 'users/10/notifications/1'))));
  });

  describe('nobody, not even the owner,', () => {
    it('lists all projects or all tasks', async () => {
      await assertFails(getDocs(collection(person('10'), 'projects')));
      await assertFails(getDocs(collectionGroup(person('10'), 'tasks')));
      await assertFails(getDocs(collectionGroup(person('10'), 'members')));
      await assertFails(getDocs(collectionGroup(person('10'), 'notifications')));
    });

    it.each([
      'projects/1',
      'projects/1/tasks/1',
      'projects/1/tasks/new',
      'projects/1/members/10',
      'projects/1/members/99',
      'users/10/notifications/1',
      'endedSessions/over',
      'health/ping',
      'unknown/1',
    ])('creates, changes or deletes %s', async path => {
      const at = doc(person('10'), path);
      await assertFails(setDoc(at, { title: 'x'.repeat(1_000), ownerId: 10 }));
      await assertFails(updateDoc(at, { ownerId: 10, updatedAt: '2030-01-01T00:00:00Z' }));
      await assertFails(deleteDoc(at));
    });

    it.each(['endedSessions/over', 'health/ping', 'unknown/1', 'projects/1/unknown/1', 'users/10'])(
      'reads %s',
      path => assertFails(getDoc(doc(person('10'), path))),
    );
  });

  it('shows notifications to their owner alone', async () => {
    await assertSucceeds(getDocs(collection(person('10'), 'users/10/notifications')));
    await assertFails(getDocs(collection(person('11'), 'users/10/notifications')));
  });

  it('answers a foreign and a missing project alike', async () => {
    await assertFails(getDoc(doc(person('10'), 'projects/2')));
    await assertFails(getDoc(doc(person('10'), 'projects/404')));
  });

  it('lets a member who was removed a second ago read nothing more', async () => {
    const db = person('12');
    await assertSucceeds(getDoc(doc(db, 'projects/1/tasks/1')));
    await asServer(server => deleteDoc(doc(server, 'projects/1/members/12')));
    await assertFails(getDoc(doc(db, 'projects/1/tasks/1')));
  });

  it('lets an ended session read nothing more, although its token is valid', async () => {
    const db = person('10');
    await assertSucceeds(getDoc(doc(db, 'projects/1')));
    await asServer(server => setDoc(doc(server, 'endedSessions/session-10'), { userId: 10 }));
    await assertFails(getDoc(doc(db, 'projects/1')));
    await asServer(server => deleteDoc(doc(server, 'endedSessions/session-10')));
  });

  it('hears changes live, and nothing more once membership is lost', async () => {
    const heard: string[] = [];
    let lost: string | undefined;
    const stopListening = onSnapshot(
      doc(person('13'), 'projects/1/tasks/1'),
      snapshot => heard.push(String(snapshot.get('title'))),
      error => {
        lost = error.code;
      },
    );
    await expect.poll(() => heard).toContain('Una');
    await asServer(server => setDoc(doc(server, 'projects/1/tasks/1'), { title: 'Dos' }));
    await expect.poll(() => heard).toContain('Dos');
    await asServer(server => deleteDoc(doc(server, 'projects/1/members/13')));
    await asServer(server => setDoc(doc(server, 'projects/1/tasks/1'), { title: 'Secreto' }));
    await new Promise(resolve => setTimeout(resolve, 800));
    stopListening();
    expect(heard).not.toContain('Secreto');
    // Some emulators end the listener, others keep it silent: neither tells.
    expect([undefined, 'permission-denied']).toContain(lost);
  });
});
