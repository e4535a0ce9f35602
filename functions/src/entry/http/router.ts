import findMyWay from 'find-my-way';
import { Failure, type Text } from '../../platform/failure.ts';
import type { AnyOperation, Verb } from '../../platform/operation.ts';

const verbs: Verb[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const unknownRoute: Text = {
  es: 'Esta ruta no existe. Consulta /docs.',
  en: 'This route does not exist. See /docs.',
};

export type Match = { operation: AnyOperation; params: Record<string, string | undefined> };

const nothing = () => {};

/** Finds the operation behind a verb and path; fails with `not_found` or `method_not_allowed`. */
export const operationRouter = (operations: readonly AnyOperation[]) => {
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 200 });
  const byPath = Map.groupBy(operations, ({ route }) => route.split(' ')[1] ?? '');
  // The path alone is looked up: `/projects/templates` is never `/projects/{projectId}` for want of a verb.
  for (const [path, sharing] of byPath)
    router.on('GET', path.replaceAll(/\{(\w+)\}/g, ':$1'), nothing, byVerb(sharing));
  return (method: string, path: string): Match => {
    const found = router.find('GET', path);
    if (!found) throw new Failure('not_found', { detail: unknownRoute });
    const offered = found.store as Map<string, AnyOperation>;
    const operation = offered.get(method === 'HEAD' ? 'GET' : method);
    if (operation) return { operation, params: found.params };
    throw new Failure('method_not_allowed', { allow: verbs.filter(verb => offered.has(verb)) });
  };
};

const byVerb = (operations: readonly AnyOperation[]): Map<string, AnyOperation> =>
  new Map(operations.map(operation => [operation.route.split(' ')[0] ?? '', operation]));
