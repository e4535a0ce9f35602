import { type Entity, onlyPronoun, type Segment } from '../model.ts';
import { conditionIn } from './conditions.ts';
import type { Word } from './reader.ts';

/** "ya lo está haciendo, póngalo en progreso": the same wish put twice is one, the second way of it. */
const repeats = (before: Segment, next: Segment): boolean =>
  before.intent === next.intent &&
  ['update_status', 'assign_task', 'set_due_date', 'set_priority', 'delete_task'].includes(
    next.intent,
  ) &&
  !next.signals.some(s => s === 'same' || s === 'negated') &&
  !next.entities.some(e => e.entity === 'task_title') &&
  onlyPronoun(next.reference);

/** "no está terminada, ponla en curso": what was named first gets what is said then. */
const instead = ({ entities, reference }: Segment, next: Segment): Segment => ({
  ...next,
  entities: [...entities.filter(e => e.entity === 'task_title'), ...next.entities],
  reference: titledIn(entities) ? {} : { ...reference, ...next.reference },
});
const titledIn = (entities: Segment['entities']): boolean =>
  entities.some(e => e.entity === 'task_title');

/** A change right behind a creation speaks of the new task: "… y ponle prioridad alta". */
const joins = (before: Segment, next: Segment): boolean =>
  before.intent === 'create_task' &&
  ['assign_task', 'set_due_date', 'set_priority'].includes(next.intent) &&
  !next.entities.some(e => e.entity === 'task_title') &&
  next.reference.ordinals === undefined &&
  next.reference.taskId === undefined;

/** What a later value replaces is no longer implied: "quítasela a Luis y dásela a Ana". */
const impliedBy = (before: Segment, next: Segment): Pick<Segment, 'implied'> => {
  const told = new Set(next.entities.map(each => each.entity));
  const { nobody, undated, shift, ...rest } = before.implied ?? {};
  const implied = {
    ...rest,
    ...(nobody && !told.has('assignee') && { nobody }),
    ...(undated && !told.has('due_date') && { undated }),
    ...(shift !== undefined && !told.has('due_date') && { shift }),
    ...next.implied,
  };
  return Object.keys(implied).length > 0 ? { implied } : {};
};

/** Both in one; what was said later counts. */
const merged = (before: Segment, next: Segment): Segment => {
  const kept = before.entities.filter(e => !next.entities.some(n => n.entity === e.entity));
  const { implied: _, ...bare } = before;
  return {
    ...bare,
    end: next.end,
    entities: [...kept, ...next.entities].toSorted((a, b) => a.start - b.start),
    ...impliedBy(before, next),
  };
};

/** "ya está listo para revisar, muévelo": a change that says nothing of its own. */
const echoes = (before: Segment, next: Segment): boolean =>
  ['update_status', 'assign_task', 'set_due_date', 'set_priority'].includes(before.intent) &&
  next.intent === 'set_due_date' &&
  next.entities.length === 0 &&
  next.implied === undefined &&
  onlyPronoun(next.reference);

const titled = ({ entities }: Segment): boolean => titledIn(entities);

/** "¿puedes crear una tarea? hay que …": that there is to be one, and then which. */
const completes = (before: Segment, next: Segment): boolean =>
  before.intent === 'create_task' &&
  next.intent === 'create_task' &&
  !next.signals.includes('same') &&
  titled(before) !== titled(next);

/** "para el 26 y a cargo de Ana, créame la tarea …": values that stand in front of what they are of. */
const leadsTo = (before: Segment, next: Segment): boolean =>
  next.intent === 'create_task' &&
  ['assign_task', 'set_due_date', 'set_priority'].includes(before.intent) &&
  before.entities.length > 0 &&
  !titled(before) &&
  onlyPronoun(before.reference);

/** The two as one wish, where they are one. */
const inOne = (before: Segment, next: Segment): Segment | undefined => {
  if (echoes(before, next)) return before;
  if (repeats(before, next))
    return before.signals.includes('negated') ? instead(before, next) : merged(before, next);
  if (leadsTo(before, next)) return { ...merged(before, next), intent: next.intent };
  return joins(before, next) || completes(before, next) ? merged(before, next) : undefined;
};

/** The second of two tasks in a row is as clear as the first. */
const alike = (before: Segment, next: Segment): Segment =>
  before.intent === 'create_task' && next.intent === 'create_task' && titled(next)
    ? { ...next, confidence: Math.max(before.confidence, next.confidence) }
    : next;

export const joined = (segments: Segment[]): Segment[] => {
  const out: Segment[] = [];
  for (const next of segments) {
    const before = out.at(-1);
    const both = before && inOne(before, next);
    if (both) out[out.length - 1] = both;
    else out.push(before ? alike(before, next) : next);
  }
  return out;
};

/**
 * "si Luis no puede, asígnala a Ana", "ciérrala si Hugo dice que sí": what hangs on something the bot cannot
 * know is proposed rather than done, and the condition itself wishes nothing.
 */
export const conditioned = (segments: Segment[], words: readonly Word[]): Segment[] => {
  const condition = conditionIn(words);
  if (!condition) return segments;
  const wishes = segments.filter(s => s.start < condition.start || s.end > condition.end);
  return wishes.length === 0
    ? segments
    : wishes.map(each => ({
        ...each,
        confidence: Math.min(each.confidence, 0.6),
        signals: [...each.signals.filter(s => s !== 'conditional'), 'conditional'],
      }));
};

const isPlural = (text: string): boolean => /\b(?:tareas|tasks|tickets|pendientes)\b/i.test(text);

/** "crea dos tareas: comprar pan y llamar a Luis" wishes two, each with what was said of both. */
export const several = (segment: Segment, text: string): Segment[] => {
  const title = segment.entities.find(e => e.entity === 'task_title');
  if (segment.intent !== 'create_task' || !title) return [segment];
  if (!isPlural(text.slice(segment.start, title.start))) return [segment];
  const others = segment.entities.filter(e => e !== title);
  let start = title.start;
  return title.text.split(/(, | y | e )/).flatMap((part, at): Segment[] => {
    const from = start;
    start += part.length;
    if (at % 2 === 1 || !part.trim()) return [];
    const named: Entity = {
      entity: 'task_title',
      value: { title: part },
      text: part,
      start: from,
      end: start,
    };
    return [{ ...segment, entities: [...others, named].toSorted((a, b) => a.start - b.start) }];
  });
};
