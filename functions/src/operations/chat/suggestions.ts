import type { TaskRef } from '../../conversation/decide/state.ts';
import { afterCreation, ofTheDay, type Suggestion } from '../../conversation/suggest.ts';
import type { Spoken } from '../../conversation/turn.ts';
import { dayIn, iso } from '../../conversation/understand/dates/calendar.ts';
import type {
  Finding,
  Habit,
  Likeness,
  SuggestionClaim,
  SuggestionKind,
} from '../../domain/suggestion.ts';
import type { Task } from '../../domain/task.ts';
import type { Action } from './act.ts';
import { refOf } from './find-tasks.ts';
import type { Around } from './look-around.ts';

export type SuggestDeps = {
  clock(): Date;
  suggestions: {
    likenesses(
      projectId: number,
      taskId: number,
      title: string,
    ): Promise<{ alike: Likeness[]; habits: Habit[] }>;
    ofTheDay(userId: number, projectId: number, today: string): Promise<Finding[]>;
    claim(userId: number, claims: SuggestionClaim[]): Promise<SuggestionClaim[]>;
  };
};

/**
 * What to add to an answer of the bot's own accord, when the person wants that and is asked nothing else.
 * What is found is claimed before it is said: a crash may lose a suggestion, nothing makes one twice.
 */
export const suggestionsFor = async (
  deps: SuggestDeps,
  { context, suggestions, lastAt }: Around,
  { state, course, understanding }: Spoken,
  actions: Action[],
): Promise<Suggestion[]> => {
  const { project } = state;
  if (!suggestions || !project || state.asking !== 'idle' || course.marks.length > 0) return [];
  const { me, timezone } = context;
  const today = iso(dayIn(deps.clock().getTime(), timezone));
  const created = createdAlone(actions);
  if (created) {
    const { projectId, taskId, title } = created;
    const found = await deps.suggestions.likenesses(projectId, taskId, title);
    return claimed(deps, me, afterCreation(created, today, found));
  }
  const greeted = state.turn === 1 && understanding.intents.some(({ name }) => name === 'greet');
  const met = lastAt !== null && iso(dayIn(Date.parse(lastAt), timezone)) === today;
  if (met && !greeted) return [];
  const findings = await deps.suggestions.ofTheDay(me, project.projectId, today);
  return claimed(deps, me, ofTheDay(findings, today));
};

/** One task, and nothing else, was made in this turn. */
const createdAlone = (actions: Action[]): TaskRef | undefined => {
  const [only, ...others] = actions;
  return only?.type === 'task.created' && others.length === 0
    ? refOf(only['task'] as Task)
    : undefined;
};

const keyOf = ({ kind, taskId, since }: SuggestionClaim): string => `${kind} ${taskId} ${since}`;

const claimOf = ({ kind, task, since }: Finding): SuggestionClaim & { kind: SuggestionKind } => ({
  kind,
  taskId: task.taskId,
  since,
});

/** Another request may have told some of it in between: those suggestions are left out. */
const claimed = async (
  { suggestions }: SuggestDeps,
  userId: number,
  wanted: Suggestion[],
): Promise<Suggestion[]> => {
  const claims = wanted.flatMap(({ findings }) => findings.map(claimOf));
  if (claims.length === 0) return [];
  const ours = new Set((await suggestions.claim(userId, claims)).map(keyOf));
  return wanted.filter(({ findings }) => findings.every(each => ours.has(keyOf(claimOf(each)))));
};
