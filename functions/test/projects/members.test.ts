import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { memberRepository } from '../../src/data/members.ts';
import { background } from '../../src/entry/wiring/background.ts';
import { callAs, failureOf, sharedDatabase } from '../support/callers.ts';
import { emailOf, makeTeam, someone, type Team } from '../support/team.ts';

type Invitation = { id: number; state: string; email: string };
type Mail = { text: string; subject: string };

let team: Team;
beforeAll(async () => {
  team = await makeTeam({ name: 'Puente https://evil.example' });
});

const guestAddress = () => `${randomUUID()}@example.com`;
const invite = (email: string, role = 'member', userId = team.manager) =>
  callAs<Invitation>(userId, 'addMember', { projectId: team.projectId, email, role });

/** Lets the consumer of mail events work off what waits for an invitation. */
const deliver = async (invitationId: number): Promise<number> => {
  const db = await sharedDatabase();
  const events = await db
    .selectFrom('outbox')
    .select(['id', 'type', 'occurred_at'])
    .where('topic', '=', 'mail')
    .where('payload', '@>', JSON.stringify({ invitationId }))
    .orderBy('id')
    .execute();
  for (const { id, type, occurred_at: occurredAt } of events)
    await background.sendMail({
      eventId: id,
      type,
      projectId: null,
      occurredAt,
      payload: { invitationId },
    });
  return events.length;
};

const mailsTo = async (address: string): Promise<Mail[]> => {
  const answer = await fetch(`${process.env['MAIL_URL']}/api/messages?to=${address}`);
  return (await answer.json()) as Mail[];
};

const tokenIn = (mail: Mail | undefined): string =>
  /#token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? 'none';

/** Makes the last mail old enough for another. */
const wait = async (invitationId: number) => {
  const db = await sharedDatabase();
  await db
    .updateTable('invitations')
    .set({ requested_at: '2020-01-01T00:00:00Z' })
    .where('id', '=', invitationId)
    .execute();
};

describe('invitations', () => {
  it('reach somebody without account, who joins by the link after signing up', async () => {
    const email = guestAddress();
    const invited = await invite(email, 'viewer');
    expect(invited).toMatchObject({ email, state: 'pending', role: 'viewer' });
    await deliver(invited.id);
    await deliver(invited.id);
    const mails = await mailsTo(email);
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text).toContain('Gema Gestora');
    expect(mails[0]?.text).not.toContain('https://evil');
    const token = tokenIn(mails[0]);
    expect(await callAs(undefined, 'lookUpInvitation', { token })).toMatchObject({
      role: 'viewer',
      inviterName: 'Gema Gestora',
    });
    const guest = await someone('Nueva Persona');
    const accept = () => callAs(guest, 'acceptInvitationLink', { token });
    expect(await accept()).toMatchObject({ userId: guest, role: 'viewer' });
    expect(await failureOf(accept())).toBe('not_found');
    expect(await failureOf(callAs(undefined, 'lookUpInvitation', { token }))).toBe('not_found');
  });

  it('are written in the language of the project, and lead to the same page', async () => {
    const { projectId, owner } = await makeTeam({ settings: { language: 'en' } });
    const email = guestAddress();
    const input = { projectId, email, role: 'member' };
    const { id } = await callAs<Invitation>(owner, 'addMember', input);
    await deliver(id);
    const [english] = await mailsTo(email);
    expect(english?.subject).toBe('You are invited to a project on PM-Bot');
    expect(english?.text).toContain('invites you to the project “Equipo”.');
    expect(english?.text).toContain('/invitation#token=');
    expect(await callAs(undefined, 'lookUpInvitation', { token: tokenIn(english) })).toMatchObject({
      projectName: 'Equipo',
    });
    await callAs(owner, 'updateProject', { projectId, settings: { language: 'es' } });
    await wait(id);
    await callAs(owner, 'resendInvitation', { projectId, invitationId: id });
    await deliver(id);
    expect((await mailsTo(email)).map(({ subject }) => subject)).toContain(
      'Te invitan a un proyecto en PM-Bot',
    );
  });

  it('wait for the owner of the address, and for nobody else', async () => {
    const guest = await someone('Invitada Despues');
    const email = guestAddress();
    const { id: invitationId } = await invite(email);
    const answer = (name: string, userId = guest) => callAs(userId, name, { invitationId });
    expect(await failureOf(answer('acceptInvitation'))).toBe('not_found');
    const db = await sharedDatabase();
    await db.updateTable('users').set({ email }).where('id', '=', guest).execute();
    expect(await callAs(guest, 'listOwnInvitations', {})).toMatchObject({
      items: [{ id: invitationId }],
    });
    expect(await failureOf(answer('declineInvitation', team.outsider))).toBe('not_found');
    expect(await answer('acceptInvitation')).toMatchObject({ userId: guest });
    expect(await failureOf(answer('declineInvitation'))).toBe('not_found');
  });

  it('count only for an address that is confirmed', async () => {
    const guest = await someone('Sin Confirmar');
    const email = await emailOf(guest);
    const db = await sharedDatabase();
    const unconfirmed = { email_verified: false, status: 'pending_verification' as const };
    await db.updateTable('users').set(unconfirmed).where('id', '=', guest).execute();
    const { id: invitationId } = await invite(email);
    expect(await callAs(guest, 'listOwnInvitations', {})).toEqual({ items: [] });
    const accept = callAs(guest, 'acceptInvitation', { invitationId });
    expect(await failureOf(accept)).toBe('not_found');
  });

  it('are sent again with a new link that ends the old one, but not at once', async () => {
    const email = guestAddress();
    const { id: invitationId } = await invite(email);
    await deliver(invitationId);
    const target = { projectId: team.projectId, invitationId };
    const resend = () => callAs(team.manager, 'resendInvitation', target);
    expect(await failureOf(resend())).toBe('rate_limited');
    expect(await failureOf(invite(email))).toBe('rate_limited');
    await wait(invitationId);
    await resend();
    await deliver(invitationId);
    const [first, second] = (await mailsTo(email)).map(tokenIn);
    const tokens = new Set([first, second]);
    expect(tokens.size).toBe(2);
    const works = await Promise.all(
      [...tokens].map(token => failureOf(callAs(undefined, 'lookUpInvitation', { token }))),
    );
    expect(works.toSorted()).toEqual(['not_found', 'ok']);
  });

  it('can be declined by link without an account, cancelled, and expire', async () => {
    const [declined, cancelled, expired] = [
      await invite(guestAddress()),
      await invite(guestAddress()),
      await invite(guestAddress()),
    ];
    await deliver(declined.id);
    const token = tokenIn((await mailsTo(declined.email))[0]);
    await callAs(undefined, 'declineInvitationLink', { token });
    const { projectId } = team;
    const cancel = () =>
      callAs(team.manager, 'cancelInvitation', { projectId, invitationId: cancelled.id });
    await cancel();
    expect(await failureOf(cancel())).toBe('conflict');
    await deliver(cancelled.id);
    expect(await mailsTo(cancelled.email)).toEqual([]);
    const db = await sharedDatabase();
    await db
      .updateTable('invitations')
      .set({ expires_at: '2020-01-01T00:00:00Z' })
      .where('id', '=', expired.id)
      .execute();
    const { items } = await callAs<{ items: Invitation[] }>(team.manager, 'listInvitations', {
      projectId,
    });
    const states = Object.fromEntries(items.map(item => [item.id, item.state]));
    expect(states).toMatchObject({
      [declined.id]: 'declined',
      [cancelled.id]: 'cancelled',
      [expired.id]: 'expired',
    });
    const again = { projectId, invitationId: declined.id };
    expect(await failureOf(callAs(team.manager, 'resendInvitation', again))).toBe('conflict');
  });

  it('are the managers’ business, up to their own role', async () => {
    expect(await failureOf(invite(guestAddress(), 'manager'))).toBe('forbidden');
    expect(await failureOf(invite(guestAddress(), 'member', team.member))).toBe('forbidden');
    const { projectId } = team;
    expect(await failureOf(callAs(team.member, 'listInvitations', { projectId }))).toBe(
      'forbidden',
    );
  });
});

describe('ownership', () => {
  it('passes to another member, and the former owner stays as manager', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const transfer = (userId: number, caller = own.owner) =>
      callAs(caller, 'transferOwnership', { projectId, userId });
    expect(await failureOf(transfer(own.outsider))).toBe('validation_failed');
    expect(await failureOf(transfer(own.manager, own.manager))).toBe('forbidden');
    expect(await transfer(own.member)).toMatchObject({ ownerId: own.member, role: 'manager' });
    expect(await failureOf(transfer(own.owner))).toBe('forbidden');
    expect(await callAs(own.viewer, 'listActivity', { projectId, limit: 2 })).toMatchObject({
      items: [
        { details: { userId: own.member }, before: { role: 'member' }, after: { role: 'owner' } },
        { details: { userId: own.owner }, before: { role: 'owner' }, after: { role: 'manager' } },
      ],
    });
    const leave = callAs(own.member, 'removeMember', { projectId, userId: own.member });
    expect(await failureOf(leave)).toBe('conflict');
  });

  it('ends with one owner when two transfers race', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const outcomes = await Promise.all(
      [own.manager, own.member].map(userId =>
        failureOf(callAs(own.owner, 'transferOwnership', { projectId, userId })),
      ),
    );
    expect(outcomes.filter(outcome => outcome === 'ok')).toHaveLength(1);
    const { items } = await callAs<{ items: { role: string }[] }>(own.viewer, 'listMembers', {
      projectId,
    });
    expect(items.filter(item => item.role === 'owner')).toHaveLength(1);
  });
});

describe('leaving', () => {
  it('frees the tasks of whoever goes and tells so in the history', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const task = { projectId, title: 'Suya', assigneeId: own.member };
    const { id: taskId } = await callAs<{ id: number }>(own.member, 'createTask', task);
    await callAs(own.member, 'removeMember', { projectId, userId: own.member });
    expect(await failureOf(callAs(own.member, 'getTask', { taskId }))).toBe('not_found');
    expect(await callAs(own.viewer, 'listActivity', { projectId, limit: 2 })).toMatchObject({
      items: [
        { type: 'member.removed', before: { role: 'member' } },
        { type: 'task.updated', before: { assigneeId: own.member }, after: { assigneeId: null } },
      ],
    });
  });

  it('leaves no task with whoever goes while others hand them some', async () => {
    const own = await makeTeam();
    const { projectId } = own;
    const assigned = { projectId, title: 'Suya', assigneeId: own.member };
    for (let round = 0; round < 5; round++) {
      const { id: taskId } = await callAs<{ id: number }>(own.owner, 'createTask', {
        projectId,
        title: 'Para quien se va',
      });
      const give = () => callAs(own.owner, 'updateTask', { taskId, assigneeId: own.member });
      const add = () => callAs(own.manager, 'createTask', assigned);
      const leave = () => callAs(own.owner, 'removeMember', { projectId, userId: own.member });
      const outcomes = await Promise.all(
        [add, give, leave, give, add].map(act => failureOf(act())),
      );
      expect(outcomes.filter(outcome => !['ok', 'validation_failed'].includes(outcome))).toEqual(
        [],
      );
      const filter = { projectId, assigneeId: own.member };
      expect(await callAs(own.viewer, 'listTasks', filter)).toMatchObject({ items: [] });
      await memberRepository(await sharedDatabase()).insert(projectId, own.member, 'member');
    }
  });
});
