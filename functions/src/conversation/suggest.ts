import type { Finding, Habit, Likeness, SuggestionKind } from '../domain/suggestion.ts';
import type { Goal, Line, TaskRef } from './decide/state.ts';
import { affinity, wordsOf } from './similarity.ts';

/** Something said of the bot's own accord. */
export type Suggestion = {
  kind: SuggestionKind;
  findings: Finding[];
  line: Line;
  /** What may be answered at once, as lines of the catalogue. */
  replies: Line[];
  /** What a plain "sí" takes up. */
  offer?: Goal;
};

const alike = 0.5;
const sameWord = 0.8;
const habitual = { tasks: 2, share: 0.5 };

/** Every word of the shorter title is in the longer one: "caja de abril" is not "caja de mayo". */
const sameMatter = (one: string, other: string): boolean => {
  const [shorter = [], longer = []] = [wordsOf(one), wordsOf(other)].toSorted(
    (a, b) => a.length - b.length,
  );
  return (
    shorter.length > 0 &&
    shorter.every(word => longer.some(each => affinity(word, each) >= sameWord))
  );
};

const similar = (created: TaskRef, since: string, found: readonly Likeness[]): Suggestion[] => {
  const best = found.find(
    ({ task, score }) => score >= alike && sameMatter(task.title, created.title),
  );
  if (!best) return [];
  return [
    {
      kind: 'similar_task',
      findings: [{ kind: 'similar_task', task: created, since }],
      line: { key: 'suggest_similar', params: { task: best.task } },
      replies: [{ key: 'reply_undo' }],
    },
  ];
};

const assignTo = (task: TaskRef, { userId, fullName }: Habit): Goal => ({
  intent: 'assign_task',
  slots: { assignee: { userId, fullName } },
  reference: { pronoun: true },
  confidence: 1,
  turns: 1,
  tasks: [task],
});

const likely = (created: TaskRef, since: string, habits: readonly Habit[]): Suggestion[] => {
  const [first] = habits.toSorted((a, b) => b.tasks - a.tasks);
  if (created.assigneeId !== null || !first) return [];
  if (first.tasks < habitual.tasks || first.tasks <= first.of * habitual.share) return [];
  return [
    {
      kind: 'likely_assignee',
      findings: [{ kind: 'likely_assignee', task: created, since }],
      line: { key: 'suggest_assignee', params: { name: first.fullName } },
      replies: [{ key: 'reply_assign', params: { name: first.fullName } }],
      offer: assignTo(created, first),
    },
  ];
};

/** After a task was made: there is one like it, or somebody usually does such tasks. One thing at a time. */
export const afterCreation = (
  created: TaskRef,
  since: string,
  found: { alike: readonly Likeness[]; habits: readonly Habit[] },
): Suggestion[] =>
  [...similar(created, since, found.alike), ...likely(created, since, found.habits)].slice(0, 1);

const replyTo: Partial<Record<SuggestionKind, string>> = {
  overdue: 'reply_overdue',
  blocked: 'reply_blocked',
  unassigned: 'reply_unassigned',
};

/** On meeting for the first time of a day: what is late, stuck or nobody's, the most pressing first. */
export const ofTheDay = (findings: readonly Finding[], today: string): Suggestion[] =>
  (['overdue', 'blocked', 'unassigned'] as const).flatMap(kind => {
    const own = findings.filter(finding => finding.kind === kind);
    const reply = replyTo[kind];
    if (own.length === 0 || !reply) return [];
    const tasks = own.map(finding => finding.task);
    const longest = own.map(finding => finding.since).toSorted()[0] ?? today;
    const days = Math.round((Date.parse(today) - Date.parse(longest)) / 86_400_000);
    return [
      {
        kind,
        findings: own,
        line: { key: `suggest_${kind}`, params: { tasks, days } },
        replies: [{ key: reply }],
      },
    ];
  });
