import { z } from 'zod';
import { addDays } from '../../domain/calendar.ts';
import { type Sprint, sprintStates } from '../../domain/sprint.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { date, id, instant, line, text } from '../fields.ts';
import { refusal } from '../refusal.ts';

export const sprintFields = {
  name: line(200).meta({ examples: ['Sprint 12'] }),
  goal: text(2_000).nullable().optional(),
  startDate: date,
  endDate: date,
};

export const sprint = z
  .object({
    id,
    projectId: id,
    name: z.string(),
    goal: z.string().nullable(),
    state: z.enum(sprintStates),
    startDate: z.string(),
    endDate: z.string(),
    startedAt: instant.nullable(),
    completedAt: instant.nullable(),
    committedPoints: z.number(),
    committedTasks: z.int(),
    completedPoints: z.number(),
    completedTasks: z.int(),
    version: z.int(),
  })
  .meta({ id: 'Sprint' });

const longestDays = 90;

/** A sprint ends no earlier than it starts, and not a season later. */
export const requireSpan = (startDate: string, endDate: string): void => {
  if (endDate < startDate || endDate > addDays(startDate, longestDays))
    throw refusal('endDate', wording.sprintSpan);
};

/** The sprint, unless it is missing or not in the state that the step needs. */
export const requireState = (found: Sprint | undefined, states: Sprint['state'][]): Sprint => {
  if (!found) throw new Failure('not_found');
  if (!states.includes(found.state)) throw new Failure('conflict', { detail: wording.sprintState });
  return found;
};
