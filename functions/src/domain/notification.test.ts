import { describe, expect, it } from 'vitest';
import { type Audience, noticesOf } from './notification.ts';
import { noticeText } from './notification-wording.ts';

const audience: Audience = { assigneeId: 1, creatorId: 2, watcherIds: [3, 1] };
const nobody: Audience = { assigneeId: null, creatorId: null, watcherIds: [] };
const event = (type: string, payload: Record<string, unknown>) => ({
  eventId: 1,
  type,
  projectId: 1,
  occurredAt: '',
  payload,
});

describe('noticesOf', () => {
  it('tells each follower once, and never who did it', () => {
    const changed = event('task.updated', { actorId: 2, after: { status: 'done', dueDate: null } });
    expect(noticesOf(changed, audience)).toEqual([
      { userId: 1, kind: 'status_changed' },
      { userId: 3, kind: 'status_changed' },
    ]);
  });

  it('prefers the personal reason', () => {
    const assigned = event('task.updated', {
      actorId: 9,
      after: { assigneeId: 3, status: 'todo' },
    });
    expect(noticesOf(assigned, audience)[0]).toEqual({ userId: 3, kind: 'assigned' });
    const comment = event('comment.added', { actorId: 9, mentions: [1, 8] });
    expect(noticesOf(comment, audience)).toEqual([
      { userId: 1, kind: 'mentioned' },
      { userId: 8, kind: 'mentioned' },
      { userId: 2, kind: 'commented' },
      { userId: 3, kind: 'commented' },
    ]);
  });

  it('tells whoever invited what became of it', () => {
    const accepted = event('member.added', { actorId: 5, userId: 5, inviterId: 1 });
    expect(noticesOf(accepted, nobody)).toEqual([{ userId: 1, kind: 'invitation_accepted' }]);
    const declined = event('invitation.declined', { actorId: null, inviterId: 1 });
    expect(noticesOf(declined, nobody)).toEqual([{ userId: 1, kind: 'invitation_declined' }]);
  });

  it('makes no news of each task of an import', () => {
    const imported = { actorId: 9, importId: 4, after: { assigneeId: 3 } };
    expect(noticesOf(event('task.created', imported), audience)).toEqual([]);
  });

  it('stays quiet about the rest', () => {
    expect(
      noticesOf(event('task.updated', { actorId: 9, after: { labels: [] } }), audience),
    ).toEqual([]);
    expect(noticesOf(event('sprint.started', { actorId: 9 }), audience)).toEqual([]);
  });
});

it('says it in the language of its reader, titles taken literally', () => {
  const notification = {
    id: 1,
    kind: 'assigned' as const,
    projectId: 1,
    projectName: 'Uno',
    taskId: 1,
    taskTitle: 'Pagar $& {actor}',
    actorId: 2,
    actorName: 'Ana',
    facts: {},
    readAt: null,
    createdAt: '',
  };
  expect(noticeText(notification, 'es')).toBe('Ana te asignó «Pagar $& {actor}».');
  expect(noticeText(notification, 'en')).toBe('Ana assigned “Pagar $& {actor}” to you.');
});

it('says when a task is due, in words', () => {
  const due = {
    id: 1,
    kind: 'due_soon' as const,
    projectId: 1,
    projectName: 'Uno',
    taskId: 1,
    taskTitle: 'Pagar',
    actorId: null,
    actorName: null,
    facts: { dueDate: '2026-11-27' },
    readAt: null,
    createdAt: '',
  };
  expect(noticeText(due, 'es')).toBe('«Pagar» vence el 27 de noviembre.');
  expect(noticeText(due, 'en')).toBe('“Pagar” is due on November 27.');
});
