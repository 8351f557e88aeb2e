// Makes the scripts and styles of a built site small, in place, and puts Workbox's part into the script that uses it.
//
// node tools/minify.mjs <site>
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild-wasm';

const [site] = process.argv.slice(2);
if (!site) throw new Error('usage: node tools/minify.mjs <site>');

const entryPoints = (await readdir(site)).filter((name) => /\.(js|css)$/.test(name)).map((name) => join(site, name));
await build({
  entryPoints,
  outdir: site,
  allowOverwrite: true,
  bundle: true,
  // Each file stays a file: they are fetched side by side, and boot.js before the others.
  external: ['./*.js', './*.wasm', './*.svg', './*.png'],
  format: 'esm',
  // The oldest browsers that have all the rest that the page needs.
  target: ['chrome102', 'firefox102', 'safari16'],
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
});
await rm(join(site, 'workbox-window.prod.mjs'));
