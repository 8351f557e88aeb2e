// The finished site as a host serves it and a browser takes it.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { heldBack } from './support/host.mjs';
import { DIST, offlineReady, prepare, running, visit } from './support/site.mjs';
import { id, model, pad, tap } from './support/walk.mjs';

test('the app starts, silently and from its own origin alone', async (t) => {
  const { page } = await visit(t);
  assert.ok(await page.locator('h1').first().isVisible());
});

test('the pad counts when nothing but the page itself has arrived, and the program takes the taps over', async (t) => {
  const { page, url } = await prepare(t);
  const open = await heldBack(page, (asked) => asked.href !== url + model('outdoor'));
  await page.goto(url + model('outdoor'), { waitUntil: 'commit' });
  await pad(page).waitFor();
  await tap(page, [0, 3000]);
  assert.equal(await id(page, 'tap-count').innerText(), '2');
  assert.equal(await page.evaluate(() => customElements.get('led-doctor')), undefined);
  open();
  await running(page);
  const { taps } = await page.evaluate(() => document.querySelector('led-doctor').state);
  assert.equal(taps, 2);
});

test('every file is served with the type and the headers that browsers need', async (t) => {
  const { url } = await visit(t);
  const types = {
    html: 'text/html',
    js: 'text/javascript',
    css: 'text/css',
    json: 'application/json',
    wasm: 'application/wasm',
    webmanifest: 'application/manifest+json',
    svg: 'image/svg+xml',
    png: 'image/png',
  };
  const files = await readdir(DIST, { recursive: true, withFileTypes: true });
  for (const file of files) {
    const type = types[file.name.split('.').at(-1)];
    if (!file.isFile() || !type) continue;
    const path = `${file.parentPath ?? file.path}/${file.name}`.slice(DIST.length).replace(/^\//, '');
    const response = await fetch(url + path);
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get('content-type').split(';')[0], type, path);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff', path);
    const hashed = /\.[0-9a-f]{12}\./.test(path);
    assert.match(response.headers.get('cache-control'), hashed ? /immutable/ : /no-cache/, path);
  }
});

test('a first visit fetches each file once, and the big ones compressed', async (t) => {
  const seen = [];
  const { page, url } = await prepare(t);
  page.on('response', (response) => seen.push(response));
  await page.goto(url);
  await offlineReady(page);
  // Icons are fetched by the browser itself, for the tab and for installing.
  const urls = seen.map((response) => response.url()).filter((url) => !url.includes('/icons/'));
  assert.deepEqual(urls, [...new Set(urls)]);
  const wasm = seen.find((response) => response.url().endsWith('.wasm'));
  assert.equal((await wasm.allHeaders())['content-encoding'], 'br');
});

test('Chromium would install it', async (t) => {
  const { page, context } = await visit(t, { installs: true });
  const session = await context.newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors, []);
  const { errors, data } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  // The pictures that Android shows before it installs: a PNG names its size after 16 bytes.
  for (const { src, sizes } of JSON.parse(data).screenshots) {
    const bytes = await readFile(`${DIST}${src}`);
    assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
  }
});
