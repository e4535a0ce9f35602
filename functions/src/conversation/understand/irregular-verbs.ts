import type { Verb } from './verbs.ts';

/** The three verbs that serve most acts and follow no pattern. */
export const dar: Verb = {
  infinitive: 'dar',
  irregular: true,
  extra: [
    ['da', 'imp'],
    ['dad', 'imp'],
    ['dan', 'pres'],
    ['das', 'pres'],
    ['doy', 'pres'],
    ['des', 'subj'],
    ['den', 'subj'],
    ['di', 'past'],
    ['dio', 'past3'],
    ['dando', 'ger'],
    ['darias', 'fut'],
    ['dado', 'part'],
  ],
};

export const poner: Verb = {
  infinitive: 'poner',
  extra: [
    ['pon', 'imp'],
    ['ponga', 'subj'],
    ['pongan', 'subj'],
    ['pongas', 'subj'],
    ['pongamos', 'subj'],
    ['puse', 'past'],
    ['puso', 'past3'],
    ['pongo', 'pres'],
    ['pondrias', 'fut'],
    ['puesto', 'part'],
    ['puesta', 'part'],
  ],
};

export const hacer: Verb = {
  infinitive: 'hacer',
  extra: [
    ['haz', 'imp'],
    ['haga', 'subj'],
    ['hagan', 'subj'],
    ['hagas', 'subj'],
    ['hagamos', 'subj'],
    ['hago', 'pres'],
    ['hice', 'past'],
    ['hizo', 'past3'],
    ['hara', 'fut'],
    ['harias', 'fut'],
    ['hecho', 'part'],
    ['hecha', 'part'],
  ],
};
