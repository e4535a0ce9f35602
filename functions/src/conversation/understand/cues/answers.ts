import type { IntentName, Signal } from '../../model.ts';
import { table } from '../phrases.ts';
import { absences } from './absences.ts';
import { decisions } from './decisions.ts';
import { talk } from './talk.ts';

/** Whole answers. A clause that is nothing but these needs no further reading. */
export const answers = table<IntentName | Signal>([...decisions, ...talk, ...absences]);
