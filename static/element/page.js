// The app's own page: the first help page that the element was put into. The build writes this, with the element, into the
// page itself, so that the pad takes taps before any other file has arrived.
/* global SPOKEN: the tags of the languages besides English, filled in by the build. */
const { documentElement: html } = document;
const element = document.querySelector('led-doctor');
// What the keys of all that is remembered begin with: two apps in two folders of one host do not know of each other.
const { pathname } = new URL('.', location);
html.dataset.keys = `led-doctor:${pathname === '/' ? '' : `${pathname}:`}`;
// The person's own choice, else the first of the browser's languages that is spoken here: pt-br, then pt.
let chosen = null;
try { chosen = localStorage.getItem(`${html.dataset.keys}lang`); } catch { /* then the browser's languages count */ }
const kinds = (tag) => (tag ? [tag, ...kinds(tag.replace(/-?[^-]*$/, ''))] : []);
const lang = [...(chosen ? [chosen] : navigator.languages), 'en'].flatMap((tag) => kinds(tag.toLowerCase())).find((tag) => tag === 'en' || SPOKEN.includes(tag));
element.lang = lang;
if (lang !== 'en') {
  html.lang = lang;
  document.querySelector('[rel=manifest]').href = `manifest.${lang}.webmanifest`;
  // No word of another language is seen until then; the pad is, and takes taps.
  html.dataset.words = 'coming';
  const inks = ['--led-doctor-ink', '--led-doctor-quiet'];
  for (const ink of inks) element.style.setProperty(ink, 'transparent');
  const put = ([dir, label, round, ...words]) => {
    html.dir = dir;
    // The same for a choice in the foot: see language.js.
    for (const one of document.querySelectorAll('[data-word]')) Object.assign(one, { lang, textContent: round[one.dataset.word] });
    const first = element.shadowRoot.querySelector('.first');
    // The program may be quicker.
    if (!first) return;
    Object.assign(first, { lang, dir });
    first.querySelector('.pad').ariaLabel = label;
    const texts = document.createTreeWalker(first, NodeFilter.SHOW_TEXT);
    for (const text of words) texts.nextNode().data = text;
  };
  fetch(`./first.${lang}.txt`).then((response) => response.ok && response.json()).then((words) => words && element.lang === lang && put(words), () => {}).finally(() => {
    delete html.dataset.words;
    inks.forEach((ink) => element.style.removeProperty(ink));
  });
}
const asked = new URLSearchParams(location.search);
const wanted = { pack: asked.get('pack'), model: asked.get('model'), 'data-start': asked.get('start') ?? location.hash.slice(1) };
for (const name of Object.keys(wanted)) if (wanted[name]) element.setAttribute(name, wanted[name]);
// A case from another phone: read, and continued once the person agrees.
const [, packed] = location.hash.split('#case=');
if (packed !== undefined) import('./handover.js').then(({ open }) => open(packed)).catch(console.error);
// Where a link or a shortcut begins counts once: a reload continues where the person was.
if (wanted['data-start']) {
  asked.delete('start');
  history.replaceState(null, '', `${location.pathname}?${asked}`.replace(/\?$/, ''));
}

// Last, so that it never delays the first tap. `cargo xtask dist` fills in the names; `cargo xtask dev` has no worker.
const keepOffline = () => import('./pwa.js').catch((reason) => console.info('LED Doctor is not kept offline here:', reason));

element.addEventListener('led-doctor:ready', () => {
  html.dataset.app = 'running';
  keepOffline();
}, { once: true });
element.addEventListener('led-doctor:error', ({ detail }) => {
  // A pack that could not be loaded is reported by the interface itself.
  if (detail.reason === 'pack') return;
  // The style sheet shows the help that is meant for this case.
  html.dataset.app = 'failed';
  console.error(detail.message);
  // It looks whether a kept file is broken (static/worker.js).
  const { serviceWorker: worker } = navigator;
  worker?.controller?.postMessage('heal');
  worker?.addEventListener('message', async ({ data }) => {
    if (!data.healed) return;
    // Past what the browser itself remembers of them.
    await Promise.all(data.healed.map((path) => fetch(path, { cache: 'reload' })));
    location.reload();
  });
  keepOffline();
});
