// What the pages behind links in mails share.

/** The secret of the link, which only ever travels in the fragment. */
export const token = new URLSearchParams(location.hash.slice(1)).get('token');
export const english = !navigator.language.toLowerCase().startsWith('es');

// The token leaves the address bar, and with it the history that others may read.
history.replaceState(null, '', location.pathname);

if (english) {
  document.documentElement.lang = 'en';
  for (const element of document.querySelectorAll('[data-en]'))
    element.textContent = element.dataset.en;
}

const status = document.querySelector('[role=status]');

export const say = (es, en) => {
  status.textContent = english ? en : es;
};

/** Posts JSON; answers `undefined` when nobody could be reached, and says so. */
export const post = async (path, body, headers = {}) => {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': english ? 'en' : 'es',
        ...headers,
      },
      body: JSON.stringify(body),
    });
  } catch {
    say('No hay conexión. Inténtalo de nuevo.', 'No connection. Try again.');
    return undefined;
  }
};

/** Shows why something was refused: the first field that is wrong, or the whole. */
export const explain = ({ detail, errors }) => {
  const message = errors?.[0]?.message ?? detail;
  say(message, message);
};

/** Runs the work of a form once at a time. */
export const onSubmit = (form, work) =>
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      await work(Object.fromEntries(new FormData(form)));
    } finally {
      button.disabled = false;
    }
  });
