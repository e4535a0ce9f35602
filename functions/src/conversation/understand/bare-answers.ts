import type { IntentName, Signal } from '../model.ts';
import { answers } from './cues/answers.ts';
import { exclamations, openings } from './openings.ts';
import { longestAt, type Match } from './phrases.ts';
import type { Word } from './reader.ts';
import { formAt, isPicture } from './text.ts';

const isSignal = (name: string): name is Signal =>
  [
    'thanks',
    'repeat',
    'where',
    'wait',
    'that_person',
    'unsure',
    'indifferent',
    'nobody',
    'no_date',
    'human',
  ].includes(name);

export type Answer = { intent?: IntentName; signal?: Signal; end: number; start: number };

const filler = new Set(
  'anda andale venga orale bah m mm h hm e eh em aja hombre mujer mejor vos tu usted entonces jaja jajaja jeje chin chale caray rayos hijole uhh uff pucha hala hostia joder ostras por favor porfa gracias muchas , . ! ¡ ? ¿ … entonces pues ya eso nomas mismo mucho bot : ) please bueno ok y che po pe parce parcero amigo amiga wey guey man bro causa pata tio tia jefe jefa nomas ahora crack capo genio genia maestro maestra amor lindo linda loco boludo mijo mano pana don senor senora joven muchachos chicos equipo o uy ay ah oh uf uh uhh uhm ups mmm asu alala chuta caramba achis opa bah hey hermano hermana chamo profe bonito corazon de todo todos veras verdad'.split(
    ' ',
  ),
);

/** Words that go along with an answer and say nothing by themselves. */
export const isFiller = ({ kind, form, text }: Word): boolean =>
  filler.has(form) ||
  isPicture({ kind, text }) ||
  laughs.test(form) ||
  text.toLowerCase() === 'pará';
const laughs = /^(?:ja|je|ji|ha)+[jh]?$/;

/** The bare answers at the beginning of a clause ("sí, dale", "no,"), and where the rest starts. */
export const answersAt = (words: readonly Word[]): Answer[] => {
  const found: Answer[] = [];
  let at = 0;
  while (at < words.length) {
    const match = longestAt(answers, words, at);
    const passed = fillerEnd(words, at);
    // "no manches" is an exclamation, not a no.
    const answer = match && (passed ?? 0) <= match.end ? match : undefined;
    if (answer) found.push(answerOf(answer));
    const end = answer?.end ?? passed;
    if (end === undefined) return found;
    at = end;
  }
  return found;
};

const answerOf = ({ start, end, meaning }: Match & { meaning: IntentName | Signal }): Answer => ({
  ...(isSignal(meaning) ? { signal: meaning } : { intent: meaning }),
  start,
  end,
});

/** Where words end that only accompany an answer; nothing where the words say something. */
const fillerEnd = (words: readonly Word[], at: number): number | undefined => {
  const courtesy = longestAt(openings, words, at);
  // "y sí" answers, "y si lo pasas …" asks for something.
  const open = formAt(words, (courtesy?.end ?? 0) - 1) === 'si';
  if (courtesy?.meaning === 'polite' && !open) return courtesy.end;
  return isFiller(words[at] as Word) ? at + 1 : undefined;
};

const closing = new Set<IntentName | Signal | undefined>([
  'undo',
  'cancel',
  'goodbye',
  'human',
  'help',
  'where',
]);

/** "no eso no era, deshaz", "ya con eso, bye": the last words decide where nothing else is understood. */
export const closingAnswer = (words: readonly Word[]): Answer | undefined => {
  for (let at = words.length - 1; at > 0; at--) {
    const match = longestAt(answers, words, at);
    if (match && closing.has(match.meaning) && words.slice(match.end).every(isFiller))
      return answerOf(match);
  }
  return undefined;
};

/** Whether the answers found are all that the words say. */
export const saysNoMore = (words: readonly Word[], found: readonly Answer[]): boolean => {
  let at = found.at(-1)?.end ?? 0;
  while (at < words.length) {
    const exclaimed = longestAt(exclamations, words, at)?.end;
    if (exclaimed === undefined && !isFiller(words[at] as Word)) return false;
    at = exclaimed ?? at + 1;
  }
  return true;
};
