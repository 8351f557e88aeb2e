// Makes the scripts and styles of a built site small, in place: the program's script becomes one file with what it is made of,
// Workbox's part and the notifications go into the script that uses them, and the first screen with its script and style into the page.
//
// node tools/minify.mjs <site> [folder]: the folder of what tools/element.mjs made; target/element/ when left out
import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { build, transform } from 'esbuild-wasm';

const [site, made = fileURLToPath(new URL('../target/element/', import.meta.url))] = process.argv.slice(2);
if (!site) throw new Error('usage: node tools/minify.mjs <site> [folder]');
const at = (name) => join(site, name);

const TARGET = ['chrome102', 'firefox102', 'safari16'];
const small = { outdir: site, allowOverwrite: true, bundle: true, target: TARGET, minify: true, legalComments: 'none', logLevel: 'warning' };
// The worker takes it by importScripts, beside its own names.
await build({ ...small, entryPoints: [at('worker.js')], format: 'iife' });
await build({
  ...small,
  entryPoints: ['app.js', 'check.js', 'film.js', 'handover.js', 'pwa.js'].map(at),
  // A separate program stays one: what is imported on demand.
  external: ['./*.wasm', './handover.js', './film.js'],
  format: 'esm',
});
for (const name of ['workbox-window.prod.mjs', 'led-doctor.js', 'led-doctor-check.js', 'led-doctor-film.js', 'languages.js', 'notify.js', 'senses.js', 'history.js', 'files.js', 'install.js', 'language.js', 'playing.js', 'window.js']) await rm(at(name));
// What other languages have for themselves: the first screen's words, and the script that help pages take.
await cp(join(made, 'first'), site, { recursive: true });
// The name by which help pages know it.
await rename(at('element.js'), at('led-doctor.js'));

const once = (html, from, to) => {
  if (html.split(from).length !== 2) throw new Error(`index.html does not hold ${from} once`);
  return html.replace(from, () => to);
};
const style = await transform(await readFile(at('page.css'), 'utf8'), { loader: 'css', minify: true, target: TARGET });
const script = await readFile(at('page.js'), 'utf8');
if (/<\/script|<!--/i.test(script)) throw new Error('page.js holds words that end a script');
let html = await readFile(at('index.html'), 'utf8');
html = once(html, '<link rel="stylesheet" href="page.css">', `<style>${style.code.trim()}</style>`);
html = once(html, '</led-doctor>', `${await readFile(join(made, 'first.html'), 'utf8')}</led-doctor>`);
html = once(html, '<script src="page.js"></script>', `<script>${script.trim()}</script>`);
await writeFile(at('index.html'), html.replace(/<!--[\s\S]*?-->\s*/g, ''));
for (const name of ['page.css', 'page.js']) await rm(at(name));
