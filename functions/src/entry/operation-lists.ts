import type { AnyOperation } from '../platform/operation.ts';

/** Every operation of the product by service; each service loads its own list only. */
export const lists = {
  auth: async () => (await import('../operations/auth/index.ts')).authOperations,
  projects: async () => (await import('../operations/projects/index.ts')).projectOperations,
  chat: async () => (await import('../operations/chat/index.ts')).chatOperations,
  operations: async () => (await import('../operations/system/index.ts')).systemOperations,
} satisfies Record<string, () => Promise<readonly AnyOperation[]>>;

export type ServiceName = keyof typeof lists;

export const operationLists = async (): Promise<Record<string, readonly AnyOperation[]>> => {
  const entries = Object.entries(lists).map(async ([name, load]) => [name, await load()] as const);
  return Object.fromEntries(await Promise.all(entries));
};
