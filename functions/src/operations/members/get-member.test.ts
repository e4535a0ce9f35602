import { expect, it } from 'vitest';
import type { Member } from '../../domain/project.ts';
import { Failure } from '../../platform/failure.ts';
import { getMember } from './get-member.ts';

const ana = { projectId: 1, userId: 2, fullName: 'Ana Torres', role: 'member' } as Member;
const members = {
  find: async (projectId: number, userId: number) =>
    projectId === ana.projectId && userId === ana.userId ? ana : undefined,
};
const caller = {} as Parameters<typeof getMember.run>[1];

it('answers a person of the project', async () => {
  expect(await getMember.run({ members }, caller, { projectId: 1, userId: 2 })).toBe(ana);
});

it('knows nobody who is not in the project', async () => {
  const stranger = getMember.run({ members }, caller, { projectId: 1, userId: 3 });
  await expect(stranger).rejects.toThrow(Failure);
  await expect(stranger).rejects.toMatchObject({ code: 'not_found' });
});
