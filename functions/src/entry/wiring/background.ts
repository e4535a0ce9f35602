import { firestoreMirror } from '../../adapters/mirror/firestore-mirror.ts';
import { publishEvent } from '../../adapters/pubsub/publisher.ts';
import { eventFeeds } from '../../adapters/redis/event-feeds.ts';
import { consumedEventsRepository } from '../../data/consumed-events.ts';
import { conversationRepository } from '../../data/conversations.ts';
import { type Database, inTransaction } from '../../data/database.ts';
import { idempotencyRepository } from '../../data/idempotency.ts';
import { memberRepository } from '../../data/members.ts';
import { mirrorSource } from '../../data/mirror-source.ts';
import { outboxRepository } from '../../data/outbox.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { fanOutEvent } from '../../operations/events/fan-out-event.ts';
import { mirrorAccount } from '../../operations/events/mirror-account.ts';
import { mirrorEvent } from '../../operations/events/mirror-event.ts';
import { purgeExpired } from '../../operations/events/purge-expired.ts';
import { relayOutbox } from '../../operations/events/relay-outbox.ts';
import { clock, database, projectCache, redis } from './connections.ts';
import { cipher } from './tokens.ts';

const on =
  <Unit>(db: Database, unitOf: (trx: Database) => Unit) =>
  <T>(work: (unit: Unit) => Promise<T>): Promise<T> =>
    inTransaction(db, trx => work(unitOf(trx)));

const webhookArea = async () => {
  const { projectArea } = await import('./projects.ts');
  const db = await database();
  const inOne = on(db, trx => ({
    webhooks: projectArea(trx).webhooks,
    outbox: outboxRepository(trx),
  }));
  return { ...projectArea(db), inTransaction: inOne };
};

const rewriteNotifications = async (event: DomainEvent): Promise<void> => {
  const [operation, { notificationRepository }] = await Promise.all([
    import('../../operations/notifications/rewrite-notifications.ts'),
    import('../../data/notifications.ts'),
  ]);
  const notifications = notificationRepository(await database());
  return operation.rewriteNotifications({ mirror: firestoreMirror, notifications }, event);
};

/** What runs without a caller: consumers of events and scheduled work. */
export const background = {
  mirrorEvent: async (event: DomainEvent) =>
    mirrorEvent(
      {
        mirror: firestoreMirror,
        projectCache,
        inTransaction: on(await database(), trx => ({
          consumed: consumedEventsRepository(trx),
          source: mirrorSource(trx),
        })),
      },
      event,
    ),

  pushEvents: async (event: DomainEvent) =>
    fanOutEvent(
      {
        feeds: eventFeeds(redis),
        inTransaction: on(await database(), trx => ({
          consumed: consumedEventsRepository(trx),
          members: memberRepository(trx),
        })),
      },
      event,
    ),

  sendMail: async (event: DomainEvent) => {
    const [{ deliverMail }, { sendMail }, { mailArea }] = await Promise.all([
      import('../../operations/mail/deliver-mail.ts'),
      import('../../operations/mail/send-mail.ts'),
      import('./mail.ts'),
    ]);
    const area = mailArea(await database());
    const invites = event.type === 'mail.invitation_requested';
    return deliverMail(area, event, invites ? background.sendInvitation : it => sendMail(area, it));
  },

  mirrorAccount: async (event: DomainEvent) => {
    if (event.type === 'session.ended')
      return mirrorAccount({ clock, mirror: firestoreMirror }, event);
    if (event.type === 'notifications.unnamed') return rewriteNotifications(event);
    const [{ forgetPerson }, { forgetArea }] = await Promise.all([
      import('../../operations/auth/forget-person.ts'),
      import('./accounts.ts'),
    ]);
    return forgetPerson(forgetArea, event);
  },

  sendInvitation: async (event: DomainEvent) => {
    const [{ sendInvitation }, { mailArea }, { invitationRepository }] = await Promise.all([
      import('../../operations/invitations/send-invitation.ts'),
      import('./mail.ts'),
      import('../../data/invitations.ts'),
    ]);
    const db = await database();
    return sendInvitation(
      { ...mailArea(db), invitations: invitationRepository(db, cipher) },
      event,
    );
  },

  notifyPeople: async (event: DomainEvent) => {
    const [{ notifyPeople }, { push }, { notificationRepository }, { pushTopic }] =
      await Promise.all([
        import('../../operations/notifications/notify-people.ts'),
        import('../../adapters/notifications/push.ts'),
        import('../../data/notifications.ts'),
        import('./projects.ts'),
      ]);
    const inOne = on(await database(), trx => ({
      consumed: consumedEventsRepository(trx),
      notifications: notificationRepository(trx),
    }));
    const deps = { clock, mirror: firestoreMirror, push, pushTopic, inTransaction: inOne };
    return notifyPeople(deps, event);
  },

  /** Events that concern particular people rather than a whole project. */
  tellPeople: async (event: DomainEvent) => {
    const { tellPeople } = await import('../../operations/events/tell-people.ts');
    await background.notifyPeople(event);
    await tellPeople(
      {
        feeds: eventFeeds(redis),
        inTransaction: on(await database(), trx => ({ consumed: consumedEventsRepository(trx) })),
      },
      event,
    );
  },

  runImport: async (event: DomainEvent) => {
    const [{ runImport }, { transactor }, { projectArea }] = await Promise.all([
      import('../../operations/imports/run-import.ts'),
      import('./unit-of-work.ts'),
      import('./projects.ts'),
    ]);
    // Its events go out and the cache forgets after each part, as after a request.
    const inOne = transactor(await database(), projectArea);
    return runImport({ clock, inTransaction: work => inOne(unit => work(unit as never)) }, event);
  },

  sendDigests: async () => {
    const [{ sendDigests }, { notificationRepository }] = await Promise.all([
      import('../../operations/notifications/send-digests.ts'),
      import('../../data/notifications.ts'),
    ]);
    const db = await database();
    const inOne = on(db, trx => ({
      notifications: notificationRepository(trx),
      outbox: outboxRepository(trx),
    }));
    return sendDigests({ clock, notifications: notificationRepository(db), inTransaction: inOne });
  },

  remindDue: async () => {
    const [{ remindDue }, { dueTaskRepository }] = await Promise.all([
      import('../../operations/notifications/remind-due.ts'),
      import('../../data/due-tasks.ts'),
    ]);
    const db = await database();
    const inOne = on(db, trx => ({
      dueTasks: dueTaskRepository(trx),
      outbox: outboxRepository(trx),
    }));
    return remindDue({ clock, dueTasks: dueTaskRepository(db), inTransaction: inOne });
  },

  closeChatDays: async () => {
    const [{ closeDays }, { chatFiguresRepository }] = await Promise.all([
      import('../../operations/chat/close-days.ts'),
      import('../../data/chat-figures.ts'),
    ]);
    const db = await database();
    return closeDays({
      chatFigures: chatFiguresRepository(db),
      inTransaction: on(db, trx => ({ chatFigures: chatFiguresRepository(trx) })),
    });
  },

  sendSummaries: async () => {
    const [{ sendSummaries }, { summaryRepository }] = await Promise.all([
      import('../../operations/notifications/send-summaries.ts'),
      import('../../data/summaries.ts'),
    ]);
    const inOne = on(await database(), trx => ({
      summaries: summaryRepository(trx),
      outbox: outboxRepository(trx),
    }));
    return sendSummaries({ clock, inTransaction: inOne });
  },

  sendWebhooks: async (event: DomainEvent) => {
    const { queueForWebhooks } = await import('../../operations/webhooks/deliver-webhooks.ts');
    return queueForWebhooks(await webhookArea(), event);
  },

  retryWebhooks: async () => {
    const { deliverDue } = await import('../../operations/webhooks/deliver-webhooks.ts');
    return deliverDue(await webhookArea());
  },

  relayOutbox: async () =>
    relayOutbox({
      publish: publishEvent,
      inTransaction: on(await database(), trx => ({ outbox: outboxRepository(trx) })),
    }),

  purgeExpired: async () => {
    const db = await database();
    const [{ purgeAccounts }, { retentionArea }] = await Promise.all([
      import('../../operations/auth/purge-accounts.ts'),
      import('./accounts.ts'),
    ]);
    await inTransaction(db, trx => purgeAccounts(retentionArea(trx)));
    const { projectArea } = await import('./projects.ts');
    const [{ purgeFiles }, { dueTaskRepository }] = await Promise.all([
      import('../../operations/attachments/purge-files.ts'),
      import('../../data/due-tasks.ts'),
    ]);
    const area = projectArea(db);
    const { tasks, imports, invitations, webhooks, notifications } = area;
    return purgeExpired({
      stores: {
        outbox: outboxRepository(db),
        consumedEvents: consumedEventsRepository(db),
        idempotencyKeys: idempotencyRepository(db, cipher),
        files: { purge: days => purgeFiles(area, days) },
        tasks,
        // Its history goes with it, which only a transaction that says so may delete.
        projects: {
          purge: days => inTransaction(db, trx => projectArea(trx).projects.purge(days)),
        },
        invitations,
        webhookDeliveries: webhooks,
        notifications,
        dueReminders: dueTaskRepository(db),
        imports,
        conversations: conversationRepository(db),
      },
    });
  },
};
