export const topics = ['task-events', 'account-events', 'mail', 'reminders', 'imports'] as const;
export type Topic = (typeof topics)[number];

/** Something that happened, as an operation records it together with the change itself. */
export type NewEvent = {
  topic: Topic;
  type: string;
  projectId?: number | null;
  payload: Record<string, unknown>;
};

/** The same event as it travels to consumers, at least once. */
export type DomainEvent = {
  eventId: number;
  type: string;
  projectId: number | null;
  /** ISO 8601, UTC */
  occurredAt: string;
  payload: Record<string, unknown>;
};

/** An event in the outbox, which knows where it is to be published. */
export type OutboxEvent = DomainEvent & { topic: Topic };
