import { describe, expect, it } from 'vitest';
import { type CustomField, type CustomFieldType, misfits } from './custom-field.ts';

const field = (type: CustomFieldType): CustomField => ({
  id: 1,
  projectId: 1,
  name: 'Campo',
  type,
  options: ['Normal', 'Urgente'],
});

describe('values of own fields', () => {
  it.each<[CustomFieldType, string | number | boolean]>([
    ['text', 'hola'],
    ['number', 2.5],
    ['boolean', false],
    ['date', '2028-02-29'],
    ['choice', 'Urgente'],
  ])('fit a field of type %s', (type, value) => {
    expect(misfits([field(type)], { 1: value })).toEqual({ unknown: [], unfit: [] });
  });

  it.each<[CustomFieldType, string | number | boolean]>([
    ['text', 1],
    ['number', '1'],
    ['boolean', 'true'],
    ['date', '2026-02-31'],
    ['date', '2026-2-3'],
    ['date', '0000-01-01'],
    ['choice', 'Otra'],
  ])('do not fit a field of type %s: %s', (type, value) => {
    expect(misfits([field(type)], { 1: value })).toEqual({ unknown: [], unfit: ['1'] });
  });

  it('may be cleared, and belong to a field that the project has', () => {
    expect(misfits([field('number')], { 1: null, 2: 'x' })).toEqual({ unknown: ['2'], unfit: [] });
  });
});
