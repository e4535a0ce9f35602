/** What a member of a project may be, from least to most. */
export const roles = ['viewer', 'member', 'manager', 'owner'] as const;
export type Role = (typeof roles)[number];

/** The least role that each right needs: the one table that every access check reads. */
export const leastRole = {
  'project.read': 'viewer',
  'project.update': 'manager',
  'project.delete': 'owner',
  'member.read': 'viewer',
  'member.add': 'manager',
  'member.update': 'manager',
  'member.remove': 'manager',
  'task.read': 'viewer',
  'task.create': 'member',
  'task.update': 'member',
  'task.delete': 'member',
} as const satisfies Record<string, Role>;

export type Right = keyof typeof leastRole;

export const atLeast = (role: Role, least: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(least);

export const can = (role: Role, right: Right): boolean => atLeast(role, leastRole[right]);

/** Nobody hands out or takes away a role at or above their own; an owner may do both below. */
export const mayGrant = (granter: Role, role: Role): boolean =>
  role !== 'owner' && (granter === 'owner' || !atLeast(role, granter));
