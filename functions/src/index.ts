import { callable, consumer, https, scheduled } from './entry/functions.ts';
import { ownRequestBodies } from './entry/http/body-ownership.ts';
import { leaveDomains } from './entry/http/domains.ts';
import { withMetrics } from './entry/http/serve-metrics.ts';

ownRequestBodies();
leaveDomains();

// Heavy modules load with the first event, not with every function.
const background = async () => (await import('./entry/wiring/background.ts')).background;

// Signing in hashes passwords: few at a time, with memory for each (see the decision on passwords).
const signIn = { concurrency: 10, memory: '512MiB' } as const;

export const api = {
  auth: https('auth', signIn),
  projects: https('projects'),
  chat: https('chat'),
  operations: https('operations', {}, withMetrics),
};

export const auth = callable('auth', signIn);
export const projects = callable('projects');
export const chat = callable('chat');

export const mirrorTasks = consumer('task-events', async event =>
  (await background()).mirrorEvent(event),
);
export const pushEvents = consumer('task-events', async event =>
  (await background()).pushEvents(event),
);
export const mirrorSessions = consumer('account-events', async event =>
  (await background()).mirrorAccount(event),
);
export const notifyPeople = consumer('task-events', async event =>
  (await background()).notifyPeople(event),
);
export const remindPeople = consumer('reminders', async event =>
  (await background()).tellPeople(event),
);
export const runImports = consumer('imports', async event => (await background()).runImport(event));
export const sendWebhooks = consumer('task-events', async event =>
  (await background()).sendWebhooks(event),
);
export const sendMail = consumer('mail', async event => (await background()).sendMail(event));
export const relayOutbox = scheduled('every 1 minutes', async () =>
  (await background()).relayOutbox(),
);
export const retryWebhooks = scheduled('every 1 minutes', async () =>
  (await background()).retryWebhooks(),
);
export const remindDue = scheduled('every 1 hours', async () => (await background()).remindDue());
export const sendDigests = scheduled('every 1 hours', async () =>
  (await background()).sendDigests(),
);
export const sendSummaries = scheduled('every 15 minutes', async () =>
  (await background()).sendSummaries(),
);
export const closeChatDays = scheduled('every day 02:10', async () =>
  (await background()).closeChatDays(),
);
export const purgeExpired = scheduled('every day 03:30', async () =>
  (await background()).purgeExpired(),
);
