import { type ImportedFile, type ImportFormat, UnreadableImport } from './import.ts';
import { fromCsv } from './import-csv.ts';
import { fromTrello } from './import-trello.ts';

/** What is in a file of another product; `zone` is where instants in it are days of. */
export const readImport = (format: ImportFormat, content: string, zone: string): ImportedFile => {
  if (format !== 'trello_json') return fromCsv(content);
  try {
    return fromTrello(JSON.parse(content), zone);
  } catch (error) {
    throw error instanceof UnreadableImport ? error : new UnreadableImport('json');
  }
};
