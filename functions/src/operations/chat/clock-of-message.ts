import type { Text } from '../../platform/failure.ts';
import { refusal } from '../refusal.ts';

const oldest = 7 * 86_400_000;
const ahead = 5 * 60_000;

const outside: Text = {
  es: 'La hora de envío debe estar entre hace siete días y dentro de cinco minutos.',
  en: 'The time of sending must lie between seven days ago and five minutes ahead.',
};

const offset = /[+-]\d{2}:\d{2}$/;

export type Sent = { at: number; timezone: string | undefined };

/** When the message was typed, and in which zone if the client's clock tells. */
export const clockOfMessage = (
  sentAt: string | undefined,
  now: number,
  anyClock: boolean,
): Sent => {
  if (sentAt === undefined) return { at: now, timezone: undefined };
  const at = Date.parse(sentAt);
  if (!anyClock && (at < now - oldest || at > now + ahead)) throw refusal('sentAt', outside);
  return { at, timezone: offset.exec(sentAt)?.[0] };
};
