import type { CustomField } from '../../domain/custom-field.ts';
import type { ImportedTask, ImportIssue, ReadyRow } from '../../domain/import.ts';
import { fieldValueFrom, fold } from '../../domain/import-values.ts';
import { atLeast } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import type { Sprint } from '../../domain/sprint.ts';
import type { CustomValues, NewTask } from '../../domain/task.ts';

/** Members and sprints whose names are looked for in a file. */
const considered = 1_000;

export type FitDeps = {
  members: { list(projectId: number, limit: number): Promise<Member[]> };
  sprints: { list(projectId: number, limit: number): Promise<Sprint[]> };
  customFields: { list(projectId: number): Promise<CustomField[]> };
};

/** What the names in a file may mean in a project; a name that two have means neither. */
export type Names = {
  people: Map<string, number | undefined>;
  sprints: Map<string, number | undefined>;
  fields: Map<string, CustomField>;
};

const nameKey = (text: string): string => text.normalize('NFC').trim().toLowerCase();

const byName = (entries: [name: string, id: number][]): Map<string, number | undefined> => {
  const known = new Map<string, number | undefined>();
  for (const [name, id] of entries)
    known.set(nameKey(name), known.has(nameKey(name)) ? undefined : id);
  return known;
};

export const namesIn = async (
  { members, sprints, customFields }: FitDeps,
  projectId: number,
): Promise<Names> => {
  const all = await members.list(projectId, considered);
  const workers = all.filter(({ role }) => atLeast(role, 'member'));
  const open = (await sprints.list(projectId, considered)).filter(
    ({ state }) => state !== 'completed',
  );
  const fields = await customFields.list(projectId);
  return {
    people: byName(
      workers.flatMap(({ userId, fullName, email }): [string, number][] => [
        [fullName, userId],
        [email, userId],
      ]),
    ),
    sprints: byName(open.map(({ name, id }) => [name, id])),
    fields: new Map(fields.map(field => [fold(field.name), field])),
  };
};

/** Columns that mean nothing in the project, by the row of their heading. */
export const ignoredColumns = (columns: string[], { fields }: Names): ImportIssue[] =>
  columns
    .filter(column => !fields.has(fold(column)))
    .map(value => ({ row: 1, code: 'column_ignored', value: value.slice(0, 100) }));

type Refused = (code: ImportIssue['code'], value: string) => void;

/** Gives tasks the people, sprints and own fields that their rows name; nobody and nothing is guessed at. */
export const fitRows = (
  rows: ReadyRow[],
  names: Names,
): { ready: NewTask[]; issues: ImportIssue[] } => {
  const issues: ImportIssue[] = [];
  const ready = rows.map(({ row, task }) =>
    fitTask(task, names, (code, value) => issues.push({ row, code, value })),
  );
  return { ready, issues };
};

const fitTask = (
  { assignee, sprint, others = {}, ...task }: ImportedTask,
  { people, sprints, fields }: Names,
  refused: Refused,
): NewTask => {
  const assigneeId = assignee && people.get(nameKey(assignee));
  if (assignee && !assigneeId) refused('person_unknown', assignee);
  const sprintId = sprint && sprints.get(nameKey(sprint));
  if (sprint && !sprintId) refused('sprint_unknown', sprint);
  const customFields = ownValues(others, fields, refused);
  return {
    ...task,
    ...(assigneeId && { assigneeId }),
    ...(sprintId && { sprintId }),
    ...(Object.keys(customFields).length > 0 && { customFields }),
  };
};

const ownValues = (
  others: Record<string, string>,
  fields: Names['fields'],
  refused: Refused,
): CustomValues => {
  const values: CustomValues = {};
  for (const [column, text] of Object.entries(others)) {
    const field = fields.get(fold(column));
    const value = field && fieldValueFrom(field, text);
    if (field && value === undefined) refused('field_invalid', `${column}: ${text}`.slice(0, 100));
    if (field && value !== undefined) values[String(field.id)] = value;
  }
  return values;
};
