import { z } from 'zod';
import {
  type Import,
  importFailures,
  importFormats,
  importStates,
  issueCodes,
} from '../../domain/import.ts';
import { importWording } from '../../domain/import-wording.ts';
import type { Locale } from '../../platform/failure.ts';
import { id, instant } from '../fields.ts';

export const importJob = z
  .object({
    id,
    projectId: id,
    format: z.enum(importFormats),
    state: z.enum(importStates),
    /** Rows of the file; `imported` became tasks, `skipped` never will. */
    total: z.int(),
    imported: z.int(),
    skipped: z.int(),
    progressPercent: z.int(),
    /** What was not taken over as it stood, by row of the file; the first 200 of `issueCount`. */
    issues: z.array(
      z.object({
        row: z.int(),
        code: z.enum(issueCodes),
        value: z.string().nullable(),
        message: z.string(),
      }),
    ),
    issueCount: z.int(),
    failure: z.enum(importFailures).nullable(),
    creatorId: id.nullable(),
    createdAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: 'Import' });

/** An import as people read it. */
export const shownImport = (job: Import, locale: Locale) => ({
  ...job,
  progressPercent:
    job.total === 0 ? 100 : Math.floor((100 * (job.imported + job.skipped)) / job.total),
  issues: job.issues.map(({ row, code, value = null }) => ({
    row,
    code,
    value,
    message: importWording[code][locale],
  })),
});
