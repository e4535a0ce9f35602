import { z } from 'zod';
import {
  type CustomField,
  customFieldTypes,
  type NewCustomField,
} from '../../domain/custom-field.ts';
import { wording } from '../../domain/wording.ts';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';
import { refusal } from '../refusal.ts';
import { customField, fieldLimit, fieldName, fieldOptions } from './custom-field-schema.ts';

type Deps = {
  inTransaction: InTransaction<{
    customFields: {
      list(projectId: number): Promise<CustomField[]>;
      insert(projectId: number, field: NewCustomField): Promise<CustomField | undefined>;
    };
    outbox: AddEvents;
  }>;
};

export const createCustomField = defineOperation({
  name: 'projects/createCustomField',
  summary: 'Adds a field to the tasks of a project',
  route: 'POST /projects/{projectId}/fields',
  access: 'field.manage',
  input: z.strictObject({
    projectId: id,
    name: fieldName,
    type: z.enum(customFieldTypes),
    options: fieldOptions.default([]),
  }),
  output: customField,
  status: 201,
  creates: true,
  refuses: ['options'],
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, ...field }) =>
    inTransaction(async ({ customFields, outbox }) => {
      if ((field.type === 'choice') !== field.options.length > 0)
        throw refusal('options', wording.optionsForChoices);
      if ((await customFields.list(projectId)).length >= fieldLimit)
        throw new Failure('conflict', { detail: wording.tooMany });
      const created = await customFields.insert(projectId, field);
      if (!created) throw new Failure('conflict', { detail: wording.fieldNameTaken });
      await outbox.add(
        projectEvent(
          'field.created',
          { projectId, actorId: caller.userId },
          { fieldId: created.id, after: field },
        ),
      );
      return created;
    }),
});
