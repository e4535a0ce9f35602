import type { AnyOperation } from '../../platform/operation.ts';
import { getHandover } from '../handovers/get-handover.ts';
import { listHandovers } from '../handovers/list-handovers.ts';
import { resolveHandover } from '../handovers/resolve-handover.ts';
import { takeHandover } from '../handovers/take-handover.ts';
import { deleteSession } from './delete-session.ts';
import { getAnalytics } from './get-analytics.ts';
import { getSession } from './get-session.ts';
import { listSessions } from './list-sessions.ts';
import { sendMessage } from './send-message.ts';

/** Everything that the chat service does. */
export const chatOperations = [
  sendMessage,
  getSession,
  listSessions,
  deleteSession,
  getAnalytics,
  listHandovers,
  getHandover,
  takeHandover,
  resolveHandover,
] as const satisfies readonly AnyOperation[];
