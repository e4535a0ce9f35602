import { z } from 'zod';
import { Failure } from '../../platform/failure.ts';
import { type AddEvents, projectEvent } from '../events/project-event.ts';
import { id, nothing } from '../fields.ts';
import { defineOperation, type InTransaction } from '../operation.ts';

type Deps = {
  inTransaction: InTransaction<{
    customFields: { remove(projectId: number, fieldId: number): Promise<boolean> };
    outbox: AddEvents;
  }>;
};

export const deleteCustomField = defineOperation({
  name: 'projects/deleteCustomField',
  summary: 'Deletes a field together with its values',
  route: 'DELETE /projects/{projectId}/fields/{fieldId}',
  access: 'field.manage',
  input: z.strictObject({ projectId: id, fieldId: id }),
  output: nothing,
  status: 204,
  failures: ['conflict'],
  run: ({ inTransaction }: Deps, caller, { projectId, fieldId }) =>
    inTransaction(async ({ customFields, outbox }) => {
      if (!(await customFields.remove(projectId, fieldId))) throw new Failure('not_found');
      await outbox.add(
        projectEvent('field.deleted', { projectId, actorId: caller.userId }, { fieldId }),
      );
      return null;
    }),
});
