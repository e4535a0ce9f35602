import type { Helper } from '../../domain/handover.ts';
import { channelsFor } from '../../domain/notification-preferences.ts';
import type { AddEvents } from '../events/project-event.ts';
import { handoverNotice } from './handover-notice.ts';

export type RequestDeps = {
  handovers: { helpers(projectId: number, askerId: number): Promise<Helper[]> };
  outbox: AddEvents;
};

/** Tells those who may take a call over: in the product all of them, by mail who wants mail. */
export const announceHandover = async (
  { handovers, outbox }: RequestDeps,
  { projectId, askerId }: { projectId: number; askerId: number },
): Promise<void> => {
  const helpers = await handovers.helpers(projectId, askerId);
  if (helpers.length === 0) return;
  const userIds = helpers.map(helper => helper.userId);
  await outbox.add(
    handoverNotice('requested', { projectId, actorId: askerId, userIds }),
    ...helpers
      .filter(({ preferences }) => channelsFor(preferences, 'handover_requested').mail)
      .map(({ userId }) => ({
        topic: 'mail' as const,
        type: 'mail.handover_requested',
        payload: { userId },
      })),
  );
};
