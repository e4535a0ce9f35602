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
  for (const operation of operations) {
    const [verb, path] = operation.route.split(' ') as [Verb, string];
    router.on(verb, path.replaceAll(/\{(\w+)\}/g, ':$1'), nothing, operation);
  }
  return (method: string, path: string): Match => {
    const verb = verbs.find(known => known === (method === 'HEAD' ? 'GET' : method));
    const found = verb && router.find(verb, path);
    if (found) return { operation: found.store as AnyOperation, params: found.params };
    const allowed = verbs.filter(other => router.find(other, path));
    if (allowed.length === 0) throw new Failure('not_found', { detail: unknownRoute });
    throw new Failure('method_not_allowed', { allow: allowed });
  };
};
