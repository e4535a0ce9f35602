import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { demoLogin } from './demo-data.ts';
import { type Ports, webSocketUrl } from './settings.ts';
import { say } from './wording.ts';

type Answer = { sessionId: string; reply: { text: string; quickReplies: string[] } };
type Problem = { detail?: string; title?: string };

export type Login = { accessToken: string; fullName: string; locale: string };
export type Talk = {
  say(text: string, projectId: number | undefined): Promise<Answer>;
  /** The next message begins another conversation. */
  forget(): void;
  close(): void;
};

const post = async (
  url: string,
  body: unknown,
  { accessToken, locale = 'es' }: Partial<Login> = {},
): Promise<unknown> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'accept-language': locale,
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw refusal(answer as Problem);
  return answer;
};

const refusal = ({ detail, title }: Problem) => new Error(detail ?? title ?? '?');

export const signIn = async (gateway: string, email: string, locale: string): Promise<Login> => {
  const credentials = { email, password: demoLogin.password };
  const login = (await post(`${gateway}/auth/login`, credentials)) as {
    accessToken: string;
    user: { fullName: string };
  };
  return { accessToken: login.accessToken, fullName: login.user.fullName, locale };
};

export const projectsOf = async (
  gateway: string,
  { accessToken }: Login,
): Promise<{ id: number; name: string }[]> => {
  const headers = { authorization: `Bearer ${accessToken}` };
  const answer = await fetch(`${gateway}/projects?limit=100`, { headers });
  return ((await answer.json()) as { items: { id: number; name: string }[] }).items;
};

const messageOf = (text: string, projectId?: number, sessionId?: string) => ({
  text,
  timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  ...(projectId !== undefined && { projectId }),
  ...(sessionId !== undefined && { sessionId }),
});

export const chatOverHttps = (gateway: string, login: Login): Talk => {
  let sessionId: string | undefined;
  return {
    say: async (text, projectId) => {
      const message = messageOf(text, projectId, sessionId);
      const answer = (await post(`${gateway}/chat/message`, message, login)) as Answer;
      sessionId = answer.sessionId;
      return answer;
    },
    forget: () => {
      sessionId = undefined;
    },
    close: () => {},
  };
};

type Frame = Answer & {
  type: string;
  id?: string;
  eventId?: string;
  name?: string;
  projectId?: number;
  problem?: Problem;
};
type Waiting = { frame: string; resolve(answer: Answer): void; reject(error: Error): void };

const againMs = 1_000;

/** Comes back by itself after a lost connection, from the last event that it saw. */
export const chatOverWebSocket = async (
  ports: Ports,
  { accessToken, locale }: Login,
  print: (line: string) => void,
): Promise<Talk> => {
  const waiting = new Map<string, Waiting>();
  let sessionId: string | undefined;
  let lastEventId: string | undefined;
  let socket: WebSocket;
  let closing = false;

  const receive = (frame: Frame): void => {
    lastEventId = frame.eventId ?? lastEventId;
    const asked = waiting.get(frame.id ?? '');
    if (frame.type === 'event')
      print(say('chatNews', { name: frame.name ?? '', project: frame.projectId ?? '' }));
    if (frame.type === 'reply') asked?.resolve(frame);
    if (frame.type === 'error') asked?.reject(refusal(frame.problem ?? {}));
    if (frame.type === 'reply' || frame.type === 'error') waiting.delete(frame.id ?? '');
  };

  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const resuming = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
      const headers = {
        authorization: `Bearer ${accessToken}`,
        'accept-language': locale,
        ...resuming,
      };
      socket = new WebSocket(webSocketUrl(ports), { headers });
      socket.on('message', data => {
        const frame = JSON.parse(String(data)) as Frame;
        if (frame.type === 'ready') {
          resolve();
          // Under its key a message acts once, however often it is sent.
          for (const { frame: unanswered } of waiting.values()) socket.send(unanswered);
        }
        receive(frame);
      });
      socket.once('error', reject);
      socket.once('close', () => void back());
    });

  const back = async (): Promise<void> => {
    if (closing) return;
    print(say('chatLost'));
    await wait(againMs);
    await open().catch(() => undefined);
  };

  await open();
  return {
    say: (text, projectId) =>
      new Promise<Answer>((resolve, reject) => {
        const id = randomUUID();
        const message = messageOf(text, projectId, sessionId);
        const frame = JSON.stringify({ type: 'message', id, idempotencyKey: id, ...message });
        waiting.set(id, { frame, resolve, reject });
        if (socket.readyState === WebSocket.OPEN) socket.send(frame);
      }).then(answer => {
        sessionId = answer.sessionId;
        return answer;
      }),
    forget: () => {
      sessionId = undefined;
    },
    close: () => {
      closing = true;
      socket.close();
    },
  };
};
