// The app's own page: the first help page that the element was put into. The build writes this, with the element, into the
// page itself, so that the pad takes taps before any other file has arrived.
const { documentElement: html } = document;
const element = document.querySelector('led-doctor');
const asked = new URLSearchParams(location.search);
for (const name of ['pack', 'model', 'data-start']) {
  const value = asked.get(name.replace('data-', ''));
  if (value) element.setAttribute(name, value);
}

// Last, so that it never delays the first tap. `cargo xtask dist` fills in the names; `cargo xtask dev` has no worker.
const keepOffline = () => import('./pwa.js').catch((reason) => console.info('LED Doctor is not kept offline here:', reason));

element.addEventListener('led-doctor:ready', () => {
  html.dataset.app = 'running';
  keepOffline();
}, { once: true });
element.addEventListener('led-doctor:error', ({ detail }) => {
  // A pack that could not be loaded is said by the interface itself.
  if (detail.reason === 'pack') return;
  // The style sheet shows the help that is meant for this case.
  html.dataset.app = 'failed';
  console.error(detail.message);
  keepOffline();
});
