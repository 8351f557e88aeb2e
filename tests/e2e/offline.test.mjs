// After one visit the app needs no network, and loses nothing that it cannot get back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offlineReady, prepare, running, visit } from './support/site.mjs';

const kept = (page) =>
  page.evaluate(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('led-doctor'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().map(({ url }) => new URL(url).pathname);
  });

test('one visit keeps every file that the page names', async (t) => {
  const { page } = await visit(t);
  await offlineReady(page);
  const paths = await kept(page);
  const named = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
  for (const path of ['/index.html', ...named.filter((path) => path !== '/sw.js')]) {
    assert.ok(paths.includes(path), `${path} is not kept; kept are ${paths.join(', ')}`);
  }
});

test('with the server gone the app starts again, by any link to it', async (t) => {
  const { page, server, url } = await visit(t);
  await offlineReady(page);
  await server.close();
  await page.reload();
  await running(page);
  for (const link of ['?pack=blink', '?pack=blink&model=x', '?start=steps', '?utm=1#a', 'index.html']) {
    await page.goto(url + link);
    await running(page);
  }
});

test('the pages for help pages, which stand beside the app, are not answered with the app', async (t) => {
  const { page, url, guard } = await visit(t);
  // The message of a browser that cannot share.
  guard.allow(/Unrecognized feature: 'web-share'/);
  await offlineReady(page);
  await page.goto(`${url}embed/`);
  assert.notEqual(await page.title(), 'LED Doctor');
  await page.locator('led-doctor, iframe').first().waitFor();
  await page.goto(`${url}embed.html?pack=blink&model=mini`);
  await page.locator('led-doctor[pack=blink][model=mini]').waitFor();
  assert.ok(!(await kept(page)).some((path) => /led-doctor(-[\d.]+|\.[0-9a-f]+)?\.js$/.test(path)), 'what only help pages take is not kept');
});

test('a browser that dropped the files but kept the worker gets them back', async (t) => {
  const { page, server, guard } = await visit(t);
  // What the page does not ask for, such as icons, comes back with the next version only.
  guard.allow(/icons\//);
  await offlineReady(page);
  await page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
  await page.reload();
  await running(page);
  const isBack = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith('led-doctor'));
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    const paths = keys.flat().map(({ url }) => new URL(url).pathname);
    return ['index.html', '.wasm', '.js', '.css', '.json'].every((end) => paths.some((path) => path.endsWith(end)));
  };
  await page.waitForFunction(isBack);
  await server.close();
  await page.reload();
  await running(page);
});

test('a worker that is never ready troubles nobody', async (t) => {
  const { page, context } = await visit(t);
  await context.addInitScript(() => Object.defineProperty(ServiceWorkerContainer.prototype, 'ready', { get: () => Promise.reject(new DOMException('refused', 'SecurityError')) }));
  // The guard reports what is not caught.
  await page.reload();
  await running(page);
  await page.locator('[data-testid=device]').first().click();
});

test('a first visit that breaks off half-way leaves the next one whole', async (t) => {
  const { page, url, guard, server } = await prepare(t);
  guard.allow(/\.wasm|Failed to fetch/);
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(url);
  await page.waitForFunction(() => document.documentElement.dataset.app === 'failed');
  await page.unroute('**/*.wasm');
  await page.reload();
  await running(page);
  await offlineReady(page);
  await server.close();
  await page.reload();
  await running(page);
});

test('a kept file whose bytes are wrong is fetched anew, the page itself as well', async (t) => {
  for (const kind of ['.wasm', '/app.', '/index.html']) {
    const { page, guard } = await visit(t);
    guard.allow(/integrity|Failed|could not be loaded|digest|preload/i);
    await offlineReady(page);
    await page.evaluate(async (kind) => {
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const good = await cache.match(request);
          if (request.url.includes(kind)) await cache.put(request, new Response('rubbish', { headers: good.headers }));
        }
      }
    }, kind);
    await page.reload();
    await running(page);
  }
});
