// A visit: the finished site served on a free port, a fresh browser, and the guard.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { start } from '../../../tools/serve.mjs';
import { openBrowser } from './browser.mjs';
import { Guard } from './guard.mjs';

export const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

// { page, context, guard, server, url } with an empty page, all ended with the test `t`. `dir` is which site; the rest
// goes to the browser: viewport, colorScheme, hasTouch …
export const prepare = async (t, { dir = DIST, ...options } = {}) => {
  const server = await start({ dir });
  const { context, close } = await openBrowser(options);
  // The browser first: a page that outlives its server complains.
  t.after(close);
  t.after(server.close);
  const guard = new Guard(context, new URL(server.url).origin);
  // Hooks run in the order of their making: this one speaks after all is closed.
  t.after(() => guard.check());
  const [page] = context.pages();
  return { page, context, guard, server, url: server.url };
};

// The same with the app running, opened by `path`.
export const visit = async (t, { path = '', ...options } = {}) => {
  const visit = await prepare(t, options);
  await visit.page.goto(visit.url + path);
  await running(visit.page);
  return visit;
};

// Resolves once the interface is in the page.
export const running = (page) => page.waitForFunction(() => document.documentElement.dataset.app === 'running');

// Resolves once every byte is kept on the device.
export const offlineReady = (page) => page.waitForFunction(() => document.documentElement.dataset.offline === 'ready');

// Removed when the file of tests ends: a server may still be reading when its test does.
const copies = [];
after(() => Promise.all(copies.map((dir) => rm(dir, { recursive: true, force: true }))));

// A copy of the site that a test may change.
export const copyOfDist = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'led-doctor-site-'));
  copies.push(dir);
  await cp(DIST, dir, { recursive: true });
  return dir;
};
