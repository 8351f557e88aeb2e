// A Chromium as a first-time visitor has it: nothing cached, nothing remembered. One browser serves a file of tests; each test has a
// separate context, with its own storage, cache and service workers.
import { chromium } from 'playwright-core';

const FLAGS = [
  // Containers give root no user namespaces, without which the sandbox does not start.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = process.env.CHROME_PATH;
if (!executablePath) throw new Error('CHROME_PATH names no browser; run the tests by: cargo xtask test e2e');

let browser;
let users = 0;
let idle;

// { context, close }, with an empty page. `options` are those of Playwright's context: viewport, colorScheme, hasTouch …; with
// `installs` it has a separate profile, without which nothing can be installed; with `args` it is started by them as well.
export const openBrowser = async ({ installs, args, ...options } = {}) => {
  if (installs || args) {
    const context = await chromium.launchPersistentContext('', { executablePath, args: [...FLAGS, ...(args ?? [])], headless: true, ...options });
    return { context, close: () => context.close() };
  }
  clearTimeout(idle);
  users += 1;
  browser ??= chromium.launch({ executablePath, args: FLAGS, headless: true });
  const context = await (await browser).newContext(options);
  await context.newPage();
  const close = async () => {
    await context.close();
    users -= 1;
    // The file ends when nothing keeps it: the next test of it, if there is one, begins in this very moment.
    if (users === 0) idle = setTimeout(async () => { const ended = await browser; browser = undefined; await ended.close(); }, 200);
  };
  return { context, close };
};
