// The element on a help page of another origin, in what engines.test.mjs does not test in every browser engine: early taps, coming near,
// remembering, and what it leaves when it cannot continue.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { onPlan } from './support/cure.mjs';
import { ELEMENT, heard, hears, heldBack, helpPage } from './support/host.mjs';
import { recipe } from './support/recipes.mjs';
import { agree, answer, choose, id, openFix, pad, tap, tapWritten, verdict } from './support/walk.mjs';

const element = (page) => page.locator('led-doctor');
const running = async (page) => {
  await hears(page, 'ready');
  await pad(page).first().waitFor();
};

test('whoever finds no help is heard of as well, and sees the way to the people of the page', async (t) => {
  const body = ELEMENT.replace('</led-doctor>', '<p slot="contact">Ask <b>Acme</b></p></led-doctor>');
  const { page } = await helpPage(t, { body });
  await running(page);
  await id(page, 'choose').click();
  await page.locator('[data-testid=choice][data-signal=offline]').click();
  await agree(page);
  await answer(page, 'no');
  await id(page, 'support').click();
  await hears(page, 'unresolved');
  assert.ok(await page.getByText('Ask Acme').isVisible());
  await element(page).evaluate((element) => element.reset());
  await pad(page).waitFor();
  assert.equal(await page.getByText('Ask Acme').isVisible(), false);
});

test('taps made before the program is there are none the worse for it, and nothing moves', async (t) => {
  let open;
  const { page } = await helpPage(t, {
    before: async ({ page }) => {
      open = await heldBack(page, '**/*.wasm');
      await page.addInitScript(() => {
        globalThis.shift = 0;
        globalThis.pressed = [];
        addEventListener('pointerdown', ({ timeStamp }) => globalThis.pressed.push(timeStamp), true);
        new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => { globalThis.shift += value; })).observe({ type: 'layout-shift', buffered: true });
      });
    },
    body: `${ELEMENT}<p id="below">Below it</p>`,
    // The markup of a page that covers the moment before the script is there.
    head: `<style>${recipe(':not(:defined)', '')}</style>`,
  });
  await pad(page).waitFor();
  // To the pixel: layout counts in smaller parts.
  const places = async () => {
    const boxes = [await pad(page).boundingBox(), await page.locator('#below').boundingBox()];
    return boxes.map((box) => Object.values(box).map(Math.round));
  };
  const before = await places();
  await tap(page, [0, 3000]);
  assert.equal(await id(page, 'tap-count').innerText(), '2');
  assert.deepEqual(await heard(page), []);
  open();
  await running(page);
  assert.equal(await id(page, 'tap-count').innerText(), '2');
  const [first, second] = await heard(page, 'tap');
  const [began, next] = await page.evaluate(() => globalThis.pressed);
  assert.ok(first.at === 0 && Math.abs(second.at - (next - began)) < 1, 'the time of an early tap is its own');
  assert.deepEqual(await places(), before);
  assert.equal(await page.evaluate(() => globalThis.shift), 0);
});

for (const width of [600, 1000]) {
  test(`the space that a page reserves for it is the space that it takes, ${width} px wide`, async (t) => {
    const { page, ours } = await helpPage(t, {
      viewport: { width, height: 900 },
      body: `${ELEMENT}<p id="below">Below it</p>`,
      head: `<style>body { margin: 0 } ${recipe(':not(:defined)', '')}</style>`,
      script: () => '',
    });
    const below = async () => (await page.locator('#below').boundingBox()).y;
    const before = await below();
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('script'), { type: 'module', src })), `${ours}/led-doctor.js`);
    await pad(page).waitFor();
    assert.equal(await below(), before);
  });
}

test('a verdict that comes while somebody taps moves nothing under the finger', async (t) => {
  const { page } = await helpPage(t, { viewport: { width: 360, height: 640 } });
  await running(page);
  // As people scroll: the pad in view, the heading not.
  await pad(page).evaluate((pad) => pad.scrollIntoView({ block: 'end' }));
  const place = () => pad(page).evaluate((pad) => [scrollY, pad.getBoundingClientRect().top]);
  const before = await place();
  await tapWritten(page, '0 3 6 9');
  assert.equal(await verdict(page), 'offline');
  assert.deepEqual(await place(), before);
});

test('of presses without end as many count as an attempt may have, and the page stands', async (t) => {
  let open;
  const { page } = await helpPage(t, { before: async ({ page }) => { open = await heldBack(page, '**/*.wasm'); } });
  await pad(page).waitFor();
  await page.evaluate(() => {
    const pad = document.querySelector('led-doctor').shadowRoot.querySelector('[data-testid=tap-pad]');
    for (let nth = 0; nth < 5000; nth += 1) {
      for (const kind of ['pointerdown', 'pointerup']) pad.dispatchEvent(new PointerEvent(kind, { bubbles: true, composed: true, isPrimary: true, pointerId: 1 }));
    }
  });
  assert.equal(await id(page, 'tap-count').innerText(), '256');
  open();
  await hears(page, 'ready');
  assert.ok((await page.evaluate(() => document.querySelector('led-doctor').state)).taps <= 256);
  await id(page, 'restart').click();
  await pad(page).click();
  assert.equal(await id(page, 'tap-count').innerText(), '1');
});

test('a finger that is down when the program comes is let go of first', async (t) => {
  let open;
  const { page } = await helpPage(t, { before: async ({ page }) => { open = await heldBack(page, '**/*.wasm'); } });
  await pad(page).waitFor();
  const box = await pad(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  open();
  // The program is there and has opened the device.
  await page.waitForFunction(() => document.querySelector('led-doctor').state.model);
  assert.equal(await pad(page).count(), 1);
  assert.deepEqual(await heard(page), []);
  await page.mouse.up();
  await running(page);
  assert.equal(await id(page, 'tap-count').innerText(), '1');
});

const own = await readFile(new URL('../fixtures/own-pack.json', import.meta.url), 'utf8');
for (const [what, attributes, pads] of [
  ['a Dell', 'pack="dell" model="laptop"', 2],
  ['an HP', 'pack="hp" model="desktop"', 2],
  ["a device of the page's own", 'model="bell"', 1],
]) {
  test(`${what}, whose lights only the program knows, has no pad before it, and then as many as it needs`, async (t) => {
    let open;
    const { page } = await helpPage(t, {
      body: `<led-doctor ${attributes}></led-doctor>${pads === 1 ? `<script>document.querySelector('led-doctor').packData = ${own}</script>` : ''}`,
      before: async ({ page }) => { open = await heldBack(page, '**/*.wasm'); },
    });
    await page.waitForFunction(() => document.querySelector('led-doctor').state?.phase === 'loading');
    assert.ok(await element(page).locator('h1').last().isVisible());
    assert.equal(await pad(page).isVisible(), false);
    open();
    await running(page);
    assert.equal(await pad(page).count(), pads);
    await tap(page, pads === 2 ? [[0, 60, 1]] : [0]);
    assert.equal(await id(page, 'tap-count').innerText(), '1');
  });
}

test('what was tapped before the page named another device does not count for that one', async (t) => {
  let open;
  const { page } = await helpPage(t, { before: async ({ page }) => { open = await heldBack(page, '**/*.wasm'); } });
  await pad(page).waitFor();
  await tap(page, [0]);
  assert.equal(await id(page, 'tap-count').innerText(), '1');
  await element(page).evaluate((element) => element.setAttribute('model', 'mini'));
  assert.equal(await id(page, 'tap-count').innerText(), '0');
  open();
  await hears(page, 'ready');
  await page.waitForFunction(() => document.querySelector('led-doctor').state.model === 'mini');
  assert.deepEqual(await heard(page, 'tap'), []);
});

test('nobody who stays away downloads the program; whoever comes near gets it in time', async (t) => {
  const asked = [];
  const { page } = await helpPage(t, {
    body: `<div style="height: 4000px"></div>${ELEMENT}`,
    before: async ({ page }) => page.on('request', (request) => asked.push(request.url())),
  });
  await page.waitForFunction(() => document.querySelector('led-doctor').state?.phase === 'waiting');
  assert.equal(asked.filter((url) => /wasm|app\.|content/.test(url)).length, 0);
  await page.evaluate(() => scrollTo(0, 3000));
  await running(page);
  assert.equal(asked.filter((url) => url.endsWith('.wasm')).length, 1);
});

test('without "remember" nothing is left in the page\'s storage; with it the person comes back to where they were', async (t) => {
  const { page } = await helpPage(t);
  await running(page);
  await id(page, 'choose').click();
  await page.locator('[data-testid=choice][data-signal=offline]').click();
  await hears(page, 'verdict');
  assert.deepEqual(await page.evaluate(async () => [localStorage.length, sessionStorage.length, document.cookie, (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length]), [0, 0, '', 0, 0]);
  await element(page).evaluate((element) => element.setAttribute('remember', ''));
  await hears(page, 'ready', 2);
  assert.equal(await id(page, 'verdict').getAttribute('data-signal'), 'offline');
  await agree(page);
  const keys = await page.evaluate(() => Object.keys(localStorage));
  assert.ok(keys.length > 0 && keys.every((key) => key.startsWith('led-doctor:')), String(keys));
});

const REMEMBERS = ELEMENT.replace('<led-doctor ', '<led-doctor loading="eager" remember ');

test('a help page that remembers gives back the plan of its own device, and of no other', async (t) => {
  const { page, theirs } = await helpPage(t, { body: REMEMBERS });
  await running(page);
  await onPlan(page);
  await page.goto(theirs);
  await openFix(page).waitFor();
  // Another page of the same site is about another maker.
  await element(page).evaluate((element) => { element.outerHTML = '<led-doctor loading="eager" remember pack="ring"></led-doctor>'; });
  await hears(page, 'ready', 2);
  await id(page, 'device').first().waitFor();
  const packs = await id(page, 'device').evaluateAll((all) => [...new Set(all.map(({ dataset }) => dataset.pack))]);
  assert.deepEqual(packs, ['ring']);
  assert.equal(await id(page, 'resume').count(), 0);
});

test('two elements of one page that remember go on from each other', async (t) => {
  const { page, theirs } = await helpPage(t, { body: REMEMBERS });
  await running(page);
  await onPlan(page);
  await element(page).evaluate((element, another) => element.insertAdjacentHTML('afterend', another), REMEMBERS);
  await hears(page, 'ready', 2);
  const [one, other] = [0, 1].map((nth) => element(page).nth(nth));
  const boxes = (where) => openFix(where).locator('[data-testid=step] input');
  const checked = (where, nth) => boxes(where).nth(nth).and(page.locator(':checked')).waitFor();
  await boxes(one).nth(0).check();
  await checked(other, 0);
  await boxes(other).nth(1).check();
  await checked(one, 1);
  // What one of them forgets, the other does not bring back.
  await one.getByText('Delete what this page saved on this phone or computer').click();
  await one.getByTestId('forget').click();
  await other.getByTestId('device').first().waitFor();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

for (const [what, body, set] of [
  ['that nobody knows', '<led-doctor loading="eager" pack="nobody" model="outdoor"></led-doctor>'],
  ['of its own that is refused', '<led-doctor model="outdoor"></led-doctor>', { id: 'acme', model: { outdoor: {} } }],
]) {
  test(`a page that names a model of a pack ${what} gets no other maker's device of that name`, async (t) => {
    const { page } = await helpPage(t, { body });
    if (set) await element(page).evaluate((element, set) => { element.packData = set; return element.start(); }, set);
    await hears(page, 'ready');
    await id(page, 'pack-failed').waitFor();
    assert.equal(await pad(page).count(), 0);
    assert.equal((await heard(page, 'error'))[0].reason, 'pack');
    // A pack of the page's own takes the place of all others.
    assert.equal((await id(page, 'device').count()) > 0, !set);
  });
}

test('nor is whoever was at another device before led back to it there', async (t) => {
  const { page } = await helpPage(t, { body: REMEMBERS.replace('pack="blink" model="outdoor"', 'pack="ring"') });
  await hears(page, 'ready');
  await id(page, 'device').first().click();
  await pad(page).first().waitFor();
  await choose(page, 'setup');
  await hears(page, 'verdict');
  await element(page).evaluate((element) => { element.outerHTML = '<led-doctor loading="eager" remember pack="nobody" model="outdoor"></led-doctor>'; });
  await hears(page, 'ready', 2);
  await id(page, 'pack-failed').waitFor();
  await id(page, 'device').first().waitFor();
});

test('a page that names one device after the other gets the last one', async (t) => {
  const { page } = await helpPage(t, { body: ELEMENT.replace('<led-doctor ', '<led-doctor loading="eager" ') });
  await running(page);
  const open = await heldBack(page, '**/pack.hp.*');
  const name = (pack, model) => element(page).evaluate((element, [pack, model]) => { element.setAttribute('pack', pack); element.setAttribute('model', model); }, [pack, model]);
  const asked = page.waitForRequest(/pack\.hp\./);
  await name('hp', 'desktop');
  await asked;
  await name('blink', 'mini');
  open();
  await page.waitForFunction(() => document.querySelector('led-doctor').state.model === 'mini');
  await pad(page).waitFor();
});

test('what is left of a lost download is accessible', async (t) => {
  const { page, guard } = await helpPage(t, {
    before: async ({ page, guard }) => {
      guard.allow(/console\.|Failed to fetch/);
      await page.route('**/*.wasm', (route) => route.abort());
    },
  });
  await hears(page, 'error');
  assert.ok(await page.getByText('How to fix a flashing red light').isVisible());
  await axe(page);
});

test('a program that stops gives every element of the page its own words back', async (t) => {
  const { page, guard } = await helpPage(t, { body: (ELEMENT + ELEMENT).replaceAll('<led-doctor ', '<led-doctor loading="eager" ') });
  guard.allow(/unreachable/);
  await hears(page, 'ready', 2);
  await page.evaluate(() => {
    // Another program's trap does not concern the element.
    const other = new WebAssembly.RuntimeError('unreachable');
    other.stack = 'f@https://other.example/x.wasm:wasm-function[1]:0x1';
    dispatchEvent(new ErrorEvent('error', { error: other }));
  });
  assert.deepEqual(await heard(page, 'error'), []);
  await page.evaluate(() => { dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') })); });
  await hears(page, 'error', 2);
  assert.deepEqual((await heard(page, 'error')).map(({ reason }) => reason), ['stopped', 'stopped']);
  assert.equal(await page.getByText('How to fix a flashing red light').first().isVisible(), true);
  assert.equal(await element(page).first().evaluate((element) => element.start()), false);
});
