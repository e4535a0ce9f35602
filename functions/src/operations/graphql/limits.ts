import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  valueFromASTUntyped,
} from 'graphql';
import { wording } from '../../domain/wording.ts';
import { refusal } from '../refusal.ts';

export const depthLimit = 7;
/** Fields that one answer may hold at most, counting lists as long as they may get. */
export const costLimit = 5_000;
const usualLength = 20;
const longestList = 100;

type Fragments = Map<string, FragmentDefinitionNode>;
type Weight = { depth: number; cost: number };
type Variables = Record<string, unknown>;

const heaviest: Weight = { depth: depthLimit + 1, cost: costLimit + 1 };

/** Refuses what would be too deep or too costly, before any of it is run; `variables` have their defaults. */
export const refuseExcess = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void => {
  const fragments: Fragments = new Map(
    document.definitions.flatMap(one =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
  const { depth, cost } = weigh(operation.selectionSet.selections, fragments, variables, 1);
  if (depth > depthLimit) throw refusal('query', wording.graphTooDeep);
  if (cost > costLimit) throw refusal('query', wording.graphTooCostly);
};

const weigh = (
  selections: readonly SelectionNode[],
  fragments: Fragments,
  variables: Variables,
  depth: number,
): Weight => {
  // Deeper needs no counting: it is refused anyway, and so nothing here can run away.
  if (depth > depthLimit + 1) return heaviest;
  let total: Weight = { depth: depth - 1, cost: 0 };
  for (const selection of selections) {
    const one = weightOf(selection, fragments, variables, depth);
    total = { depth: Math.max(total.depth, one.depth), cost: total.cost + one.cost };
    if (total.cost > costLimit) return { ...total, depth: total.depth };
  }
  return total;
};

const weightOf = (
  selection: SelectionNode,
  fragments: Fragments,
  variables: Variables,
  depth: number,
): Weight => {
  if (selection.kind === Kind.INLINE_FRAGMENT)
    return weigh(selection.selectionSet.selections, fragments, variables, depth);
  if (selection.kind === Kind.FRAGMENT_SPREAD) {
    const fragment = fragments.get(selection.name.value);
    // Circles are refused by validation, which runs first.
    return fragment
      ? weigh(fragment.selectionSet.selections, fragments, variables, depth)
      : { depth, cost: 0 };
  }
  if (!selection.selectionSet) return { depth, cost: 1 };
  const inner = weigh(selection.selectionSet.selections, fragments, variables, depth + 1);
  return { depth: inner.depth, cost: 1 + lengthOf(selection, variables) * inner.cost };
};

const lists = new Set(['projects', 'tasks', 'members', 'activity', 'comments']);

const lengthOf = (
  { name, arguments: given = [] }: Extract<SelectionNode, { kind: Kind.FIELD }>,
  variables: Variables,
): number => {
  if (!lists.has(name.value)) return 1;
  const argument = given.find(one => one.name.value === 'first');
  const length = argument && valueFromASTUntyped(argument.value, variables);
  if (length === undefined) return usualLength;
  // Less than nothing would make room for more elsewhere.
  if (typeof length === 'number' && length >= 1 && length <= longestList) return length;
  throw refusal('query', wording.graphFirst);
};
