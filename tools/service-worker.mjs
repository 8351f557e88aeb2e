// Writes sw.js: the whole site in one precache, navigation answered from it first.
//
// Workbox is kept by people who know this trade; what is set here is only what this app promises.
// node tools/service-worker.mjs <site>
import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSW } from 'workbox-build';

const [site] = process.argv.slice(2);
if (!site) throw new Error('usage: node tools/service-worker.mjs <site>');

const hashed = async (name) => createHash('sha256').update(await readFile(join(site, name)));

// With its hash a file is kept only if it is the very one of this version, even while a host is being updated; and
// it is the hash that makes Workbox put back a file that the browser has dropped.
const withIntegrity = async (entries) => ({
  manifest: await Promise.all(
    entries.map(async (entry) => ({ ...entry, integrity: `sha256-${(await hashed(entry.url)).digest('base64')}` })),
  ),
});

// English is kept for everybody. Another language is kept once it is chosen (static/language.js asks for all of it then): a file that has
// its hash never changes.
const files = await readdir(site);
const others = Object.keys(JSON.parse(await readFile(join(site, files.find((name) => name.startsWith('translated.'))), 'utf8')));
const ofOthers = others.map((lang) => `content/*.${lang}.*.json`);

const { count, size, warnings } = await generateSW({
  globDirectory: site,
  globPatterns: ['**/*'],
  // Compressed copies are the server's choice, and _headers is the host's. What help pages take is no part of the app,
  // and the checker is for who writes packs.
  globIgnores: ['sw.js', '_headers', '**/*.br', '**/*.gz', 'led-doctor.js', 'led-doctor.*.js', 'led-doctor-*.js', 'led-doctor-check_bg.*', ...ofOthers, 'embed*', 'embed/**', 'models/**', 'oembed/**', 'THIRD-PARTY.txt', 'sbom.cdx.json', 'privacy.html', 'accessibility.html', 'check.*.js', 'worker.*.js', 'manifest.*.webmanifest', 'screenshots/**'],
  // Hashed names need no revision.
  dontCacheBustURLsMatching: /\.[0-9a-f]{12}\.[a-z]+$/,
  manifestTransforms: [withIntegrity],
  swDest: join(site, 'sw.js'),
  // What the worker does beside keeping files: it takes films that are shared with the app, and replaces kept files that are broken.
  importScripts: [files.find((name) => /^worker\..*\.js$/.test(name))],
  cacheId: 'led-doctor',
  // The app is one page, whatever follows its `?`, and that page is kept. No other navigation is answered with it: the pages
  // for help pages (embed/, embed.html) are beside it, and they are not the app.
  ignoreURLParametersMatching: [/.*/],
  cleanupOutdatedCaches: true,
  runtimeCaching: [
    {
      urlPattern: /\/content\/[^/]+\.[0-9a-f]{12}\.json$/,
      handler: 'CacheFirst',
      options: { cacheName: 'led-doctor-languages', expiration: { maxEntries: 120 }, cacheableResponse: { statuses: [200] } },
    },
  ],
  // "Works offline" is true at once after the first visit …
  clientsClaim: true,
  // … but a new version never takes over in the middle of a diagnosis: it waits until it is accepted.
  skipWaiting: false,
  inlineWorkboxRuntime: true,
  sourcemap: false,
  mode: 'production',
});
const page = (await hashed('index.html')).digest('hex');
await appendFile(join(site, 'sw.js'), `\nself.PAGE_HASH='${page}';\n`);
if (warnings.length > 0) throw new Error(`the site cannot be kept offline as a whole:\n${warnings.join('\n')}`);
console.log(`service worker: ${count} files, ${size} bytes kept offline`);
