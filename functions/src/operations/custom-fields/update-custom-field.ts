import { z } from 'zod';
import type { CustomField } from '../../domain/custom-field.ts';
import { changeBetween } from '../../domain/task.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { customField, fieldName, fieldOptions } from './custom-field-schema.ts';

type Changes = { name?: string | undefined; options?: string[] | undefined };

type Deps = {
  inTransaction: InTransaction<{
    customFields: {
      list(projectId: number): Promise<CustomField[]>;
      update(fieldId: number, changes: Changes): Promise<CustomField>;
    };
    outbox: AddEvents;
  }>;
};

export const updateCustomField = defineOperation({
  name: 'projects/updateCustomField',
  summary: 'Renames a field or changes what may be chosen; its type stays',
  route: 'PUT /projects/{projectId}/fields/{fieldId}',
  access: 'field.manage',
  input: z.strictObject({
    projectId: id,
    fieldId: id,
    name: fieldName.optional(),
    options: fieldOptions.min(1).optional(),
  }),
  output: customField,
  refuses: ['options'],
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, fieldId, ...changes }) =>
    inTransaction(async ({ customFields, outbox }) => {
      const all = await customFields.list(projectId);
      const current = all.find(field => field.id === fieldId);
      if (!current) throw new Failure('not_found');
      refuseMisfit(all, current, changes);
      if (changes.name === undefined && changes.options === undefined) return current;
      const updated = await customFields.update(fieldId, changes);
      await outbox.add(
        projectEvent(
          'field.updated',
          { projectId, actorId: caller.userId },
          { fieldId, ...changeBetween(current, updated, ['name', 'options']) },
        ),
      );
      return updated;
    }),
});

const refuseMisfit = (all: CustomField[], current: CustomField, changes: Changes): void => {
  if (changes.options && current.type !== 'choice')
    throw refusal('options', wording.optionsForChoices);
  const name = changes.name?.toLowerCase();
  if (all.some(field => field.id !== current.id && field.name.toLowerCase() === name))
    throw new Failure('conflict', { detail: wording.fieldNameTaken });
};
