import type { DomainEvent } from './event.ts';

export const noticeKinds = [
  'assigned',
  'mentioned',
  'commented',
  'status_changed',
  'due_changed',
  'due_soon',
  'added',
  'invitation_accepted',
  'invitation_declined',
  'webhook_disabled',
  'handover_requested',
  'handover_taken',
  'handover_resolved',
  'summary',
] as const;
/** Days that a notification is kept. */
export const notificationDays = 90;

export type NoticeKind = (typeof noticeKinds)[number];

/** What a person finds in a project in the morning: open tasks of their own. */
export type SummaryFigures = { overdue: number; today: number; blocked: number };

export type Notice = { userId: number; kind: NoticeKind; facts?: Notification['facts'] };

export type Notification = {
  id: number;
  kind: NoticeKind;
  projectId: number;
  projectName: string;
  taskId: number | null;
  taskTitle: string | null;
  actorId: number | null;
  actorName: string | null;
  /** What else its sentence needs. */
  facts: { dueDate?: string; figures?: SummaryFigures };
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

type Rule = {
  kind: NoticeKind;
  people: (payload: DomainEvent['payload'], task: Audience) => unknown[];
};

const followers = ({ assigneeId, creatorId, watcherIds }: Audience): unknown[] => [
  assigneeId,
  creatorId,
  ...watcherIds,
];
const changed = (payload: DomainEvent['payload'], field: string): boolean =>
  field in record(payload['after']);
const assigned: Rule = {
  kind: 'assigned',
  // Hundreds of tasks that come from a file are no news for each of those who have them.
  people: ({ after, importId }) => (importId === undefined ? [record(after)['assigneeId']] : []),
};

/** Whom an event concerns and why, the best reason first. */
const rules: Record<string, Rule[]> = {
  'member.added': [
    { kind: 'added', people: ({ userId }) => [userId] },
    { kind: 'invitation_accepted', people: ({ inviterId }) => [inviterId] },
  ],
  'invitation.declined': [{ kind: 'invitation_declined', people: ({ inviterId }) => [inviterId] }],
  'task.due_soon': [{ kind: 'due_soon', people: ({ userId }) => [userId] }],
  'handover.requested': [{ kind: 'handover_requested', people: ({ userIds }) => ids(userIds) }],
  'handover.taken': [{ kind: 'handover_taken', people: ({ userIds }) => ids(userIds) }],
  'handover.resolved': [{ kind: 'handover_resolved', people: ({ userIds }) => ids(userIds) }],
  'summary.due': [{ kind: 'summary', people: ({ userIds }) => ids(userIds) }],
  'webhook.disabled': [{ kind: 'webhook_disabled', people: ({ creatorId }) => [creatorId] }],
  'task.created': [assigned],
  'task.updated': [
    assigned,
    {
      kind: 'status_changed',
      people: (payload, task) => (changed(payload, 'status') ? followers(task) : []),
    },
    {
      kind: 'due_changed',
      people: (payload, task) => (changed(payload, 'dueDate') ? followers(task) : []),
    },
  ],
  'comment.added': [
    { kind: 'mentioned', people: ({ mentions }) => ids(mentions) },
    { kind: 'commented', people: (_payload, task) => followers(task) },
  ],
};

/** Who is told of an event, each once and for the best reason, and never who did it. */
export const noticesOf = ({ type, payload }: DomainEvent, audience: Audience): Notice[] => {
  const told = new Map<number, NoticeKind>();
  for (const { kind, people } of rules[type] ?? [])
    for (const userId of people(payload, audience))
      if (typeof userId === 'number' && userId !== payload['actorId'] && !told.has(userId))
        told.set(userId, kind);
  const { dueDate, figures } = payload;
  const facts =
    typeof dueDate === 'string'
      ? { facts: { dueDate } }
      : figures
        ? { facts: { figures: figures as SummaryFigures } }
        : {};
  return [...told].map(([userId, kind]) => ({ userId, kind, ...facts }));
};
