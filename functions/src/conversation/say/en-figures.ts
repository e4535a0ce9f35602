import type { ProjectFigures } from '../decide/state.ts';
import { workloads } from './describe.ts';
import { enumerated, plain } from './format.ts';
import type { Speech } from './speech.ts';

/** How a project stands, in one sentence. */
export const figuresText = (f: ProjectFigures): string => {
  if (f.total === 0) return 'it has no tasks yet.';
  const by = f.byStatus;
  const parts = [
    `${by.done} of ${f.total} tasks done (${f.completionPercent} %)`,
    `${by.in_progress} in progress`,
    `${by.in_review} in review`,
    `${by.blocked} blocked`,
    `${by.todo} to do`,
  ];
  const notes = [
    f.overdue > 0 && `${f.overdue} overdue`,
    f.dueThisWeek > 0 && `${f.dueThisWeek} due this week`,
    f.unassigned > 0 && `${f.unassigned} unassigned`,
  ].filter(Boolean);
  return `${parts.join(', ')}.${notes.length > 0 ? ` Note: ${notes.join(', ')}.` : ''}`;
};

/** Who has how much open, most first, and who has nothing. */
export const workloadText = ({ byAssignee }: ProjectFigures, speech: Speech): string => {
  const loads = workloads(byAssignee, speech);
  if (loads.busy.length === 0) return 'Nobody has open tasks.';
  const lines = loads.busy.map(
    ({ name, open, overdue }, at) =>
      `${at + 1}. ${plain(name)}: ${open}${overdue > 0 ? ` (${overdue} overdue)` : ''}`,
  );
  const free =
    loads.free.length > 0
      ? `\nNo tasks: ${enumerated(loads.free.map(plain), 'en', 'conjunction')}.`
      : '';
  return `Open tasks of each person:\n${lines.join('\n')}${free}`;
};
