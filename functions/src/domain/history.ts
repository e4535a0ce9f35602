/** Something that happened in a project, as its history keeps it. */
export type ProjectEvent = {
  id: number;
  projectId: number;
  type: string;
  taskId: number | null;
  actorId: number | null;
  actorName: string | null;
  payload: Record<string, unknown>;
  occurredAt: string;
};

export type HistoryFilter = {
  taskId?: number | undefined;
  actorId?: number | undefined;
  types?: string[] | undefined;
};

/** How far a reader of the change feed has come. */
export type ChangeToken = { transaction: string; eventId: number };

export const beginning: ChangeToken = { transaction: '0', eventId: 0 };

/** Opaque to clients, so that they do not build on its form. */
export const writeToken = ({ transaction, eventId }: ChangeToken): string =>
  Buffer.from(`c${transaction}.${eventId}`).toString('base64url');

export const readToken = (token: string): ChangeToken | undefined => {
  const text = Buffer.from(token, 'base64url').toString('latin1');
  const [, transaction, eventId] = /^c(\d{1,19})\.(\d{1,15})$/.exec(text) ?? [];
  if (transaction === undefined || eventId === undefined) return undefined;
  // Beyond what the server can have handed out, and more than its type holds.
  if (BigInt(transaction) > 9_223_372_036_854_775_807n) return undefined;
  return { transaction, eventId: Number(eventId) };
};
