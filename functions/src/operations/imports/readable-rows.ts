import type { ImportedRow, ImportFormat, ImportIssue, ReadyRow } from '../../domain/import.ts';
import { readImport } from '../../domain/import-files.ts';
import { wording } from '../../domain/wording.ts';
import type { Text } from '../../platform/failure.ts';
import { refusal } from '../refusal.ts';

type Limit = { rows: number; tooLong: Text };

export type ReadableRows = { found: number; ready: ReadyRow[]; issues: ImportIssue[] };

/** The rows of a file, or a refusal that says what is wrong with it as a whole. */
export const readableRows = (
  format: ImportFormat,
  content: string,
  { rows: limit, tooLong }: Limit,
): ReadableRows => {
  let rows: ImportedRow[];
  try {
    rows = readImport(format, content);
  } catch {
    throw refusal('content', wording.importUnreadable);
  }
  if (rows.length > limit) throw refusal('content', tooLong);
  return {
    found: rows.length,
    ready: rows.flatMap(({ row, task }) => (task ? { row, task } : [])),
    issues: rows.flatMap(({ issues }) => issues),
  };
};
