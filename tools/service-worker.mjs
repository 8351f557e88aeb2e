// Writes sw.js: the whole site in one precache, navigation answered from it first.
//
// Workbox is kept by people who know this trade; what is set here is only what this app promises.
// node tools/service-worker.mjs <site>
import { generateSW } from 'workbox-build';
import { join } from 'node:path';

const [site] = process.argv.slice(2);
if (!site) throw new Error('usage: node tools/service-worker.mjs <site>');

const { count, size, warnings } = await generateSW({
  globDirectory: site,
  globPatterns: ['**/*'],
  // Compressed copies are the server's choice, and _headers is the host's.
  globIgnores: ['sw.js', '_headers', '**/*.br', '**/*.gz'],
  // Hashed names need no revision of their own.
  dontCacheBustURLsMatching: /\.[0-9a-f]{12}\.[a-z]+$/,
  swDest: join(site, 'sw.js'),
  cacheId: 'led-doctor',
  // Any navigation, `?pack=…` included, is the one page: offline by construction, not by fallback.
  navigateFallback: 'index.html',
  cleanupOutdatedCaches: true,
  // "Works offline" is true at once after the first visit …
  clientsClaim: true,
  // … but a new version never takes over in the middle of a diagnosis: it waits until it is accepted.
  skipWaiting: false,
  inlineWorkboxRuntime: true,
  sourcemap: false,
  mode: 'production',
});
if (warnings.length > 0) throw new Error(`the site cannot be kept offline as a whole:\n${warnings.join('\n')}`);
console.log(`service worker: ${count} files, ${size} bytes kept offline`);
