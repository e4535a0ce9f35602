import type { DomainEvent } from './event.ts';
import type { User } from './user.ts';

export const noticeKinds = [
  'assigned',
  'mentioned',
  'commented',
  'status_changed',
  'due_changed',
  'added',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

export type Notice = { userId: number; kind: NoticeKind };

export type Notification = {
  id: number;
  kind: NoticeKind;
  projectId: number;
  projectName: string;
  taskId: number | null;
  taskTitle: string | null;
  actorId: number | null;
  actorName: string | null;
  readAt: string | null;
  createdAt: string;
};

/** Whom a task concerns beside those that an event names. */
export type Audience = {
  assigneeId: number | null;
  creatorId: number | null;
  watcherIds: number[];
};

const ids = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter(id => typeof id === 'number') : [];

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Who is told of an event, each once and for the best reason, and never who did it. */
export const noticesOf = ({ type, payload }: DomainEvent, audience: Audience): Notice[] => {
  const after = record(payload['after']);
  const followers = [audience.assigneeId, audience.creatorId, ...audience.watcherIds];
  const told = new Map<number, NoticeKind>();
  const tell = (people: unknown[], kind: NoticeKind) => {
    for (const userId of people)
      if (typeof userId === 'number' && userId !== payload['actorId'] && !told.has(userId))
        told.set(userId, kind);
  };
  if (type === 'member.added') tell([payload['userId']], 'added');
  if (type === 'task.created' || type === 'task.updated') tell([after['assigneeId']], 'assigned');
  if (type === 'task.updated' && 'status' in after) tell(followers, 'status_changed');
  if (type === 'task.updated' && 'dueDate' in after) tell(followers, 'due_changed');
  if (type === 'comment.added') {
    tell(ids(payload['mentions']), 'mentioned');
    tell(followers, 'commented');
  }
  return [...told].map(([userId, kind]) => ({ userId, kind }));
};

const sentences: Record<NoticeKind, Record<User['locale'], string>> = {
  assigned: { es: '{actor} te asignó «{task}».', en: '{actor} assigned “{task}” to you.' },
  mentioned: { es: '{actor} te mencionó en «{task}».', en: '{actor} mentioned you in “{task}”.' },
  commented: { es: '{actor} comentó «{task}».', en: '{actor} commented on “{task}”.' },
  status_changed: {
    es: '{actor} cambió el estado de «{task}».',
    en: '{actor} changed the state of “{task}”.',
  },
  due_changed: {
    es: '{actor} cambió la fecha de «{task}».',
    en: '{actor} changed the date of “{task}”.',
  },
  added: { es: '{actor} te agregó a «{project}».', en: '{actor} added you to “{project}”.' },
};

/** What a notification says, in its reader's language. */
export const noticeText = (
  { kind, actorName, taskTitle, projectName }: Notification,
  locale: User['locale'],
): string =>
  sentences[kind][locale]
    .replace('{actor}', () => actorName ?? 'PM-Bot')
    .replace('{task}', () => taskTitle ?? '')
    .replace('{project}', () => projectName);
