// The app did not start. Where a kept file has other bytes than its name says, it is dropped and the page loaded anew, once: the
// worker then fetches the file from the network.
//
// A file is named after the first twelve digits of the SHA-256 of its bytes (xtask/src/dist/names.rs).
const HASHED = /\.([0-9a-f]{12})\.[a-z]+$/;
const TRIED = 'led-doctor:healed';

const hash = async (response) => {
  const digest = await crypto.subtle.digest('SHA-256', await response.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};

// Whether any kept file was wrong. Each is fetched past what the browser remembers of it, too.
const dropped = async () => {
  let any = false;
  for (const name of await caches.keys()) {
    if (!name.startsWith('led-doctor')) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const [, wanted] = HASHED.exec(new URL(request.url).pathname) ?? [];
      const response = wanted && (await cache.match(request));
      if (!response || (await hash(response)).startsWith(wanted)) continue;
      await cache.delete(request);
      await fetch(request.url, { cache: 'reload' });
      any = true;
    }
  }
  return any;
};

// What cannot be fetched again is kept as it is: without a network nothing gets better. The worker's own script is the one
// file that no cache answers.
const online = () => fetch('./sw.js', { cache: 'no-store' }).then(({ ok }) => ok, () => false);

if (!sessionStorage.getItem(TRIED) && (await online()) && (await dropped())) {
  sessionStorage.setItem(TRIED, 'yes');
  location.reload();
}
