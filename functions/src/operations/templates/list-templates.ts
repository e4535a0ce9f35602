import { z } from 'zod';
import { builtInTemplates } from '../../domain/built-in-templates.ts';
import type { Template } from '../../domain/template.ts';
import { defineOperation } from '../operation.ts';
import { template } from './template-schema.ts';

type Deps = { templates: { list(ownerId: number): Promise<Template[]> } };

export const listTemplates = defineOperation({
  name: 'projects/listTemplates',
  summary: "Starting points for a project: built-in ones and the caller's own",
  route: 'GET /projects/templates',
  access: 'user',
  input: z.strictObject({}),
  output: z.object({ items: z.array(template) }),
  run: async ({ templates }: Deps, caller) => ({
    items: [
      ...builtInTemplates.map(one => ({ ...shown(one), builtIn: true })),
      ...(await templates.list(caller.userId)).map(one => ({ ...shown(one), builtIn: false })),
    ],
  }),
});

export const shown = ({ key, name, description, content }: Template) => ({
  key,
  name,
  description,
  methodology: content.methodology,
  tasks: content.tasks.map(task => task.title),
});
