import type { Entity, Segment } from '../model.ts';

/** A change right behind a creation speaks of the new task: "… y ponle prioridad alta". */
const joins = (before: Segment | undefined, next: Segment): boolean =>
  before?.intent === 'create_task' &&
  ['assign_task', 'set_due_date', 'set_priority'].includes(next.intent) &&
  !next.entities.some(e => e.entity === 'task_title') &&
  next.reference.ordinal === undefined &&
  next.reference.taskId === undefined;

export const joined = (segments: Segment[]): Segment[] => {
  const out: Segment[] = [];
  for (const next of segments) {
    const before = out.at(-1);
    if (!before || !joins(before, next)) {
      out.push(next);
      continue;
    }
    const kept = before.entities.filter(e => !next.entities.some(n => n.entity === e.entity));
    out[out.length - 1] = {
      ...before,
      end: next.end,
      entities: [...kept, ...next.entities].toSorted((a, b) => a.start - b.start),
    };
  }
  return out;
};

/** "si Luis no puede, asígnala a Ana": what follows hangs on something the bot cannot know. */
export const conditioned = (segments: Segment[]): Segment[] => {
  const [first, ...rest] = segments;
  if (!first?.signals.includes('conditional') || first.confidence >= 0.5 || rest.length === 0)
    return segments;
  return rest.map(each => ({
    ...each,
    confidence: 0.6,
    signals: [...each.signals, 'conditional'],
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
