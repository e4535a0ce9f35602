import type { TaskPage, TaskSort } from '../../domain/task-list.ts';
import { wording } from '../../domain/wording.ts';
import { refusal } from '../refusal.ts';

type After = NonNullable<TaskPage['after']>;

/** Says where a sorted page ended; good for the same order only. */
export const writeCursor = (sort: TaskSort, descending: boolean, { key, id }: After): string =>
  Buffer.from(JSON.stringify([sort, descending ? 1 : 0, key, id])).toString('base64url');

const keyForm: Record<TaskSort, RegExp> = {
  created: /^\d{1,15}$/,
  updated: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/,
  completed: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/,
  due: /^(?:\d{4}-\d\d-\d\d|-?infinity)$/,
  start: /^(?:\d{4}-\d\d-\d\d|-?infinity)$/,
  points: /^-?\d{1,9}(?:\.\d{1,3})?$/,
  priority: /^\d$/,
  status: /^\d$/,
  relevance: /^\d{1,6}$/,
  // oxlint-disable-next-line no-control-regex -- NUL cannot be compared with stored text
  title: /^[^\u0000]{0,100}$/su,
};

export const readCursor = (
  sort: TaskSort,
  descending: boolean,
  cursor: string | undefined,
): After | undefined => {
  if (cursor === undefined) return undefined;
  const parts = parse(cursor);
  const [itsSort, itsDirection, key, id] = parts;
  const fits =
    parts.length === 4 &&
    itsSort === sort &&
    itsDirection === (descending ? 1 : 0) &&
    (typeof key === 'string' || typeof key === 'number') &&
    keyForm[sort].test(String(key)) &&
    Number.isSafeInteger(id) &&
    (id as number) > 0;
  if (!fits || !isRealDate(sort, String(key))) throw refusal('cursor', wording.invalidCursor);
  return { key, id: id as number };
};

// A date that the calendar does not have passes the form but not the database.
const isRealDate = (sort: TaskSort, key: string): boolean =>
  !['updated', 'completed', 'due', 'start'].includes(sort) ||
  key.endsWith('infinity') ||
  !Number.isNaN(Date.parse(key));

const parse = (cursor: string): unknown[] => {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
};
