import { z } from 'zod';
import type { ProjectEvent } from '../../domain/history.ts';
import { id, instant } from '../fields.ts';

const values = z.record(z.string(), z.unknown());

const shape = {
  id,
  projectId: id,
  type: z.string(),
  taskId: id.nullable(),
  actorId: id.nullable(),
  fields: z.array(z.string()),
  /** Values of the changed fields, as far as there were any. */
  before: values.nullable(),
  after: values.nullable(),
  /** What else the event tells, such as the comment or member that it concerns. */
  details: values,
  occurredAt: instant,
};

export const change = z.object(shape).meta({ id: 'Change' });

export const activity = z
  .object({ ...shape, actorName: z.string().nullable() })
  .meta({ id: 'Activity' });

const record = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;

/** An event as people read it. */
export const readable = <T extends Omit<ProjectEvent, 'actorName'>>({ payload, ...event }: T) => {
  const { fields, before, after, taskId: _task, actorId: _actor, ...details } = payload;
  return {
    ...event,
    fields: Array.isArray(fields) ? (fields as string[]) : [],
    before: record(before),
    after: record(after),
    details,
  };
};
