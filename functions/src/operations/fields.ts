import { z } from 'zod';
import { isTimeZone } from '../domain/calendar.ts';
import { wording } from '../domain/wording.ts';
import { onOneLine, visible, withoutControls } from '../domain/written-text.ts';
import { inBothLanguages } from '../platform/operation.ts';
import { refusal } from './refusal.ts';

// What mailboxes in use look like, within the lengths of RFC 5321: 64 before the @, 63 for a part of the host.
const emailPattern =
  /^(?=[^@]{1,64}@)(?!\.)(?!.*\.\.)[A-Za-z0-9_'+.-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
/** What a piped schema would not show: JSON Schema describes the text as it arrives. */
const addressSchema = { format: 'email', pattern: emailPattern.source, maxLength: 255 };

/** Counts characters as JSON Schema, PostgreSQL and people do; JavaScript counts an emoji twice. */
const atMost = (maximum: number) =>
  z.check<string>(({ value, issues }) => {
    if (value.length <= maximum || Array.from(value).length <= maximum) return;
    issues.push({ code: 'too_big', origin: 'string', maximum, inclusive: true, input: value });
  });

const written = (pattern: RegExp, maxLength: number) =>
  z
    .string()
    .regex(pattern, { error: inBothLanguages(wording.visibleText) })
    .check(atMost(maxLength))
    .trim()
    .meta({ maxLength });

export const id = z.int().positive().max(Number.MAX_SAFE_INTEGER);
/** Text with something to see, on one line: breaks and tabs become blanks. */
export const line = (max: number) => passage(max).overwrite(onOneLine);
/** Text with something to see. */
export const passage = (max: number) => written(visible, max);
export const text = (max: number) => written(withoutControls, max);

/** As people type it: blanks around it and capitals do not count. */
export const email = z
  .string()
  .trim()
  .pipe(z.email({ pattern: emailPattern }).max(255))
  .transform(address => address.toLowerCase())
  .meta({ ...addressSchema, examples: ['ana@example.com'] });

/** A name of the IANA time zone database. */
export const timezone = z
  .string()
  .min(1)
  .max(64)
  .refine(isTimeZone, { error: inBothLanguages(wording.unknownTimezone) })
  .meta({ examples: ['America/Mexico_City'] });

// Whole labels of letters, digits and hyphens, and only visible ASCII after them: any match is a URL.
export const httpsUrl = z
  .string()
  .regex(
    /^https:\/\/(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}(?:[/?#][!-~]*)?$/,
  );
// PostgreSQL and the calendar have no year zero.
export const date = z.iso
  .date()
  .refine(value => !value.startsWith('0000'))
  .meta({ examples: ['2026-11-27'] });
/** In UTC, to the microsecond: a Date would round down what our own answers say of a row. */
const inUtc = (value: string): string => {
  const fraction = /\.\d{1,6}/.exec(value)?.[0] ?? '';
  return `${new Date(value).toISOString().slice(0, -5)}${fraction}Z`;
};

/** An instant as clients give it, with any offset; in UTC afterwards. */
export const moment = z.iso
  .datetime({ offset: true })
  .refine(value => new Date(value).getUTCFullYear() >= 1)
  .transform(inUtc)
  .meta({ examples: ['2026-11-27T18:30:00-06:00'] });
export const instant = z.string().meta({ format: 'date-time' });
export const nothing = z.null();

/** What an answer gave as the place to go on from; opaque to clients. */
export const pageToken = z.string().regex(/^[\w-]{1,200}$/);

export const page = {
  limit: z.int().min(1).max(100).default(50),
  cursor: pageToken.optional(),
};

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Hides the key that a page starts after, so that clients do not build on its form. */
export const encodeCursor = (key: number): string => Buffer.from(`k${key}`).toString('base64url');

export const decodeCursor = (cursor: string | undefined): number | undefined => {
  if (cursor === undefined) return undefined;
  const key = /^k([1-9]\d{0,15})$/.exec(Buffer.from(cursor, 'base64url').toString('latin1'))?.[1];
  if (key === undefined) throw refusal('cursor', wording.invalidCursor);
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
