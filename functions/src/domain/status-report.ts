import { type TaskStatus, taskStatuses } from './task.ts';
import type { DayCount, SprintWork } from './trend.ts';

/** Tasks that share state and assignee. */
export type StatusCount = {
  status: TaskStatus;
  assigneeId: number | null;
  fullName: string | null;
  count: number;
  overdue: number;
  dueThisWeek: number;
};

/** What a status report wants to know of a project. */
export type StatusQuestion = {
  /** `YYYY-MM-DD`, both inclusive. */
  today: string;
  weekEnd: string;
  /** Instants at which the days of the trend begin. */
  trendFrom: string[];
  sprint?: { id: number; dayStarts: string[] } | undefined;
};

export type StatusAnswer = {
  counts: StatusCount[];
  days: DayCount[];
  sprint: SprintWork | null;
};

export type AssigneeLoad = {
  userId: number;
  fullName: string;
  total: number;
  done: number;
  overdue: number;
};

export type StatusReport = {
  total: number;
  byStatus: Record<TaskStatus, number>;
  /** Whole percent of tasks that are done, 0 for an empty project. */
  completionPercent: number;
  overdue: number;
  dueThisWeek: number;
  unassigned: number;
  byAssignee: AssigneeLoad[];
};

const sum = (rows: StatusCount[], value: (row: StatusCount) => number): number =>
  rows.reduce((total, row) => total + value(row), 0);

/** Adds up counts into the report that people read. `unassigned` leaves out what is done. */
export const statusReport = (rows: StatusCount[]): StatusReport => {
  const total = sum(rows, row => row.count);
  const byStatus = Object.fromEntries(
    taskStatuses.map(status => [
      status,
      sum(
        rows.filter(row => row.status === status),
        row => row.count,
      ),
    ]),
  ) as Record<TaskStatus, number>;
  return {
    total,
    byStatus,
    completionPercent: total === 0 ? 0 : Math.round((100 * byStatus.done) / total),
    overdue: sum(rows, row => row.overdue),
    dueThisWeek: sum(rows, row => row.dueThisWeek),
    unassigned: sum(
      rows.filter(row => row.assigneeId === null && row.status !== 'done'),
      row => row.count,
    ),
    byAssignee: loads(rows),
  };
};

const loads = (rows: StatusCount[]): AssigneeLoad[] => {
  const people = Map.groupBy(rows, row => row.assigneeId);
  return [...people]
    .flatMap(([userId, own]) =>
      userId === null
        ? []
        : {
            userId,
            fullName: own[0]?.fullName ?? '',
            total: sum(own, row => row.count),
            done: sum(
              own.filter(row => row.status === 'done'),
              row => row.count,
            ),
            overdue: sum(own, row => row.overdue),
          },
    )
    .toSorted((a, b) => b.total - a.total || a.userId - b.userId);
};
