// A Chromium as a first-time visitor has it: fresh profile, nothing cached, nothing remembered.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

// { context, close }. `options` are those of Playwright's context: viewport, colorScheme, hasTouch …
export const openBrowser = async (options = {}) => {
  // Thrown away afterwards: a service worker of one test must not answer in the next.
  const profile = await mkdtemp(join(tmpdir(), 'led-doctor-profile-'));
  const context = await chromium.launchPersistentContext(profile, { executablePath, args: FLAGS, headless: true, ...options });
  const close = async () => {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 3 });
  };
  return { context, close };
};
