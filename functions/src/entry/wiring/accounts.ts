import { firebaseUsers } from '../../adapters/firebase/firebase-users.ts';
import { firestoreMirror } from '../../adapters/mirror/firestore-mirror.ts';
import { chatSessions } from '../../adapters/redis/chat-sessions.ts';
import { connectionPlaces } from '../../adapters/redis/connection-places.ts';
import { eventFeeds } from '../../adapters/redis/event-feeds.ts';
import type { Database } from '../../data/database.ts';
import type { ForgetPersonDeps } from '../../operations/auth/forget-person.ts';
import { authArea } from './auth.ts';
import { redis } from './connections.ts';

/** What outlives an account outside of PostgreSQL. */
export const forgetArea: ForgetPersonDeps = {
  mirror: firestoreMirror,
  firebase: firebaseUsers,
  chatSessions: chatSessions(redis),
  feeds: eventFeeds(redis),
  places: connectionPlaces(redis),
};

/** What retention clears; on a transaction, so that the logs know who asks. */
export const retentionArea = (trx: Database) => {
  const { sessions, knownDevices, securityEvents, failedMails, users, ...area } = authArea(trx);
  const { oneTimeTokens, challenges, exports } = area;
  return {
    stores: {
      sessions,
      knownDevices,
      securityEvents,
      failedMails,
      unverifiedAccounts: { purge: users.purge },
    },
    expiring: { oneTimeTokens, challenges, exports },
  };
};
