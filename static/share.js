// Part of the service worker, beside what Workbox does.
//
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
