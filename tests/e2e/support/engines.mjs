// Chromium, Firefox and WebKit, each as { page, close }. Of a page the shared checks need what Playwright and Puppeteer
// have in common: goto, reload, evaluate(function, argument), and a mouse to move, press and lift. WebKit is given the same.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer from 'puppeteer-core';
import { Builder, Capabilities } from 'selenium-webdriver';
import { waitForServer } from 'selenium-webdriver/http/util.js';
import { openBrowser } from './browser.mjs';

const SIZE = { width: 390, height: 844 };

const named = (variable) => {
  const path = process.env[variable];
  if (!path) throw new Error(`${variable} names no program; run the tests by: cargo xtask test e2e`);
  return path;
};

const chromium = async () => {
  const { context, close } = await openBrowser({ viewport: SIZE });
  return { page: context.pages()[0], close };
};

const firefox = async () => {
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath: named('FIREFOX_PATH'), headless: true, defaultViewport: SIZE });
  return { page: await browser.newPage(), close: () => browser.close() };
};

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
};

// It has no headless mode, so it gets its own screen; and its own home, deleted afterwards.
const webkit = async () => {
  const home = await mkdtemp(join(tmpdir(), 'led-doctor-webkit-'));
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await Promise.race([once(screen.stdio[3], 'data'), once(screen, 'exit').then(() => { throw new Error('Xvfb did not start; try: Xvfb :99'); })]);
  const port = await freePort();
  const driver = spawn(named('WEBKIT_DRIVER'), [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      DISPLAY: `:${String(display).trim()}`,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      // No session bus and no graphics card: it looks for neither.
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      NO_AT_BRIDGE: '1',
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
      LIBGL_ALWAYS_SOFTWARE: '1',
    },
  });
  const ended = [driver, screen].map((one) => [one, once(one, 'exit')]);
  const url = `http://127.0.0.1:${port}`;
  await waitForServer(url, 30_000);
  const session = await new Builder().usingServer(url).withCapabilities(new Capabilities({ browserName: 'MiniBrowser' })).build();
  await session.manage().window().setRect({ x: 0, y: 0, ...SIZE });
  // It takes one thing at a time from its driver.
  let last = Promise.resolve();
  const hand = (move) => (last = last.then(() => move(session.actions()).perform()));
  const page = {
    goto: (url) => session.get(url),
    reload: () => session.navigate().refresh(),
    evaluate: (what, argument = null) => session.executeScript(`return (${what})(...arguments)`, argument),
    mouse: {
      move: (x, y) => hand((by) => by.move({ x: Math.round(x), y: Math.round(y), duration: 0 })),
      down: () => hand((by) => by.press()),
      up: () => hand((by) => by.release()),
    },
  };
  const close = async () => {
    await session.quit();
    for (const [one, gone] of ended) {
      one.kill();
      await gone;
    }
    await rm(home, { recursive: true, force: true, maxRetries: 3 });
  };
  return { page, close };
};

export const ENGINES = { Chromium: chromium, Firefox: firefox, WebKit: webkit };
