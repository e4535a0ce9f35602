import type { ImportIssue, ReadyRow } from '../../domain/import.ts';
import { atLeast } from '../../domain/permission.ts';
import type { Member } from '../../domain/project.ts';
import type { NewTask } from '../../domain/task.ts';

const nameKey = (text: string): string => text.normalize('NFC').trim().toLowerCase();

/** Gives tasks to the members whom the rows name; nobody is guessed at. */
export const assignPeople = (
  rows: ReadyRow[],
  members: Member[],
): { ready: NewTask[]; issues: ImportIssue[] } => {
  const known = namesOf(members.filter(({ role }) => atLeast(role, 'member')));
  const issues: ImportIssue[] = [];
  const ready = rows.map(({ row, task: { assignee, ...task } }): NewTask => {
    if (assignee === undefined) return task;
    const assigneeId = known.get(nameKey(assignee));
    if (assigneeId !== undefined) return { ...task, assigneeId };
    issues.push({ row, code: 'person_unknown', value: assignee });
    return task;
  });
  return { ready, issues };
};

const namesOf = (workers: Member[]): Map<string, number | undefined> => {
  const known = new Map<string, number | undefined>();
  for (const { userId, fullName, email } of workers) {
    // Two of one name: neither.
    known.set(nameKey(fullName), known.has(nameKey(fullName)) ? undefined : userId);
    known.set(nameKey(email), userId);
  }
  return known;
};
