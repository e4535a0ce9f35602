/** What a member of a project may be, from least to most. */
export const roles = ['viewer', 'member', 'manager', 'owner'] as const;
export type Role = (typeof roles)[number];

/** The least role that each right needs: the one table that every access check reads. */
export const leastRole = {
  'project.read': 'viewer',
  'project.export': 'viewer',
  'project.update': 'manager',
  'project.archive': 'manager',
  'project.import': 'manager',
  'import.read': 'manager',
  'project.transfer': 'owner',
  'project.delete': 'owner',
  'project.restore': 'owner',
  'member.read': 'viewer',
  'member.add': 'manager',
  'member.update': 'manager',
  'member.remove': 'manager',
  'member.leave': 'viewer',
  'invitation.read': 'manager',
  'invitation.manage': 'manager',
  'task.read': 'viewer',
  'task.watch': 'viewer',
  'task.create': 'member',
  'task.update': 'member',
  'task.delete': 'member',
  'task.restore': 'member',
  'comment.read': 'viewer',
  'comment.write': 'member',
  'attachment.read': 'viewer',
  'attachment.write': 'member',
  'field.read': 'viewer',
  'field.manage': 'manager',
  'sprint.read': 'viewer',
  'sprint.manage': 'manager',
  'webhook.read': 'manager',
  'webhook.manage': 'manager',
  'analytics.read': 'manager',
  'handover.read': 'manager',
  'handover.manage': 'manager',
} as const satisfies Record<string, Role>;

export type Right = keyof typeof leastRole;

export const atLeast = (role: Role, least: Role): boolean =>
  roles.indexOf(role) >= roles.indexOf(least);

export const can = (role: Role, right: Right): boolean => atLeast(role, leastRole[right]);

/** Nobody hands out or takes away a role at or above their own; an owner may do both below. */
export const mayGrant = (granter: Role, role: Role): boolean =>
  role !== 'owner' && (granter === 'owner' || !atLeast(role, granter));

const alsoInArchive: ReadonlySet<Right> = new Set<Right>([
  'project.export',
  'project.archive',
  'project.transfer',
  'project.delete',
  'member.remove',
  'member.leave',
  'task.watch',
  'handover.manage',
]);

/** An archived project can be read, taken out of the archive and left, but not worked in. */
export const allowedInArchive = (right: Right): boolean =>
  right.endsWith('.read') || alsoInArchive.has(right);

/** Rights that concern what was deleted; every other right treats that as gone. */
export const reachesDeleted = (right: Right): boolean => right.endsWith('.restore');
