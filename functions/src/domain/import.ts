import type { NewTask } from './task.ts';

export const importFormats = ['csv', 'jira_csv', 'trello_json'] as const;
export type ImportFormat = (typeof importFormats)[number];

/** A task as another product knows it: people by e-mail or name, sprints by name. */
export type ImportedTask = NewTask & {
  assignee?: string | undefined;
  sprint?: string | undefined;
  /** What further columns say, by their heading: values of the project's own fields. */
  others?: Record<string, string> | undefined;
};

/** What could not be taken over as it stood, by a word of ours. */
export const issueCodes = [
  'title_missing',
  'title_cut',
  'status_unknown',
  'priority_unknown',
  'type_unknown',
  'date_invalid',
  'start_after_due',
  'points_invalid',
  'person_unknown',
  'sprint_unknown',
  'field_invalid',
  'column_ignored',
] as const;

export type ImportIssue = { row: number; code: (typeof issueCodes)[number]; value?: string };

/** One row of a file: a spreadsheet's number of it, or the place of a card. Without a title there is no task. */
export type ImportedRow = { row: number; task: ImportedTask | undefined; issues: ImportIssue[] };

/** What is in a file: its rows, and the further columns in which anything stands. */
export type ImportedFile = { rows: ImportedRow[]; columns: string[] };

/** A file in which there are no tasks to be found; says what was looked for in vain. */
export class UnreadableImport extends Error {}

/** Tasks that one import may bring at once, all or none. */
export const importLimit = 2_000;

export const importStates = ['checked', 'running', 'completed', 'cancelled', 'failed'] as const;
export type ImportState = (typeof importStates)[number];

/** Why an import ended early: its project is closed or gone, its starter may no longer, or we failed. */
export const importFailures = ['project_closed', 'not_allowed', 'internal'] as const;
export type ImportFailure = (typeof importFailures)[number];

/** An import that brings its rows in the background. */
export type Import = {
  id: number;
  projectId: number;
  creatorId: number | null;
  format: ImportFormat;
  state: ImportState;
  /** Rows in the file, and how many of them became tasks or never will. */
  total: number;
  imported: number;
  skipped: number;
  issues: ImportIssue[];
  issueCount: number;
  failure: ImportFailure | null;
  createdAt: string;
  finishedAt: string | null;
};

export type NewImport = Pick<
  Import,
  'format' | 'state' | 'total' | 'skipped' | 'issues' | 'issueCount'
>;

/** A row that became a task as far as it could be understood. */
export type ReadyRow = { row: number; task: ImportedTask };

/** Rows of one import in the background. */
export const backgroundLimit = 20_000;
/** Rows that are brought in one transaction. */
export const partSize = 200;
/** Issues that are kept; the rest are only counted. */
export const issuesKept = 200;
/** Imports of one project that may run at once. */
export const runningLimit = 3;

/** What one part added to an import. */
export type ImportProgress = { imported: number; issues: ImportIssue[]; issueCount: number };
