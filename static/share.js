// Part of the service worker: a film that is shared with the installed app from another one. It is put aside for the page, which takes it out and
// reads it; nothing of it is kept afterwards, and nothing is sent.
addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/share')) return;
  event.respondWith((async () => {
    const film = (await request.formData()).get('film');
    if (film instanceof Blob && film.size) {
      const cache = await caches.open('led-doctor-shared');
      await cache.put('./shared-film', new Response(film, { headers: { 'Content-Type': film.type } }));
    }
    return Response.redirect('./?shared', 303);
  })());
});
