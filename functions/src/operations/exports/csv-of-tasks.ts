import { csvLine } from '../../domain/csv.ts';
import type { CustomField } from '../../domain/custom-field.ts';
import type { Task } from '../../domain/task.ts';

const columns = [
  'id',
  'title',
  'description',
  'type',
  'status',
  'priority',
  'assignee',
  'startDate',
  'dueDate',
  'labels',
  'storyPoints',
  'sprintId',
  'sprint',
  'parentId',
  'createdAt',
  'completedAt',
] as const;

/** Without it Excel takes accents for something else. */
const mark = '\uFEFF';

type Names = {
  people: Map<number, string>;
  sprints: Map<number, string>;
  fields: CustomField[];
};

/** Tasks as lines of a CSV file, with a column for each own field; heading first where wanted. */
export const csvOfTasks = (
  tasks: Task[],
  { people, sprints, fields }: Names,
  withHead: boolean,
): string => {
  const valueOf = (task: Task, column: (typeof columns)[number]) => {
    if (column === 'assignee') return people.get(task.assigneeId ?? 0);
    if (column === 'sprint') return sprints.get(task.sprintId ?? 0);
    return column === 'labels' ? task.labels.join('|') : task[column];
  };
  const lines = tasks.map(task =>
    csvLine([
      ...columns.map(column => valueOf(task, column)),
      ...fields.map(({ id }) => shown(task.customFields[String(id)])),
    ]),
  );
  const head = csvLine([...columns, ...fields.map(({ name }) => name)]);
  return [...(withHead ? [mark, head] : []), ...lines].join('');
};

const shown = (value: string | number | boolean | null | undefined) =>
  typeof value === 'boolean' ? String(value) : value;
