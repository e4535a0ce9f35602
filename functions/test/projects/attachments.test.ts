import { beforeAll, describe, expect, it } from 'vitest';
import { projectArea } from '../../src/entry/wiring/projects.ts';
import { purgeFiles } from '../../src/operations/attachments/purge-files.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { makeTeam, type Team } from '../support/team.ts';

type Created = {
  attachment: { id: number };
  upload: { url: string; method: string; headers: Record<string, string> };
};

let team: Team;
let taskId = 0;

beforeAll(async () => {
  team = await makeTeam();
  const task = { projectId: team.projectId, title: 'Con archivos' };
  ({ id: taskId } = await callAs<{ id: number }>(team.member, 'createTask', task));
});

const announce = (fields = {}, userId = team.member) =>
  callAs<Created>(userId, 'createAttachment', {
    taskId,
    name: 'Año nuevo.pdf',
    contentType: 'application/pdf',
    size: 4,
    ...fields,
  });
const send = ({ upload }: Created, body = 'hola', headers = upload.headers) =>
  fetch(upload.url, { method: upload.method, headers, body });
const confirm = (attachmentId: number, userId = team.member) =>
  callAs(userId, 'confirmAttachment', { taskId, attachmentId });

describe('attachments', () => {
  it('travel to storage and back by signed links', async () => {
    const created = await announce();
    expect((await send(created)).status).toBe(200);
    const { id: attachmentId } = created.attachment;
    expect(await confirm(attachmentId)).toMatchObject({ state: 'stored' });
    const link = { taskId, attachmentId };
    const { url } = await callAs<{ url: string }>(team.viewer, 'getAttachmentLink', link);
    const file = await fetch(url);
    expect(await file.text()).toBe('hola');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; /);
    await callAs(team.manager, 'deleteAttachment', link);
    expect((await fetch(url)).status).toBe(404);
    expect(await callAs(team.viewer, 'listAttachments', { taskId })).toEqual({ items: [] });
  });

  it('do not count before they are there, or when they are another size', async () => {
    const created = await announce();
    const { id: attachmentId } = created.attachment;
    expect(await failureOf(confirm(attachmentId))).toBe('conflict');
    await send(created, 'hol');
    expect(await failureOf(confirm(attachmentId))).toBe('conflict');
    const link = callAs(team.viewer, 'getAttachmentLink', { taskId, attachmentId });
    expect(await failureOf(link)).toBe('conflict');
  });

  it('cannot be larger or of another type than announced, nor sent elsewhere', async () => {
    const created = await announce();
    expect((await send(created, 'demasiado')).status).toBe(400);
    const html = { ...created.upload.headers, 'content-type': 'text/html' };
    expect((await send(created, 'hola', html)).status).toBe(403);
    const elsewhere = created.upload.url.replace(/projects%2F|projects\//, 'others/');
    const answer = await fetch(elsewhere, {
      method: 'PUT',
      headers: created.upload.headers,
      body: 'hola',
    });
    expect(answer.status).toBe(403);
  });

  it('are refused to viewers and too large ones to all', async () => {
    expect(await failureOf(announce({}, team.viewer))).toBe('forbidden');
    expect(await failureOf(announce({ size: 60_000_000 }))).toBe('validation_failed');
  });

  it('do not outlive what they belong to, nor wait for ever for their file', async () => {
    const db = await sharedDatabase();
    const { storage, attachments } = projectArea(db);
    const objectOf = async ({ attachment }: Created) =>
      (await attachments.find(taskId, attachment.id))?.object ?? '';
    const [kept, neverSent] = [await announce(), await announce()];
    await send(kept);
    await send(neverSent);
    await confirm(kept.attachment.id);
    const long = '2020-01-01T00:00:00Z';
    const of = neverSent.attachment.id;
    await db.updateTable('attachments').set({ created_at: long }).where('id', '=', of).execute();
    const [keptObject, lostObject] = [await objectOf(kept), await objectOf(neverSent)];
    await purgeFiles({ storage, attachments }, 30);
    expect(await storage.sizeOf(lostObject)).toBeUndefined();
    expect(await storage.sizeOf(keptObject)).toBe(4);
    await callAs(team.member, 'deleteTask', { taskId });
    await db.updateTable('tasks').set({ deleted_at: long }).where('id', '=', taskId).execute();
    await purgeFiles({ storage, attachments }, 30);
    expect(await storage.sizeOf(keptObject)).toBeUndefined();
  });
});

describe('files', () => {
  beforeAll(async () => {
    const task = { projectId: team.projectId, title: 'Otra' };
    ({ id: taskId } = await callAs<{ id: number }>(team.member, 'createTask', task));
  });

  it('are deleted by their author or a manager only', async () => {
    const { attachment } = await announce({}, team.manager);
    const target = { taskId, attachmentId: attachment.id };
    expect(await failureOf(callAs(team.member, 'deleteAttachment', target))).toBe('forbidden');
    expect(await failureOf(callAs(team.owner, 'deleteAttachment', target))).toBe('ok');
    expect(await failureOf(callAs(team.owner, 'deleteAttachment', target))).toBe('not_found');
  });
});
