import type { Features } from '../features.ts';
import { compile, matchAt } from '../phrases.ts';
import { anyOf, asks, opensWith } from './conditions.ts';

export const progressQuestion = asks(
  'como va|vamos|van|anda|andan|andamos|marcha|marchan|viene|vienen|venimos|sigue|siguen|esta|estan|estamos|quedo|lleva|llevamos|avanza|pinta',
  'que tal va|vamos|anda|marcha|el|la',
  'como ha|han|hemos quedado|ido|salido|avanzado',
  'en que estado|punto|va|quedo|anda|andamos|vamos|estamos|quedamos|situacion',
  'por donde va|vamos',
  'que hay|se|sabes|sabe|novedades|hubo de|con',
  'que paso|pasa|onda de|con',
  'que se sabe',
  'que? novedades',
  'cuanto falta|queda|llevamos|hemos|nos|le|vamos',
  'a|en cuanto estamos|vamos|andamos|quedamos|va',
  'que? porcentaje',
  'vamos bien|mal',
  'que tan avanzad@|bien|mal va|vamos|esta|estan|anda',
  'en que|cual proyecto',
  'cual es el proyecto',
  'ponme|poneme|pongame|pone al dia|corriente|tanto',
  'how is|are',
  'quien lleva|tiene|hace|esta|se|ve|trae|maneja|atiende|anda|toma|tomo|agarro',
  'quien la|lo|las|los tiene|lleva|hace|esta|ve|trae|agarro|tomo|hizo|va|tenia|llevaba|hacia|maneja',
  'cuando vence|vencen|se|hay|es|termina|toca|tenemos|entrega|entregamos',
  'para cuando',
  'de quien es|son|era|eran|sera',
  'a quien le|se? toca|asigno|asignamos|dimos',
  'quien es|era el|la responsable|encargado|encargada de|del',
  'quien quedo|quedaba|esta|anda encargad@|responsable|a|de',
  'a quien esta|estan|quedo|queda|estaba asignad@?',
);

export const endsAsking = (f: Features): boolean => {
  const said = f.words.filter(w => w.kind !== 'mark');
  return said.some((_, at) => tails.some(parts => matchAt(parts, said, at)?.end === said.length));
};

export const pointing = ['esa', 'ese', 'eso', 'esta', 'este', 'esto'];

const tails = [
  'como va|van|vamos|anda|andan|andamos|viene|vienen|venimos|sigue|esta|quedo|marcha',
  'en que va|van|vamos|anda|andamos|quedo|esta|estado|punto esta|va?',
  'quien la|lo|las|los tiene|lleva|hace|trae|ve',
  'para|pa cuando es|era|vence|queda|quedo?',
  'cuando vence|es|era|vencia|toca|queda',
  'cuanto le? falta|lleva',
  'de quien es|era',
].map(pattern => compile(pattern));

export const agenda = asks(
  'que mas? tengo|tenemos|tiene|tienen|me|nos|toca|tocaba|falta|faltan|queda|quedan|quedaba|quedaban|quedo|quedaron|hay|habia|esta|estan|vence|vencen|sigue|debo|debe|le|hago|se que? vence|toca|falta|queda|pendiente|para|hoy|manana|por|hacer|hay?',
  'en|con que anda|esta|estan|andan|trabaja',
  'que hace|hizo|esta|anda|tiene haciendo?',
  'cuales|cual ya? no? se? son|es|estan|tengo|tenemos|quedan|faltan|me|hay|vencen|terminaron|hicieron|completaron|cerraron|acabaron',
  'que mas? trae|traemos|traigo|traen|lleva|llevamos|maneja|ve',
  'que|cuales cosas|temas',
  'que era|eran|es|son para',
  "what '? s|is|are|do due|overdue|pending|left|open|next|i|we",
  'what am i',
  'which tasks',
  'con que sigo|seguimos|continuo|arranco|empiezo',
  'por donde sigo|seguimos|empiezo|empezamos|arranco',
);

const having = new Set(
  'tengo tenemos tiene tienen hay toca tocan queda quedan falta faltan'.split(' '),
);

/** "¿qué chamba tengo para esta semana?": whatever people call their work. */
export const asksWhatWork = ({ words, opening, members }: Features): boolean => {
  const [what, work, verb] = words.slice(opening.end);
  return (
    what?.form === 'que' &&
    work?.kind === 'word' &&
    work.verbs.length === 0 &&
    !members.some(m => m.start === opening.end + 1) &&
    having.has(verb?.form ?? '')
  );
};

export const someTask = opensWith('alguna|algun|algo tarea|pendiente|para|sin|vencid@|urgente');

export const whatIs = anyOf('lo que vence|falta|queda|tengo|hay|toca|sigue|esta|tenemos|debo');
