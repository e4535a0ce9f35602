// The page behind a link in a mail. Opening it does nothing: only the button sends the token, so that
// programs that open links in mails cannot use them up.
import { explain, onSubmit, post, say, token } from './page.js';

const form = document.querySelector('form');

onSubmit(form, async fields => {
  const response = await post(form.dataset.path, { token, ...fields });
  if (!response) return;
  if (!response.ok) {
    explain(await response.json());
    return;
  }
  form.hidden = true;
  const { done, doneEn } = form.dataset;
  say(done ?? 'Listo. Ya puedes volver a PM-Bot.', doneEn ?? 'Done. You can go back to PM-Bot.');
});

if (!token) {
  form.hidden = true;
  say('Abre el enlace completo del correo.', 'Open the whole link from the mail.');
}
