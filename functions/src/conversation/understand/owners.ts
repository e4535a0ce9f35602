import type { Entity, IntentName, Reference } from '../model.ts';
import { Draft } from './draft.ts';

/** "todas las de Francisco": the words that say whose. */
export const ownerIn = ({ features: f, taken }: Draft): Entity | undefined => {
  const person = f.members.findLast(({ start, end }) => taken.slice(start, end).every(Boolean));
  if (!person) return undefined;
  const draft = new Draft(f);
  draft.add(person, { entity: 'assignee', value: person.value });
  return draft.entities[0];
};

/** "la vitrina de Luis": whose it is, behind what it is. */
export const ownerBehind = ({ features: f, entities }: Draft, intent: IntentName): Reference => {
  const title =
    intent === 'create_task' ? undefined : entities.find(e => e.entity === 'task_title');
  const end = title ? f.words.findIndex(w => w.start >= title.end) : -1;
  const person = f.words[end]?.form === 'de' && f.members.find(m => m.start === end + 1);
  return person ? { of: person.value } : {};
};
