import type { Line, Reply } from '../decide/state.ts';
import { en, enReplies } from './en.ts';
import { es, esReplies } from './es.ts';
import type { Speech } from './speech.ts';
import { enSuggestions, esSuggestions } from './suggestions.ts';

const catalogues = {
  es: { ...es, ...esSuggestions },
  en: { ...en, ...enSuggestions },
} as const;
const replies = { es: esReplies, en: enReplies } as const;

/** One sentence, chosen by the seed where several say the same. */
export const sayLine = (line: Line, speech: Speech): string => {
  const catalogue = catalogues[speech.locale];
  const wording =
    catalogue[line.key] ??
    catalogue[line.key.startsWith('failed_') ? 'failed_internal' : 'apology'] ??
    [];
  const said = typeof wording === 'function' ? wording(line.params ?? {}, speech) : wording;
  if (typeof said === 'string') return said;
  return said[Math.abs(speech.seed) % Math.max(1, said.length)] ?? '';
};

const quickReply = (label: string, { locale }: Speech): string =>
  label.startsWith('@') ? (replies[locale][label.slice(1)] ?? label.slice(1)) : label;

const idleReplies = {
  es: ['Crear una tarea', 'Ver mis tareas', '¿Cómo va el proyecto?'],
  en: ['Create a task', 'Show my tasks', 'How is the project going?'],
};

/** The reply in words. Wording lives here and nowhere else. */
export const say = (reply: Reply, speech: Speech): { text: string; quickReplies: string[] } => {
  const text = reply.lines.map(line => sayLine(line, speech)).join('\n');
  const lost = reply.lines.some(line =>
    ['choices', 'help', 'greet', 'not_understood'].includes(line.key),
  );
  const offered = reply.options.map(label => quickReply(label, speech));
  const quickReplies =
    offered.length === 0 && lost && reply.asking === 'idle' ? idleReplies[speech.locale] : offered;
  return { text, quickReplies: quickReplies.slice(0, 8) };
};
