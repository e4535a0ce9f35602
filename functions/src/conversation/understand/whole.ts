import {
  type Context,
  type IntentName,
  propertyChanges,
  type Segment,
  type Signal,
  smallTalk,
  type Understanding,
} from '../model.ts';
import { type Answer, answersAt } from './bare-answers.ts';
import { ofAnswer } from './making.ts';
import type { Word } from './reader.ts';
import type { Token } from './text.ts';

const decisive = new Set<IntentName | undefined>(['cancel', 'undo', 'goodbye']);

/** "eso no tiene fecha" answers with what there is not. */
const values = new Set<Signal>(['nobody', 'no_date', 'unsure', 'indifferent']);

/** "sí, dale, claro" is one yes; in "no, olvídalo" only the second counts. */
export const distinct = (lead: Answer[]): Answer[] => {
  const named = ({ signal }: Answer) => signal !== undefined && values.has(signal);
  const final = lead.some(a => decisive.has(a.intent));
  const decided = final || lead.some(named);
  return lead.filter((a, at) => {
    if (decided && (a.intent === 'affirm' || a.intent === 'deny')) return false;
    // "a ver, no, olvídalo" is not unsure of anything.
    if (final && named(a)) return false;
    return !lead.slice(0, at).some(b => b.intent === a.intent && shrugs(b) === shrugs(a));
  });
};

/** "no sé, da lo mismo" says one thing twice. */
const shrugs = ({ signal }: Answer): Signal | undefined =>
  signal === 'indifferent' ? 'unsure' : signal;

const isGreeting = (words: readonly { form: string }[], answer: Answer): boolean =>
  answer.intent === 'greet' &&
  ['hola', 'buenas', 'buenos', 'buen', 'hello', 'hi', 'holi'].includes(
    words[answer.start]?.form ?? '',
  );

/** "no sé qué podés hacer, ayuda" asks for help once. */
export const once = (segments: Segment[]): Segment[] =>
  segments.filter(({ intent, signals }, at) => {
    if (!smallTalk.has(intent)) return true;
    if (intent === 'help') return !segments.slice(0, at).some(s => s.intent === 'help');
    const same = (s: Segment) => s.intent === intent && s.signals.length === 0;
    if (signals.includes('unsure')) return !segments.some(same);
    return signals.length > 0 || !segments.slice(0, at).some(same);
  });

export const toUnderstanding = (segments: Segment[]): Understanding => ({
  segments,
  // Thanks ask for nothing, so they are answered but are no intent.
  intents: segments
    .filter(({ signals }) => !signals.includes('thanks'))
    .map(({ intent, confidence }) => ({ name: intent, confidence })),
  entities: segments.flatMap(({ entities, owner }) => (owner ? [...entities, owner] : entities)),
});

const takesBack = ({ intent, reference, entities }: Segment): boolean =>
  intent === 'delete_task' && entities.length === 0 && reference.pronoun === true;

/** "quite eso, deshágalo": what was done is taken back, not deleted. */
export const undone = (said: Segment[], { awaiting }: Context): Segment[] => {
  if (said.some(({ intent }) => intent === 'undo')) return said.filter(each => !takesBack(each));
  // "y pon que la revise Ana... no, olvídalo"
  if (said.length > 1 && said.at(-1)?.intent === 'cancel') return said.slice(-1);
  // "no sé, ¿qué tiene Ana?" asks before it answers.
  const asks = said.some(({ intent }) => intent === 'list_tasks' || intent === 'get_status');
  if (asks) return said.filter(({ signals }) => !signals.includes('unsure'));
  if (awaiting !== 'idle' && said.some(({ intent }) => intent === 'cancel'))
    return said.filter(({ intent }) => intent !== 'update_status');
  // "bájasela, no corre prisa" says one thing twice.
  const urged = said.some(({ intent }) => intent === 'set_priority');
  return urged ? said.filter(({ signals }) => !signals.includes('no_date')) : said;
};

/** "me equivoqué, el otro Jesús": the mistake is told, then what was meant. */
const corrected = ([first, second, ...rest]: Segment[]): Segment[] | undefined =>
  first?.intent === 'undo' &&
  second &&
  propertyChanges.has(second.intent) &&
  second.confidence >= 0.7
    ? [{ ...second, signals: [...second.signals, 'correction'] }, ...rest]
    : undefined;
/** "no, quítale la fecha": the no is not to the whole, the rest says what to change. */
export const turned = (wishes: Segment[], { awaiting }: Context): Segment[] => {
  const mended = corrected(wishes);
  if (mended) return mended;
  const [first, second, ...rest] = wishes;
  if (awaiting === 'idle' || first?.intent !== 'deny' || !second) return wishes;
  if (second.confidence < 0.5 || smallTalk.has(second.intent)) return wishes;
  return [{ ...second, signals: [...second.signals, 'correction'] }, ...rest];
};

/** What surrounds a clear wish ("no labura más con nosotros. dásela a Luis") need not be understood. */
export const understood = (said: Segment[], { awaiting }: Context): Segment[] => {
  const idle = awaiting === 'idle';
  const unread = ({ intent, confidence }: Segment) => intent === 'out_of_scope' && confidence < 0.5;
  const courtesy = ({ intent, signals }: Segment) => intent === 'greet' && signals.length === 0;
  if (said.some(({ intent }) => intent === 'help'))
    return said.filter(
      each => !courtesy(each) && !repeats(each) && !(idle && each.intent === 'affirm'),
    );
  const greeting = said.find(({ intent }) => intent === 'greet');
  if (greeting && said.every(s => courtesy(s) || isAddress(s, greeting)))
    return said.filter(courtesy);
  if (said.some(refused)) return said.filter(each => !unread(each));
  const nod = ({ intent }: Segment) => idle && (intent === 'affirm' || intent === 'deny');
  if (!said.some(isWish)) return said;
  return said.filter(each => !unread(each) && !courtesy(each) && !nod(each));
};

/** "hola causita": a word or two that nobody understands, behind a greeting, call the bot something. */
const isAddress = ({ intent, confidence, end }: Segment, greeting: Segment): boolean =>
  intent === 'out_of_scope' && confidence < 0.5 && end - greeting.end < longestAddress;
const longestAddress = 16;

const repeats = ({ signals }: Segment): boolean => signals.includes('repeat');
/** Told to be none of the bot's business. */
const refused = ({ intent, confidence }: Segment): boolean =>
  intent === 'out_of_scope' && confidence >= 0.5;

const isWish = ({ intent, confidence, signals }: Segment): boolean =>
  confidence >= 0.7 && !smallTalk.has(intent) && !signals.includes('thanks');

/** "hola crea una tarea": a greeting in front counts, and is not counted twice. */
export const greeted = (
  wishes: Segment[],
  tokens: readonly Token[],
  words: readonly Word[],
  context: Context,
): Segment[] => {
  const greeting = answersAt(words).find(answer => isGreeting(words, answer));
  if (!greeting || wishes[0]?.intent === 'greet') return wishes;
  const idle = wishes.length > 1 && (wishes[0]?.confidence ?? 1) < 0.5;
  const rest = idle ? wishes.slice(1) : wishes;
  return [ofAnswer(tokens.slice(greeting.start, greeting.end), greeting, context), ...rest];
};
