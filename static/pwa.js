// Keeps the app offline and up to date: registers the service worker and reports its state to the page.
//
// The page and this file speak by events on `window`:
//   led-doctor:offline-ready   (from here) everything is kept on this device; `detail.first` on the visit that did it
//   led-doctor:update-ready    (from here) a newer version lies ready and waits
//   led-doctor:accept-update   (to here)   the person wants it now: it takes over and the page is reloaded, once
//   led-doctor:card            (to here)   the printed card of a device is shown; `led-doctor:address-ready` answers
// The last report stays readable for late listeners: <html data-offline="ready" data-update="ready">.
import './notify.js';
import './senses.js';
import './history.js';
import './install.js';
import './language.js';
import { Workbox } from './workbox-window.prod.mjs';

// A whole case is handed to another phone by a separate window, which is fetched on demand. A browser
// that cannot compress offers nothing.
if ('CompressionStream' in window && 'HTMLDialogElement' in window) {
  document.documentElement.dataset.handOver = 'can';
  addEventListener('led-doctor:hand-over', async ({ detail }) => (await import('./handover.js')).show(detail));
}

// The printed card shows the address of the app as a QR code. Where it cannot be made, the card has none.
addEventListener('led-doctor:card', async ({ detail }) => {
  const { address } = await import('./handover.js');
  document.documentElement.dataset.address = address(detail);
  dispatchEvent(new Event('led-doctor:address-ready'));
});

// The light is filmed in a separate window, where there are windows.
if ('HTMLDialogElement' in window) {
  document.documentElement.dataset.film = 'can';
  const film = () => import('./film.js');
  addEventListener('led-doctor:film', async () => (await film()).open());
  // One was shared with the installed app (static/worker.js). It waits for this visit alone.
  if (new URLSearchParams(location.search).has('shared')) {
    history.replaceState(null, '', location.pathname);
    film().then(({ came }) => came());
  } else globalThis.caches?.delete('led-doctor-shared').catch(() => {});
}

// Only a finished site has a worker, and only there the names of files contain the hash of their bytes.
const finished = /\.[0-9a-f]{12}\.js$/.test(import.meta.url);
const WORKER = './sw.js';
const BETWEEN_CHECKS = 15 * 60 * 1000;

const say = (name, fact, detail) => {
  document.documentElement.dataset[fact] = 'ready';
  window.dispatchEvent(new CustomEvent(`led-doctor:${name}`, { detail }));
};

// The one script address that the page's Trusted Types let through.
const trusted = (url) => {
  if (!window.trustedTypes) return url;
  const refuse = (asked) => {
    if (asked !== WORKER) throw new TypeError(`${asked} is not the service worker`);
    return asked;
  };
  return window.trustedTypes.createPolicy('led-doctor', { createScriptURL: refuse }).createScriptURL(url);
};

const keepOffline = async () => {
  const workbox = new Workbox(trusted(WORKER), { updateViaCache: 'none' });
  let accepted = false;
  let superseded = false;
  const worker = navigator.serviceWorker;
  const first = !worker.controller;
  let controlled = !first;

  workbox.addEventListener('waiting', () => say('update-ready', 'update'));
  // Not by Workbox, which hears of it only from registering on, and to which nothing is an update in a tab that saw the first visit.
  worker.addEventListener('controllerchange', () => {
    if (accepted) return void location.reload();
    if (!controlled) return void (controlled = true);
    // Another tab accepted: this one may be in the middle of something, so it is asked as well.
    superseded = true;
    say('update-ready', 'update');
  });
  window.addEventListener('led-doctor:accept-update', () => {
    if (accepted) return;
    accepted = true;
    if (superseded) location.reload();
    else workbox.messageSkipWaiting();
  });

  // An active worker has kept every file: that is what its installation is. Asked in this way rather than by its events,
  // which a page misses that is reloaded during the installation.
  worker.ready.then(() => say('offline-ready', 'offline', { first }), () => {});
  // Waits for `load`, unless that is over, so that the precache never competes with the first visit itself.
  await workbox.register();

  // Phones resume an app for weeks without ever reloading it.
  let checked = Date.now();
  const resumed = () => {
    if (document.visibilityState !== 'visible' || Date.now() - checked < BETWEEN_CHECKS) return;
    checked = Date.now();
    // Offline is no failure here: the next resume asks again.
    workbox.update().catch(() => {});
  };
  document.addEventListener('visibilitychange', resumed);
  window.addEventListener('pageshow', resumed);
};

if (finished && 'serviceWorker' in navigator) {
  // Refused in some private windows; the app itself works all the same, so no message is shown.
  keepOffline().catch((reason) => console.info('LED Doctor is not kept offline here:', reason));
}
