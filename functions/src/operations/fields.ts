import { z } from 'zod';
import { wording } from '../domain/wording.ts';
import { Failure } from '../platform/failure.ts';

// Field types that several operations share. Control characters other than line breaks and tabs never
// belong in a person's text; NUL cannot even be stored.
// oxlint-disable-next-line no-control-regex -- they are what is refused
const noControls = /^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]*$/u;

export const id = z.int().positive().max(Number.MAX_SAFE_INTEGER);
export const line = (max: number) => z.string().regex(noControls).trim().min(1).max(max);
export const text = (max: number) => z.string().regex(noControls).trim().max(max);
// PostgreSQL and the calendar have no year zero.
export const date = z.iso.date().refine(value => !value.startsWith('0000'));
/** An instant as clients give it, with any offset; in UTC afterwards. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine(value => new Date(value).getUTCFullYear() >= 1)
  .transform(value => new Date(value).toISOString());
export const instant = z.string();
export const nothing = z.null();

export const page = {
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().min(1).max(200).optional(),
};

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Hides the key that a page starts after, so that clients do not build on its form. */
export const encodeCursor = (key: number): string => Buffer.from(`k${key}`).toString('base64url');

export const decodeCursor = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  const key = /^k([1-9]\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (key === undefined)
    throw new Failure('validation_failed', {
      detail: wording.invalidCursor,
      errors: [{ path: 'cursor', message: wording.invalidCursor.es }],
    });
  return Number(key);
};

/** Cuts a list that was fetched one longer than a page, and says where the next page starts. */
export const toPage = <T>(rows: T[], limit: number, keyOf: (row: T) => number) => {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(keyOf(last)) : null,
  };
};
