import { isDate } from './calendar.ts';
import type { CustomValues } from './task.ts';

export const customFieldTypes = ['text', 'number', 'date', 'boolean', 'choice'] as const;
export type CustomFieldType = (typeof customFieldTypes)[number];

export type CustomField = {
  id: number;
  projectId: number;
  name: string;
  type: CustomFieldType;
  /** What may be chosen, for choices only. */
  options: string[];
};

export type NewCustomField = Pick<CustomField, 'name' | 'type' | 'options'>;

const fits: Record<CustomFieldType, (value: unknown, options: string[]) => boolean> = {
  text: value => typeof value === 'string',
  number: value => typeof value === 'number',
  boolean: value => typeof value === 'boolean',
  date: value => typeof value === 'string' && isDate(value),
  choice: (value, options) => typeof value === 'string' && options.includes(value),
};

/** Ids among the given values that the project does not have, and those whose value does not fit. */
export const misfits = (
  fields: CustomField[],
  values: CustomValues,
): { unknown: string[]; unfit: string[] } => {
  const byId = new Map(fields.map(field => [String(field.id), field]));
  const unknown = Object.keys(values).filter(id => !byId.has(id));
  const unfit = Object.entries(values)
    .filter(([id, value]) => {
      const field = byId.get(id);
      return field !== undefined && value !== null && !fits[field.type](value, field.options);
    })
    .map(([id]) => id);
  return { unknown, unfit };
};

/** Values after a change: what is left out stays, `null` clears. */
export const mergedValues = (current: CustomValues, changes: CustomValues): CustomValues =>
  Object.fromEntries(
    Object.entries({ ...current, ...changes }).filter(([, value]) => value !== null),
  );
