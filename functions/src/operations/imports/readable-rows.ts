import type { ImportedFile, ImportFormat, ImportIssue, ReadyRow } from '../../domain/import.ts';
import { readImport } from '../../domain/import-files.ts';
import { wording } from '../../domain/wording.ts';
import type { Text } from '../../platform/failure.ts';
import { refusal } from '../refusal.ts';

type Reading = { rows: number; tooLong: Text; zone: string };

export type ReadableRows = {
  found: number;
  ready: ReadyRow[];
  issues: ImportIssue[];
  columns: string[];
};

/** The rows of a file, or a refusal that says what is wrong with it as a whole. */
export const readableRows = (
  format: ImportFormat,
  content: string,
  { rows: limit, tooLong, zone }: Reading,
): ReadableRows => {
  let file: ImportedFile;
  try {
    file = readImport(format, content, zone);
  } catch {
    throw refusal('content', wording.importUnreadable);
  }
  const { rows, columns } = file;
  if (rows.length > limit) throw refusal('content', tooLong);
  return {
    columns,
    found: rows.length,
    ready: rows.flatMap(({ row, task }) => (task ? { row, task } : [])),
    issues: rows.flatMap(({ issues }) => issues),
  };
};
