// A new version never takes over on its own, and takes over completely when it is accepted.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { copyOfDist, offlineReady, running, visit } from './support/site.mjs';

// Makes the site in `dir` a newer one: its page shows it.
const release = async (dir, version) => {
  const page = join(dir, 'index.html');
  const html = await readFile(page, 'utf8');
  await writeFile(page, html.replace(/<html[^>]*>/, `<html lang="en" data-version="${version}">`));
  for (const name of ['index.html', 'sw.js']) {
    for (const kind of ['br', 'gz']) await rm(join(dir, `${name}.${kind}`), { force: true });
  }
  await promisify(execFile)('node', ['tools/service-worker.mjs', dir]);
};

const version = (page) => page.evaluate(() => document.documentElement.dataset.version ?? 'first');
const updateReady = (page) => page.waitForFunction(() => document.documentElement.dataset.update === 'ready');
const accept = (page) => page.evaluate(() => window.dispatchEvent(new CustomEvent('led-doctor:accept-update')));
const becomes = async (page, wanted) => {
  await page.waitForFunction((wanted) => document.documentElement.dataset.version === wanted, wanted);
  await running(page);
};

test('a new version waits, says so, and runs once it is accepted', async (t) => {
  const dir = await copyOfDist();
  const { page } = await visit(t, { dir });
  await offlineReady(page);
  await release(dir, 'second');
  await page.reload();
  await running(page);
  assert.equal(await version(page), 'first');
  await updateReady(page);
  assert.equal(await version(page), 'first');
  await accept(page);
  await becomes(page, 'second');
});

test('a tab that saw the first visit takes a new version without being loaded anew before', async (t) => {
  const dir = await copyOfDist();
  const { page } = await visit(t, { dir });
  await offlineReady(page);
  await release(dir, 'second');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await updateReady(page);
  assert.equal(await version(page), 'first');
  await page.getByTestId('update-now').click();
  await becomes(page, 'second');
});

test('a second tab is not reloaded under its reader, but asked', async (t) => {
  const dir = await copyOfDist();
  const { page, context, url } = await visit(t, { dir });
  await offlineReady(page);
  const other = await context.newPage();
  await other.goto(url);
  await running(other);
  await release(dir, 'second');
  await page.reload();
  await running(page);
  await updateReady(page);
  await accept(page);
  await becomes(page, 'second');
  await updateReady(other);
  assert.equal(await version(other), 'first');
  await accept(other);
  await becomes(other, 'second');
});

test('after an update nothing of the old version is kept', async (t) => {
  const dir = await copyOfDist();
  const { page, server } = await visit(t, { dir });
  await offlineReady(page);
  await release(dir, 'second');
  await page.reload();
  await running(page);
  await updateReady(page);
  await accept(page);
  await becomes(page, 'second');
  const copies = await page.evaluate(async () => {
    const keys = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
    return keys.flat().filter(({ url }) => new URL(url).pathname === '/index.html').length;
  });
  assert.equal(copies, 1);
  await server.close();
  await page.reload();
  await becomes(page, 'second');
});

test('the worker of CONTRIBUTING takes itself and its caches away, and the app runs on without it', async (t) => {
  const dir = await copyOfDist();
  const { page } = await visit(t, { dir });
  await offlineReady(page);
  const text = await readFile(new URL('../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const [, script] = /### Removing the worker[\s\S]*?```js\n([\s\S]*?)```/.exec(text);
  for (const kind of ['br', 'gz']) await rm(join(dir, `sw.js.${kind}`), { force: true });
  await writeFile(join(dir, 'sw.js'), script);
  const loaded = page.waitForEvent('load');
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
  await loaded;
  await running(page);
  assert.deepEqual(await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('led-doctor'))), []);
});
