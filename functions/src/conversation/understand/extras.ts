import {
  type Entity,
  type EntityValue,
  type IntentName,
  propertyChanges,
  type Segment,
} from '../model.ts';
import type { Clause } from './clauses.ts';
import { Draft } from './draft.ts';
import type { Features } from './features.ts';
import { nobodyIn, undatedIn } from './implied.ts';
import { formAt } from './text.ts';
import type { Run } from './titles.ts';
import { priorityWords } from './values.ts';

type Value = { intent: IntentName; from: number; run: Run; found: EntityValue };

const joints = new Set(['y', 'e', ',', 'con', 'pero', 'a', 'para']);
const none = { none: true as const };

const value = (intent: IntentName, from: number, run: Run, found: EntityValue): Value => ({
  intent,
  from,
  run,
  found,
});

/** That there is to be nobody, or no day, is a value too. */
const absences = (f: Features): Value[] => {
  const undated = undatedIn(f.words);
  const nobody = nobodyIn(f.words);
  return [
    ...(undated
      ? [value('set_due_date', undated.start, undated, { entity: 'due_date', value: none })]
      : []),
    ...(nobody
      ? [value('assign_task', nobody.start, nobody, { entity: 'assignee', value: none })]
      : []),
  ];
};

/** Every value of the clause, with the change that it would be by itself. */
const valuesIn = (f: Features): Value[] => [
  ...f.statuses.map(s =>
    value('update_status', s.from, s, { entity: 'status', value: { status: s.value } }),
  ),
  ...f.priorities.map(p =>
    value('set_priority', p.from, priorityWords(f.words, p), {
      entity: 'priority',
      value: { priority: p.value },
    }),
  ),
  ...f.dates.map(d =>
    value(
      'set_due_date',
      d.from,
      { start: d.start, end: d.shown ?? d.end },
      { entity: 'due_date', value: d.value },
    ),
  ),
  ...f.assignees
    .filter(({ strong }) => strong)
    .map(({ start, person }) =>
      value('assign_task', start, person, { entity: 'assignee', value: person.value }),
    ),
  ...absences(f),
];

/** A value counts by itself where something joins it to what was said before. */
const isJoined = ({ words, opening, assignees }: Features, { from, run }: Value): boolean =>
  from < run.start ||
  from === opening.end ||
  joints.has(formAt(words, from - 1)) ||
  // "que la termine Jorge el jueves"
  assignees.some(({ strong, end }) => strong && end === from);

const overlaps = (f: Features, { run }: Value, { start, end }: Entity): boolean =>
  (f.words[run.start]?.start ?? 0) < end && start < (f.words[run.end - 1]?.end ?? 0);

/** "ponlo como bloqueado y urgente", "la hago yo, sin fecha": one clause that changes several things. */
export const extrasOf = ({ features: f, tokens }: Clause, base: Segment): Segment[] => {
  if (!propertyChanges.has(base.intent) || base.signals.includes('negated')) return [];
  const told = new Set<string>(base.entities.map(each => each.entity));
  const own = new Set<IntentName>([base.intent]);
  return valuesIn(f).flatMap((each): Segment[] => {
    const { intent, run, found } = each;
    if (own.has(intent) || told.has(found.entity) || !isJoined(f, each)) return [];
    if (base.entities.some(entity => overlaps(f, each, entity))) return [];
    own.add(intent);
    const draft = new Draft(f);
    draft.add(run, found);
    return [
      {
        intent,
        confidence: base.confidence,
        start: tokens[0]?.start ?? 0,
        end: tokens.at(-1)?.end ?? 0,
        entities: draft.entities,
        reference: { pronoun: true },
        signals: base.signals.filter(signal => signal !== 'question'),
      },
    ];
  });
};
