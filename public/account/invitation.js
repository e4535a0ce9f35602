// An invitation: what it is about, then yes or no. Saying yes takes an account, which can be opened here;
// the session that accepts ends with it, because this page is no application.
import { english, explain, onSubmit, post, say, token } from './page.js';

const part = id => document.getElementById(id);
const parts = ['answer', 'sign-in', 'code', 'sign-up'];
const roles = {
  viewer: ['lectura', 'viewer'],
  member: ['miembro', 'member'],
  manager: ['gestión', 'manager'],
};

/** Shows one part of the page, or none. */
const show = wanted => {
  for (const id of parts) part(id).hidden = id !== wanted;
  part(wanted)?.querySelector('input')?.focus();
};

const gone = () => {
  show(undefined);
  say(
    'Esta invitación ya no sirve: caducó, se anuló o ya tiene respuesta. Pide otra a quien te invitó.',
    'This invitation is over: it expired, was cancelled or has been answered. Ask for another one.',
  );
};

const lookUp = async () => {
  const response = token ? await post('/invitations/lookup', { token }) : undefined;
  if (!token) say('Abre el enlace completo del correo.', 'Open the whole link from the mail.');
  if (!response) return;
  const invited = await response.json();
  if (response.status === 404 || response.status === 400) return gone();
  if (!response.ok) return explain(invited);
  const inviter = invited.inviterName ?? 'PM-Bot';
  const [es, en] = roles[invited.role];
  part('about').textContent = english
    ? `${inviter} invites you to the project “${invited.projectName}” as ${en}.`
    : `${inviter} te invita al proyecto «${invited.projectName}» con el rol de ${es}.`;
  say('', '');
  show('answer');
};

/** Accepts in the name of whoever has just signed in, and ends that session. */
const accept = async ({ accessToken }) => {
  const authorization = { authorization: `Bearer ${accessToken}` };
  const response = await post('/invitations/accept', { token }, authorization);
  await post('/auth/logout', {}, authorization);
  if (!response) return;
  if (response.status === 404) return gone();
  if (!response.ok) return explain(await response.json());
  show(undefined);
  say(
    'Listo. Ya formas parte del proyecto: lo verás al entrar en PM-Bot.',
    'Done. You are part of the project: it is there when you sign in to PM-Bot.',
  );
};

let mfaToken;

const signIn = async (path, body) => {
  const response = await post(path, body);
  if (!response) return;
  const answer = await response.json();
  if (response.ok) return accept(answer);
  if (answer.code !== 'mfa_required') return explain(answer);
  mfaToken = answer.mfaToken;
  say('', '');
  show('code');
};

onSubmit(part('sign-in'), fields => signIn('/auth/login', fields));
onSubmit(part('code'), ({ code }) => signIn('/auth/mfa/verify', { mfaToken, code: code.trim() }));

onSubmit(part('sign-up'), async fields => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const response = await post('/auth/register', { ...fields, timezone: timeZone });
  if (!response) return;
  if (!response.ok) return explain(await response.json());
  part('sign-in').elements.email.value = fields.email;
  show('sign-in');
  say(
    'Te enviamos un correo: confírmalo y después entra aquí para aceptar.',
    'We have sent you a mail: confirm it, then sign in here to accept.',
  );
});

onSubmit(part('answer'), () => {
  say('', '');
  show('sign-in');
});

part('decline').addEventListener('click', async ({ target }) => {
  target.disabled = true;
  const response = await post('/invitations/decline', { token });
  target.disabled = false;
  if (!response) return;
  if (response.status === 404) return gone();
  if (!response.ok) return explain(await response.json());
  show(undefined);
  say('Rechazaste la invitación.', 'You have declined the invitation.');
});

for (const [id, wanted] of [
  ['to-sign-up', 'sign-up'],
  ['to-sign-in', 'sign-in'],
])
  part(id).addEventListener('click', () => {
    say('', '');
    show(wanted);
  });

await lookUp();
