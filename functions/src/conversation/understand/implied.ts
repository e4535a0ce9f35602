import type { Implied, IntentName, TaskStatus } from '../model.ts';
import { type Features, hasAct } from './features.ts';
import { compile, matchAt } from './phrases.ts';

const onIt = [
  'estoy|estamos|ando|sigo con|en|trabajando|haciendo|metido|metida',
  'me|nos pongo|ponemos|pondre|puse con|a',
  'arranco|arrancamos|arranque con',
].map(compile);

const says = (f: Features, patterns: ReturnType<typeof compile>[]): boolean =>
  f.words.some((_, at) => patterns.some(parts => matchAt(parts, f.words, at)));

const statusOf = (f: Features): TaskStatus | undefined => {
  if (f.statuses.length > 0) return undefined;
  if (says(f, onIt)) return 'in_progress';
  if (hasAct(f, 'finish')) return 'done';
  if (hasAct(f, 'start')) return 'in_progress';
  if (hasAct(f, 'block')) return 'blocked';
  if (hasAct(f, 'reopen')) return 'todo';
  const past = f.head?.verbs.some(v => v.infinitive === 'hacer' && v.form !== 'imp');
  const settled = f.words.some(w => ['quedo', 'quedaron', 'esta', 'estan'].includes(w.form));
  return past || settled ? 'done' : undefined;
};

/** What the verb itself says, where no word names the value: "cierra", "sube", "quítale la fecha". */
const impliedBy: Partial<Record<IntentName, (f: Features) => Implied>> = {
  update_status: f => {
    const status = statusOf(f);
    return status ? { status } : {};
  },
  set_priority: f => {
    if (f.priorities.length > 0) return {};
    if (hasAct(f, 'lower')) return { priority: 'low' };
    return hasAct(f, 'raise') ? { priority: 'high' } : {};
  },
  set_due_date: f => (hasAct(f, 'remove') && f.dates.length === 0 ? { undated: true } : {}),
  assign_task: f => (hasAct(f, 'remove') ? { nobody: true } : {}),
};

export const impliedIn = (f: Features, intent: IntentName): Implied | undefined => {
  const implied = impliedBy[intent]?.(f) ?? {};
  return Object.keys(implied).length > 0 ? implied : undefined;
};
