import { z } from 'zod';
import { passage } from '../fields.ts';
import { defineOperation } from '../operation.ts';
import type { AnswerDeps } from './answer-graph.ts';

const values = z.record(z.string(), z.unknown());

export const queryGraph = defineOperation({
  name: 'projects/queryGraph',
  summary:
    'GraphQL, reading only: projects with tasks, members, status and activity in one query; at most 7 deep and 5,000 fields',
  route: 'POST /graphql',
  access: 'user',
  input: z.strictObject({
    query: passage(20_000),
    variables: values.nullable().optional(),
    operationName: z.string().max(100).nullable().optional(),
  }),
  output: z.object({
    data: values.nullable(),
    errors: z
      .array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])) }))
      .optional(),
  }),
  refuses: ['query', 'operationName', 'variables'],
  run: async (deps: AnswerDeps, caller, question) => {
    // GraphQL is heavy to load, and most instances never hear of it.
    const { answerGraph } = await import('./answer-graph.ts');
    return answerGraph(deps, caller, question);
  },
});
