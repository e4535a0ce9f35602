import { beforeAll, describe, expect, it } from 'vitest';
import { callAs, failureOf } from '../support/callers.ts';
import { serveStorage } from '../support/storage-server.ts';
import { makeTeam, type Team } from '../support/team.ts';

type Created = {
  attachment: { id: number };
  upload: { url: string; method: string; headers: Record<string, string> };
};

const storage = await serveStorage();
let team: Team;
let taskId = 0;

beforeAll(async () => {
  Object.assign(process.env, storage.environment);
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
    expect(storage.objects.size).toBe(0);
    expect(await callAs(team.viewer, 'listAttachments', { taskId })).toEqual({ items: [] });
  });

  it('do not count before they are there, or when they are another size', async () => {
    const created = await announce();
    const { id: attachmentId } = created.attachment;
    expect(await failureOf(confirm(attachmentId))).toBe('conflict');
    await send(created, 'hol');
    expect(await failureOf(confirm(attachmentId))).toBe('conflict');
    const link = callAs(team.viewer, 'getAttachmentLink', { taskId, attachmentId });
    expect(await failureOf(link)).toBe('not_found');
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

  it('are deleted by their author or a manager only', async () => {
    const { attachment } = await announce({}, team.manager);
    const target = { taskId, attachmentId: attachment.id };
    expect(await failureOf(callAs(team.member, 'deleteAttachment', target))).toBe('forbidden');
    expect(await failureOf(callAs(team.owner, 'deleteAttachment', target))).toBe('ok');
    expect(await failureOf(callAs(team.owner, 'deleteAttachment', target))).toBe('not_found');
  });
});
