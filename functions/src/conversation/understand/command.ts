import type { IntentName } from '../model.ts';
import type { Draft } from './draft.ts';
import { type Features, hasAct } from './features.ts';

const anyTask: IntentName[] = [
  'create_task',
  'update_status',
  'get_status',
  'assign_task',
  'set_due_date',
  'set_priority',
  'list_tasks',
  'delete_task',
];

const allOf: IntentName[] = [];

/** The nouns that belong to the command of an intent rather than to a title. */
const own: Partial<Record<string, IntentName[]>> = {
  task: anyTask,
  tasks: anyTask,
  status: ['update_status', 'get_status'],
  summary: ['get_status'],
  priority: ['set_priority'],
  deadline: ['set_due_date'],
  backlog: ['list_tasks'],
};

/** Whether the verb asks for a task rather than being what is to be done ("hay que llamar"). */
const isMaking = (f: Features): boolean => {
  if (f.opening.duty && !f.object) return false;
  if (f.object && f.head?.verbs.some(v => v.infinitive === 'dar')) return true;
  return hasAct(f, 'create', 'remind') || (hasAct(f, 'do') && f.object !== undefined);
};

/** The command itself is no part of any title; the verb of a duty ("hay que llamar") is. */
export const takeCommand = (draft: Draft, intent: IntentName): void => {
  const { features: f } = draft;
  draft.take(0, f.opening.end);
  const commanded = intent !== 'create_task' || isMaking(f);
  if (f.head && commanded) draft.take(f.head.fronted ? f.head.at : f.opening.end, f.head.at + 1);
  if (!f.object || (f.head && !commanded)) return;
  const ours = (own[f.object.thing] ?? allOf).includes(intent);
  if (ours) draft.take(f.head ? f.head.at + 1 : f.opening.end, f.object.at + 1);
};
