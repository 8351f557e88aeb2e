// How long until a tap counts, on a slow phone: slow 4G and a quarter of this machine's speed. Prints what it measured and
// judges nothing: site.test.mjs holds that the pad needs no other file.
import { test } from 'node:test';
import { helpPage } from './support/host.mjs';
import { prepare } from './support/site.mjs';
import { model } from './support/walk.mjs';

const SLOW_4G = { offline: false, latency: 150, downloadThroughput: (1.6 * 1024 * 1024) / 8, uploadThroughput: (0.75 * 1024 * 1024) / 8 };

// A machine that does other things as well is late now and then.
const VISITS = 3;

// Somebody who presses the pad as often as they can, from the first moment.
const impatient = () => {
  const press = () => {
    const root = document.querySelector('led-doctor')?.shadowRoot;
    const pad = root?.querySelector('[data-testid=tap-pad]');
    if (pad?.getBoundingClientRect().width) {
      pad.click();
      if (Number(root.querySelector('[data-testid=tap-count]').textContent) > 0) {
        globalThis.accepted = performance.now();
        return;
      }
    }
    setTimeout(press, 5);
  };
  press();
};

const slowly = async (page) => {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', SLOW_4G);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(impatient);
};

const measured = async (page) => {
  await page.waitForFunction(() => globalThis.accepted && performance.getEntriesByName('first-contentful-paint').length);
  return page.evaluate(() => ({
    accepted: Math.round(globalThis.accepted),
    painted: Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime),
  }));
};

test('the app', async (t) => {
  for (let visit = 0; visit < VISITS; visit += 1) {
    const { page, url } = await prepare(t, { viewport: { width: 390, height: 844 } });
    await slowly(page);
    await page.goto(url + model('outdoor'), { waitUntil: 'commit' });
    const { accepted, painted } = await measured(page);
    t.diagnostic(`app: first accepted tap ${accepted} ms after navigation, first paint ${painted} ms`);
  }
});

test('the element on a help page', async (t) => {
  const { page } = await helpPage(t, { before: ({ page }) => slowly(page) });
  const { accepted, painted } = await measured(page);
  const arrived = await page.evaluate(() => Math.round(performance.getEntriesByType('resource').find(({ name }) => name.endsWith('/led-doctor.js')).responseEnd));
  t.diagnostic(`help page: first accepted tap ${accepted} ms after navigation, first paint ${painted} ms, script ${arrived} ms`);
});
