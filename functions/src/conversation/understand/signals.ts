import type { Signal } from '../model.ts';
import type { Clause } from './clauses.ts';
import { type Features, hasAct } from './features.ts';
import { isCorrection, isSame } from './fragments.ts';
import { pronounIn } from './people.ts';
import type { VerbReading } from './reader.ts';
import { formAt, type Token } from './text.ts';

export const signalsOf = ({ features: f }: Clause): Signal[] => {
  const said: [Signal, boolean][] = [
    ['question', f.question],
    ['same', isSame(f.words)],
    ['correction', isCorrection(f.words)],
    ['removal', removesMember(f)],
    ['that_person', pronounIn(f.words) !== undefined],
    ['negated', !f.opening.duty && (isNegated(f) || isUndone(f))],
  ];
  return said.filter(([, holds]) => holds).map(([signal]) => signal);
};

/** "saca a Luis del proyecto": a person, not a task. */
const removesMember = (f: Features): boolean => {
  const [person] = f.members;
  const whole = ['proyecto', 'equipo', 'grupo', 'tablero'].includes(
    formAt(f.words, (person?.end ?? -9) + 1),
  );
  return hasAct(f, 'remove') && whole && ['del', 'de'].includes(formAt(f.words, person?.end ?? -1));
};

/** What is not so yet: "la carta todavía no está", "aún no ha llegado". */
const states = new Set(
  'ha han he hemos puede llega tiene esta estan quedo termina termino terminan acaba acabo acaban se'.split(
    ' ',
  ),
);

/** It is not done, and nothing is to be done about it here. */
const isUndone = (f: Features): boolean =>
  reach(f).some(
    (w, at) =>
      ['todavia', 'aun'].includes(w.form) &&
      formAt(f.words, at - 1) !== 'que' &&
      formAt(f.words, at + 1) === 'no' &&
      states.has(formAt(f.words, at + 2)),
  );

/** What a "no" in front of takes back: the pronouns of a command, and the commands themselves. */
const refused = new Set(
  'la lo le se me borres elimines crees marques pongas termine hagas cambies asignes muevas quites pases cierres toques'.split(
    ' ',
  ),
);

/** "córrela", and by usted "córrala". */
const isOrder = ({ form, clitics }: VerbReading): boolean =>
  form === 'imp' || (form === 'subj' && clitics.length > 0);

/** What stands behind a command gives its reason: "córrela al 27, que no se puede hacer nada". */
const reach = ({ words, head }: Features): readonly Token[] =>
  words.slice(0, Math.min(8, head?.verbs.some(isOrder) ? head.at : 8));

/** "no se pudo" tells; it forbids nothing. */
const able = new Set(['pudo', 'puede', 'podia', 'podra', 'pudieron', 'pueden']);

/** Neither "ya no está bloqueada" nor "está bloqueada, no llega el repuesto" refuses anything. */
const isNegated = (f: Features): boolean =>
  reach(f).some(({ form }, at) => {
    if (form !== 'no' || choosesAnother(f.words, at)) return false;
    const next = formAt(f.words, at + 1);
    const forbids = f.words[at + 1]?.verbs.some(v => v.form === 'subj') ?? false;
    if (forbids || refused.has(next)) return !able.has(formAt(f.words, at + 2));
    const stands = formAt(f.words, at - 1) !== 'ya' && states.has(next);
    return stands && !f.statuses.some(s => s.value === 'blocked');
  });

/** "que no lo haga Karina, que lo agarre Hugo": not the one, but the other. */
const choosesAnother = (words: readonly Token[], at: number): boolean =>
  (formAt(words, at - 1) === 'que' && words.slice(at).some(w => w.form === 'que')) ||
  otherDoer(words, at) !== undefined;

/** "no la arregla Álvaro, la arregla Nelly": where the same deed stands again, said of another. */
export const otherDoer = (words: readonly Token[], no: number): number | undefined => {
  const deed = formAt(words, no + 2);
  if (!['la', 'lo', 'las', 'los'].includes(formAt(words, no + 1)) || !deed) return undefined;
  const again = words.findIndex((w, at) => at > no + 2 && w.form === deed);
  return again < 0 ? undefined : again;
};
