import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mirrored } from './mirror.ts';
import { playScene } from './scene.ts';
import { api, type ChatAnswer, tell, tokenFromMail } from './world.ts';

const password = 'una frase larga y tranquila';

/** Plays the scene as a browser does: registration by mail, then plain HTTPS through the gateway. */
export const playWeb = async (): Promise<{ email: string; password: string }> => {
  tell('\nWeb: HTTPS por el gateway');
  const email = `web-${randomUUID().slice(0, 8)}@example.com`;
  const fullName = 'Valeria Web';
  await api('POST', '/auth/register', 201, { body: { email, password, fullName } });
  await api('POST', '/auth/login', 403, { body: { email, password } });
  await api('POST', '/auth/verify-email', 204, { body: { token: await tokenFromMail(email) } });
  const session = await api('POST', '/auth/login', 200, { body: { email, password } });
  const token = String(session['accessToken']);
  assert.equal((await api('GET', '/auth/me', 200, { token }))['email'], email);
  tell(`  cuenta ${email} creada, confirmada por correo y con sesión`);

  const { projectId, anaId } = await makeProject('Demo web', token);
  let sessionId: string | undefined;
  await playScene({
    projectId,
    anaId,
    say: async text => {
      const body = { text, projectId, ...(sessionId !== undefined && { sessionId }) };
      const answer = (await api('POST', '/chat/message', 200, {
        body,
        token,
      })) as unknown as ChatAnswer;
      sessionId = answer.sessionId;
      return answer;
    },
    readTask: taskId => api('GET', `/tasks/${taskId}`, 200, { token }),
    mirrored: (taskId, status) => mirrored(projectId, taskId, status),
  });
  await api('POST', '/auth/logout', 204, { token });
  await api('GET', '/auth/me', 401, { token });
  tell('  sesión cerrada; su token ya no sirve');
  return { email, password };
};

const makeProject = async (name: string, token: string) => {
  const created = await api('POST', '/projects', 201, { body: { name }, token });
  const projectId = Number(created['id']);
  const ana = await api('POST', `/projects/${projectId}/members`, 201, {
    body: { email: 'ana@pm-bot.local', role: 'member' },
    token,
  });
  return { projectId, anaId: Number(ana['userId']) };
};
