// Part of the service worker, beside what Workbox does.

// A film that is shared with the installed app from another one is put aside for the page, which takes it out and reads it. Other sites
// may not put one here.
addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/share')) return;
  event.respondWith((async () => {
    try {
      const from = request.headers.get('Sec-Fetch-Site') ?? 'none';
      const film = /^(none|same-origin)$/.test(from) && (await request.formData()).get('film');
      if (film instanceof Blob && film.size) {
        const cache = await caches.open('led-doctor-shared');
        await cache.put('./shared-film', new Response(film, { headers: { 'Content-Type': film.type } }));
        return Response.redirect('./?shared', 303);
      }
    } catch { /* too large to be kept, or no form: the app opens all the same */ }
    return Response.redirect('./', 303);
  })());
});

// The languages that were chosen before go with the new version: their files have new names, and without a network there would be none.
addEventListener('install', (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open('led-doctor-languages');
    const old = (await cache.keys()).map(({ url }) => /\.([a-z-]+)\.[0-9a-f]{12}\.json$/.exec(url)?.[1]);
    const kept = [...new Set(old)].filter((lang) => lang && lang !== 'en');
    if (!kept.length) return;
    const get = async ([name, integrity]) => {
      const url = new URL(name, location);
      const response = await fetch(url, { integrity });
      if (response.ok) await cache.put(url, response.clone());
      return response.json();
    };
    const all = await (await fetch(new URL('./translated.json', location))).json();
    for (const lang of kept.filter((lang) => all[lang])) {
      const { words, packs, later } = all[lang];
      const [, , { packs: shelves }] = await Promise.all([get(words), get(later), get(packs)]);
      await Promise.all(shelves.map(({ file, pin }) => get([`./content/${file}`, pin])));
    }
  })().catch(() => { /* the next visit with a network gets them */ }));
});

// A file is named after the first twelve digits of the SHA-256 of its bytes (xtask/src/dist/names.rs). The page itself is not: the build
// writes its hash into the worker (tools/service-worker.mjs).
const HASHED = /\.([0-9a-f]{12})\.[a-z]+$/;
const PAGE = /\/index\.html$/;
const wanted = ({ pathname }) => (PAGE.test(pathname) ? self.PAGE_HASH : HASHED.exec(pathname)?.[1]);

const hash = async (response) => {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

// Replaces kept files with wrong bytes, and reports which. Only right bytes replace wrong ones; without a network all
// stays as it is.
const heal = async (which) => {
  const healed = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith('led-doctor')) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const url = new URL(request.url);
      // Another app of this host has another worker.
      const right = url.href.startsWith(registration.scope) && which.test(url.pathname) && wanted(url);
      if (!right) continue;
      const isRight = async (response) => (await hash(response)).startsWith(right);
      if (await isRight(await cache.match(request))) continue;
      const fresh = await fetch(url.pathname, { cache: 'reload' }).catch(() => undefined);
      if (!fresh?.ok || !(await isRight(fresh.clone()))) continue;
      await cache.put(request, fresh);
      healed.push(url.pathname);
    }
  }
  return healed;
};

// The page reports that the app did not start; it restarts if that is of use.
addEventListener('message', (event) => {
  if (event.data === 'heal') event.waitUntil(heal(/./).then((healed) => healed.length && event.source.postMessage({ healed })));
});

// A page that is itself broken cannot report it.
addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  event.waitUntil((async () => {
    await event.handled?.catch(() => {});
    if (!(await heal(PAGE)).length) return;
    // It may not be there yet, on a busy machine for some seconds.
    for (let times = 0; times < 100; times += 1) {
      const client = await clients.get(event.resultingClientId);
      if (client && (await client.navigate(client.url).then(() => true, () => false))) return;
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  })().catch(() => { /* nothing can be done about it */ }));
});
