/**
 * Spanish verb forms made from the infinitive: a bot that speaks to five countries hears "crea",
 * "creá", "cree", "cread", "créame" and "creé", and a list of words never holds them all.
 * Forms are folded, so the accent that tells "creá" from "crea" is not needed.
 */
export type Form = 'inf' | 'imp' | 'pres' | 'subj' | 'past' | 'past3' | 'part' | 'ger' | 'fut';
export type Verb = {
  infinitive: string;
  /** The stem under stress ("muestr" of mostrar), where it changes. */
  stressed?: string;
  /** Forms outside the pattern. */
  extra?: [string, Form][];
  /** Too short a stem for the pattern: only `extra` holds. */
  irregular?: true;
};
export type Reading = { infinitive: string; form: Form };

/** c, g and z change their spelling before e: marque, agregue, empiece. */
const beforeE = (stem: string, ar: boolean): string => {
  if (!ar) return stem;
  if (stem.endsWith('c')) return `${stem.slice(0, -1)}qu`;
  if (stem.endsWith('g')) return `${stem}u`;
  return stem.endsWith('z') ? `${stem.slice(0, -1)}c` : stem;
};

const arForms = (stem: string, strong: string): [string, Form][] => {
  const soft = beforeE(stem, true);
  const strongSoft = beforeE(strong, true);
  return [
    [`${strong}a`, 'imp'],
    [`${stem}a`, 'imp'],
    [`${stem}ad`, 'imp'],
    [`${strongSoft}e`, 'subj'],
    [`${strongSoft}en`, 'subj'],
    [`${strongSoft}es`, 'subj'],
    [`${soft}e`, 'past'],
    [`${soft}emos`, 'subj'],
    [`${strong}o`, 'pres'],
    [`${strong}as`, 'pres'],
    [`${stem}as`, 'pres'],
    [`${strong}an`, 'pres'],
    [`${stem}amos`, 'pres'],
    [`${stem}aste`, 'past3'],
    [`${stem}o`, 'past3'],
    [`${stem}aron`, 'past3'],
    ...['o', 'a', 'os', 'as'].map(e => [`${stem}ad${e}`, 'part'] as [string, Form]),
    [`${stem}ando`, 'ger'],
    [`${stem}arias`, 'fut'],
    [`${stem}aras`, 'fut'],
    [`${stem}aria`, 'fut'],
    [`${stem}ara`, 'fut'],
    [`${stem}are`, 'fut'],
  ];
};

const erForms = (stem: string, strong: string, ending: string): [string, Form][] => [
  [`${strong}e`, 'imp'],
  [`${stem}${ending === 'er' ? 'e' : 'i'}`, 'imp'],
  [`${stem}${ending === 'er' ? 'ed' : 'id'}`, 'imp'],
  [`${strong}a`, 'subj'],
  [`${strong}an`, 'subj'],
  [`${strong}as`, 'subj'],
  [`${stem}amos`, 'subj'],
  [`${stem}i`, 'past'],
  [`${strong}o`, 'pres'],
  [`${strong}es`, 'pres'],
  [`${stem}${ending === 'er' ? 'es' : 'is'}`, 'pres'],
  [`${strong}en`, 'pres'],
  [`${stem}${ending === 'er' ? 'emos' : 'imos'}`, 'pres'],
  [`${stem}iste`, 'past3'],
  [`${stem}io`, 'past3'],
  [`${stem}ieron`, 'past3'],
  ...['o', 'a', 'os', 'as'].map(e => [`${stem}id${e}`, 'part'] as [string, Form]),
  [`${stem}iendo`, 'ger'],
  [`${stem}${ending}ias`, 'fut'],
  [`${stem}${ending}as`, 'fut'],
  [`${stem}${ending}ia`, 'fut'],
  [`${stem}${ending}a`, 'fut'],
];

export const formsOf = ({
  infinitive,
  stressed,
  extra = [],
  irregular,
}: Verb): [string, Form][] => {
  if (irregular) return [...extra, [infinitive, 'inf']];
  const ending = infinitive.slice(-2);
  const stem = infinitive.slice(0, -2);
  const strong = stressed ?? stem;
  const regular = ending === 'ar' ? arForms(stem, strong) : erForms(stem, strong, ending);
  return [...extra, [infinitive, 'inf'], ...regular];
};

export const readings = (verbs: readonly Verb[]): Map<string, Reading[]> => {
  const map = new Map<string, Reading[]>();
  for (const verb of verbs)
    for (const [word, form] of formsOf(verb)) {
      const known = map.get(word) ?? [];
      if (!known.some(r => r.infinitive === verb.infinitive && r.form === form))
        map.set(word, [...known, { infinitive: verb.infinitive, form }]);
    }
  return map;
};

const single = ['me', 'te', 'se', 'nos', 'os', 'le', 'les', 'lo', 'la', 'los', 'las'];
const double = [
  'sela',
  'selo',
  'selas',
  'selos',
  'mela',
  'melo',
  'melas',
  'melos',
  'nosla',
  'noslo',
  'seles',
  'sele',
  'tela',
  'telo',
];
const pairs = new Map(
  double.map(pair => [
    pair,
    [pair.startsWith('nos') ? 'nos' : pair.slice(0, 2), pair.slice(pair.startsWith('nos') ? 3 : 2)],
  ]),
);

/** "asignasela" may be "asigna" with "se" and "la"; "pongamosla" lost the s of "pongamos". */
export const withoutClitics = (word: string): { base: string; clitics: string[] }[] => {
  const found: { base: string; clitics: string[] }[] = [];
  for (const [pair, clitics] of pairs)
    if (word.endsWith(pair)) found.push({ base: word.slice(0, -pair.length), clitics });
  for (const clitic of single)
    if (word.endsWith(clitic))
      found.push({ base: word.slice(0, -clitic.length), clitics: [clitic] });
  return found.flatMap(each => [
    each,
    { ...each, base: `${each.base}s` },
    { ...each, base: `${each.base}d` },
  ]);
};

/** Only these forms carry pronouns at their end. */
export const carriesClitics = (form: Form): boolean =>
  form === 'imp' || form === 'inf' || form === 'ger' || form === 'subj';
