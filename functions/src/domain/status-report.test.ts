import { describe, expect, it } from 'vitest';
import { type StatusCount, statusReport } from './status-report.ts';

const row = (overrides: Partial<StatusCount>): StatusCount => ({
  status: 'todo',
  assigneeId: null,
  fullName: null,
  count: 1,
  overdue: 0,
  dueThisWeek: 0,
  ...overrides,
});

describe('statusReport', () => {
  it('is all zero for an empty project', () => {
    expect(statusReport([])).toMatchObject({ total: 0, completionPercent: 0, byAssignee: [] });
  });

  it('adds up states, people and deadlines', () => {
    const report = statusReport([
      row({ status: 'done', assigneeId: 1, fullName: 'Ana', count: 3 }),
      row({ assigneeId: 1, fullName: 'Ana', count: 2, overdue: 1 }),
      row({ count: 4, dueThisWeek: 2 }),
      row({ status: 'done', count: 1 }),
    ]);
    expect(report).toMatchObject({
      total: 10,
      byStatus: { todo: 6, in_progress: 0, blocked: 0, in_review: 0, done: 4 },
      completionPercent: 40,
      overdue: 1,
      dueThisWeek: 2,
      unassigned: 4,
      byAssignee: [{ userId: 1, fullName: 'Ana', total: 5, done: 3, overdue: 1 }],
    });
  });
});
