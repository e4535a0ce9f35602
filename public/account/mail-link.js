// The page behind a link in a mail. Opening it does nothing: only the button sends the token, so that
// programs that open links in mails cannot use them up.
const form = document.querySelector('form');
const status = document.querySelector('[role=status]');
const token = new URLSearchParams(location.hash.slice(1)).get('token');
const english = !navigator.language.toLowerCase().startsWith('es');

// The token leaves the address bar, and with it the history that others may read.
history.replaceState(null, '', location.pathname);

const say = (es, en) => {
  status.textContent = english ? en : es;
};

if (english) {
  document.documentElement.lang = 'en';
  for (const element of document.querySelectorAll('[data-en]'))
    element.textContent = element.dataset.en;
}

const send = () =>
  fetch(form.dataset.path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-language': english ? 'en' : 'es' },
    body: JSON.stringify({ token, ...Object.fromEntries(new FormData(form)) }),
  });

form.addEventListener('submit', async event => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  try {
    const response = await send();
    if (response.ok) {
      form.hidden = true;
      say('Listo. Ya puedes volver a PM-Bot.', 'Done. You can go back to PM-Bot.');
    } else status.textContent = (await response.json()).detail;
  } catch {
    say('No hay conexión. Inténtalo de nuevo.', 'No connection. Try again.');
  }
  button.disabled = false;
});

if (!token) {
  form.hidden = true;
  say('Abre el enlace completo del correo.', 'Open the whole link from the mail.');
}
