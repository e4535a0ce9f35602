import { z } from 'zod';
import type { NewEvent } from '../../domain/event.ts';
import {
  backgroundLimit,
  type Import,
  importFormats,
  type NewImport,
  partSize,
  type ReadyRow,
  runningLimit,
} from '../../domain/import.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import type { AddEvents } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { bringPart, type PartUnit } from './bring-part.ts';
import { fitRows, ignoredColumns, namesIn } from './fit-rows.ts';
import { importJob, shownImport } from './import-schema.ts';
import { type ReadableRows, readableRows } from './readable-rows.ts';

type Unit = PartUnit & {
  imports: {
    countRunning(projectId: number): Promise<number>;
    insert(projectId: number, creatorId: number, added: NewImport): Promise<number>;
    addParts(importId: number, parts: ReadyRow[][]): Promise<void>;
    find(projectId: number, importId: number): Promise<Import | undefined>;
  };
  outbox: AddEvents;
};

export const createImport = defineOperation({
  name: 'projects/createImport',
  summary:
    'Brings in up to 20,000 tasks from CSV, Jira CSV or a Trello board (8 MB over HTTPS); small files at once, others in the background. `dryRun` only checks',
  route: 'POST /projects/{projectId}/imports',
  access: 'project.import',
  wants: 'timezone',
  input: z.strictObject({
    projectId: id,
    format: z.enum(importFormats),
    content: z.string().min(1).max(8_000_000),
    dryRun: z.boolean().default(false),
  }),
  output: importJob,
  status: 202,
  creates: true,
  bodyLimit: 8_388_608,
  failures: ['conflict'],
  refuses: ['content'],
  run: ({ inTransaction }: { inTransaction: InTransaction<Unit> }, caller, input) => {
    const { projectId, format, content, dryRun } = input;
    const limit = {
      rows: backgroundLimit,
      tooLong: wording.importFarTooLong,
      zone: caller.timezone ?? 'UTC',
    };
    const read = readableRows(format, content, limit);
    return inTransaction(async unit => {
      const { imports } = unit;
      if ((await imports.countRunning(projectId)) >= runningLimit)
        throw new Failure('conflict', { detail: wording.importsRunning });
      const importId = dryRun
        ? await check(unit, caller, format, read)
        : await begin(unit, caller, format, read);
      const job = await imports.find(projectId, importId);
      if (!job) throw new Failure('not_found');
      return shownImport(job, caller.locale);
    });
  },
});

type Who = { projectId: number; userId: number };

/** Notes what would come, without bringing it. */
const check = async (
  unit: Unit,
  { projectId, userId }: Who,
  format: Import['format'],
  { found: total, ready, issues, columns }: ReadableRows,
): Promise<number> => {
  const names = await namesIn(unit, projectId);
  const all = [...ignoredColumns(columns, names), ...issues, ...fitRows(ready, names).issues];
  const skipped = total - ready.length;
  const counts = { total, skipped, issues: all, issueCount: all.length };
  return unit.imports.insert(projectId, userId, { format, state: 'checked', ...counts });
};

const begin = async (
  unit: Unit,
  { projectId, userId }: Who,
  format: Import['format'],
  { found: total, ready, issues, columns }: ReadableRows,
): Promise<number> => {
  const skipped = total - ready.length;
  const all = [...ignoredColumns(columns, await namesIn(unit, projectId)), ...issues];
  const counts = { total, skipped, issues: all, issueCount: all.length };
  const importId = await unit.imports.insert(projectId, userId, {
    format,
    state: 'running',
    ...counts,
  });
  const parts = partsOf(ready);
  await unit.imports.addParts(importId, parts);
  if (parts.length <= 1) while (await bringPart(unit, importId));
  else await unit.outbox.add(importRequested(importId));
  return importId;
};

export const importRequested = (importId: number): NewEvent => ({
  topic: 'imports',
  type: 'import.requested',
  payload: { importId },
});

const partsOf = (rows: ReadyRow[]): ReadyRow[][] =>
  Array.from({ length: Math.ceil(rows.length / partSize) }, (_, index) =>
    rows.slice(index * partSize, (index + 1) * partSize),
  );
