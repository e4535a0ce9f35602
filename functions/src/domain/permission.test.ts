import { describe, expect, it } from 'vitest';
import { can, mayGrant, roles } from './permission.ts';

describe('permissions', () => {
  it('let viewers read and nothing else', () => {
    expect(can('viewer', 'task.read')).toBe(true);
    expect(can('viewer', 'task.create')).toBe(false);
  });

  it('keep the deletion of a project for its owner', () => {
    expect(roles.filter(role => can(role, 'project.delete'))).toEqual(['owner']);
  });

  it('let nobody grant a role at or above their own, and ownership never', () => {
    expect(mayGrant('manager', 'member')).toBe(true);
    expect(mayGrant('manager', 'manager')).toBe(false);
    expect(mayGrant('member', 'viewer')).toBe(true);
    expect(roles.some(role => mayGrant(role, 'owner'))).toBe(false);
  });
});
