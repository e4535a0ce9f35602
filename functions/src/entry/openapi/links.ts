import { type Right, reachesDeleted } from '../../domain/permission.ts';
import type { AnyOperation } from '../../platform/operation.ts';
import { pathParametersOf } from './requests.ts';
import { type Components, type Json, resolved, schemaOf } from './schemas.ts';

/** Path parameters that an answer can fill, and where in it they stand. */
type Finds = Record<string, string>;

/**
 * Links of OpenAPI: from what makes or lists a thing to every operation that takes its id in the path.
 * An id is known by its name: `id` of a `Comment` is a `commentId`, `taskId` is one wherever it stands.
 */
export const linksBetween = (operations: readonly AnyOperation[], components: Components) => {
  const wanted = new Set(operations.flatMap(({ route }) => pathParametersOf(route)));
  const newIn = (operation: AnyOperation): Finds => {
    const schema = schemaOf(operation.output, 'output', components);
    const known = pathParametersOf(operation.route);
    const finds = Object.entries(findsIn(schema, '', wanted, components));
    return Object.fromEntries(finds.filter(([name]) => !known.includes(name)));
  };
  const made = new Set(operations.filter(makes).flatMap(one => Object.keys(newIn(one))));
  const restoring = operations.filter(restores);
  const others = operations.filter(operation => !restores(operation));
  return (operation: AnyOperation): Json => {
    if (operation.route.startsWith('DELETE ')) return linksToRestore(operation, restoring);
    if (makes(operation)) return linksFrom(operation, newIn(operation), others);
    if (!operation.route.startsWith('GET ')) return {};
    // Lists lead on only where nothing that can be made does.
    const listed = Object.entries(newIn(operation)).filter(
      ([name, pointer]) => !made.has(name) && pointer.startsWith('/items/0/'),
    );
    return linksFrom(operation, Object.fromEntries(listed), others);
  };
};

/** What is deleted can be brought back, and only what is deleted. */
const restores = ({ access }: AnyOperation): boolean => reachesDeleted(access as Right);

const linksToRestore = (source: AnyOperation, restoring: readonly AnyOperation[]): Json => {
  const own = pathParametersOf(source.route).join();
  return linkTo(
    restoring.filter(({ route }) => pathParametersOf(route).join() === own),
    name => `$request.path.${name}`,
  );
};

const makes = ({ creates, route, status, statuses = [] }: AnyOperation): boolean =>
  route.startsWith('POST ') && (creates ?? (status === 201 || statuses.includes(201)));

const linksFrom = (
  source: AnyOperation,
  finds: Finds,
  operations: readonly AnyOperation[],
): Json => {
  const places = Object.fromEntries([
    ...Object.entries(finds).map(([name, pointer]) => [name, `$response.body#${pointer}`]),
    ...pathParametersOf(source.route).map(name => [name, `$request.path.${name}`]),
  ]) as Finds;
  const reached = operations.filter(({ route }) => {
    const names = pathParametersOf(route);
    return names.some(name => name in finds) && names.every(name => name in places);
  });
  return linkTo(reached, name => places[name] ?? '');
};

const linkTo = (targets: readonly AnyOperation[], placeOf: (parameter: string) => string): Json =>
  Object.fromEntries(
    targets.map(({ name, route }) => {
      const parameters = pathParametersOf(route).map(parameter => [parameter, placeOf(parameter)]);
      return [
        name.replace('/', '.'),
        { operationId: name, parameters: Object.fromEntries(parameters) },
      ];
    }),
  );

const findsIn = (
  schema: Json,
  pointer: string,
  wanted: Set<string>,
  components: Components,
): Finds => {
  const { properties = {}, items } = resolved(schema, components);
  const { $ref: reference } = schema;
  const name = typeof reference === 'string' ? reference.replace('#/components/schemas/', '') : '';
  const finds: Finds = {};
  for (const [key, property] of Object.entries(properties)) {
    const place = `${pointer}/${key}`;
    Object.assign(finds, { ...findsIn(property, place, wanted, components), ...finds });
    // What may be null is nothing to build on.
    if (property['anyOf']) continue;
    for (const parameter of wanted)
      if (key === parameter || (key === 'id' && isIdOf(name, parameter))) finds[parameter] = place;
  }
  if (items) Object.assign(finds, findsIn(items as Json, `${pointer}/0`, wanted, components));
  return finds;
};

/** `AddressRule` and `ruleId`, `Session` and `targetSessionId` */
const isIdOf = (name: string, parameter: string): boolean => {
  if (name === '' || !parameter.endsWith('Id')) return false;
  const base = parameter.slice(0, -2).replace(/^./, letter => letter.toUpperCase());
  return name.endsWith(base) || base.endsWith(name);
};
