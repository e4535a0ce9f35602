import {
  type DocumentNode,
  execute,
  type GraphQLError,
  getOperationAST,
  getVariableValues,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import { dateIn } from '../../domain/calendar.ts';
import { wording } from '../../domain/wording.ts';
import { Failure, type Locale } from '../../platform/failure.ts';
import { log } from '../../platform/log.ts';
import { refusal } from '../refusal.ts';
import { type GraphDeps, rootFor, schema } from './graph.ts';
import { refuseExcess } from './limits.ts';

export type AnswerDeps = GraphDeps & {
  clock(): Date;
  users: { timezoneOf(userId: number): Promise<string | undefined> };
};

type Question = {
  query: string;
  variables?: Record<string, unknown> | null | undefined;
  operationName?: string | null | undefined;
};

/** Carries a query out, as far as its reader may see. */
export const answerGraph = async (
  deps: AnswerDeps,
  { userId, locale }: { userId: number; locale: Locale },
  { query, variables, operationName }: Question,
) => {
  const document = parsed(query);
  const operation = getOperationAST(document, operationName ?? undefined);
  if (operation?.operation !== OperationTypeNode.QUERY)
    throw refusal('operationName', wording.graphOperation);
  refuseExcess(document, operation, coerced(operation, variables ?? {}));
  const now = deps.clock();
  const own = (await deps.users.timezoneOf(userId)) ?? 'UTC';
  const { data, errors } = await execute({
    schema,
    document,
    rootValue: rootFor(deps, userId, zone => dateIn(now, zone ?? own)),
    variableValues: variables ?? {},
    operationName: operationName ?? null,
  });
  // Copied, because the executor's objects have no prototype.
  const answer = data == null ? null : (JSON.parse(JSON.stringify(data)) as typeof data);
  return { data: answer, ...(errors && { errors: errors.map(error => shown(error, locale)) }) };
};

const coerced = (
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): Record<string, unknown> => {
  const values = getVariableValues(schema, variableDefinitions, variables, { maxErrors: 20 });
  if (values.coerced) return values.coerced;
  throw new Failure('validation_failed', {
    detail: wording.graphVariables,
    errors: values.errors.map(({ message }) => ({ path: 'variables', message })),
  });
};

const rules = [...specifiedRules, NoSchemaIntrospectionCustomRule];

const parsed = (query: string): DocumentNode => {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: 2_000, noLocation: true });
  } catch {
    throw refusal('query', wording.graphSyntax);
  }
  const mistakes = validate(schema, document, rules, { maxErrors: 20 });
  if (mistakes.length === 0) return document;
  throw new Failure('validation_failed', {
    detail: wording.graphSyntax,
    errors: mistakes.map(({ message }) => ({ path: 'query', message })),
  });
};

/** What the caller may know of a mistake; what is not theirs is logged and hidden. */
const shown = ({ message, path = [], originalError }: GraphQLError, locale: Locale) => {
  const known = originalError === undefined || originalError instanceof Failure;
  if (!known) log.error('graph.failed', originalError);
  return { message: known ? message : wording.graphFailed[locale], path: [...path] };
};
