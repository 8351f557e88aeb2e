// One pad: the one before the program is there and the program's own make the same of the same events; and what a press and a
// moment of waiting cost in drawing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { heldBack } from './support/host.mjs';
import { prepare, running, visit } from './support/site.mjs';
import { id, model, pad, tap } from './support/walk.mjs';

const { cases } = JSON.parse(await readFile(new URL('./pad-events.json', import.meta.url), 'utf8'));

// Sends the events with their own time stamps, which the browser would not let a script choose.
const send = (page, events) =>
  pad(page).evaluate((pad, events) => {
    for (const [type, at, more = {}] of events) {
      const Kind = /^pointer|click/.test(type) ? PointerEvent : /^key/.test(type) ? KeyboardEvent : FocusEvent;
      const event = new Kind(type, { bubbles: type !== 'blur', composed: true, cancelable: true, isPrimary: true, ...more });
      Object.defineProperty(event, 'timeStamp', { value: at });
      pad.dispatchEvent(event);
    }
  }, events);
const state = async (page) => ({
  taps: Number(await id(page, 'tap-count').innerText()),
  down: await pad(page).evaluate((pad) => pad.classList.contains('is-down')),
});

test('the pad before the program makes of events what the table says', async (t) => {
  const { page, url } = await prepare(t);
  await heldBack(page, (asked) => asked.href !== url + model('outdoor'));
  for (const { name, events, taps, down } of cases) {
    await page.goto(url + model('outdoor'), { waitUntil: 'commit' });
    await pad(page).waitFor();
    await page.waitForFunction(() => document.querySelector('led-doctor').state);
    await send(page, events);
    assert.deepEqual(await state(page), { taps, down }, name);
  }
});

test("the program's pad makes of events what the table says", async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  for (const [nth, { name, events: written, taps, down }] of cases.entries()) {
    // One after the other: a page's clock does not go back.
    const events = written.map(([type, at, more]) => [type, 1e5 * (nth + 1) + at, more]);
    await pad(page).waitFor();
    await send(page, events);
    await page.waitForFunction((taps) => document.querySelector('led-doctor').state.taps === taps, taps);
    assert.deepEqual(await state(page), { taps, down }, name);
    if (down) await send(page, [['pointerup', events.at(-1)[1] + 100]]);
    if (taps) await id(page, 'restart').click();
    await page.waitForFunction(() => document.querySelector('led-doctor').state.taps === 0);
  }
});

// How often the document changed, by moments: what is changed together counts once.
const watchChanges = (page) =>
  page.evaluate(() => {
    globalThis.changes = 0;
    globalThis.writes = 0;
    new MutationObserver(() => { globalThis.changes += 1; })
      .observe(document.querySelector('led-doctor').shadowRoot, { subtree: true, childList: true, attributes: true, characterData: true });
    const { setItem, getItem } = Storage.prototype;
    Storage.prototype.setItem = function (...args) { globalThis.writes += 1; return setItem.apply(this, args); };
    globalThis.during = 0;
    const count = (name, original) => function (...args) { if (globalThis.pressing) globalThis.during += 1; return original.apply(this, args); };
    Storage.prototype.getItem = count('getItem', getItem);
    JSON.stringify = count('stringify', JSON.stringify);
    JSON.parse = count('parse', JSON.parse);
  });

test('a press draws once and its end once, stores once after both, and neither reads, parses nor writes anything before', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await tap(page, [0]);
  await page.waitForFunction(() => document.querySelector('led-doctor').state.taps === 1);
  await watchChanges(page);
  await pad(page).evaluate(async (pad) => {
    const settled = () => new Promise((resolve) => { setTimeout(() => requestAnimationFrame(() => setTimeout(resolve, 0)), 0); });
    const event = (type) => {
      globalThis.pressing = true;
      pad.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, isPrimary: true }));
      globalThis.pressing = false;
    };
    globalThis.counts = [];
    for (const type of ['pointerdown', 'pointerup']) {
      const before = [globalThis.changes, globalThis.writes];
      event(type);
      await settled();
      globalThis.counts.push([globalThis.changes - before[0], globalThis.writes - before[1]]);
    }
  });
  const [[down, downWrites], [up, upWrites]] = await page.evaluate(() => globalThis.counts);
  assert.equal(down, 1, 'drawn once for the press');
  assert.equal(downWrites, 0, 'nothing is stored while the finger is down');
  // A whole second may end in between, and with it a line that counts seconds.
  assert.ok(up >= 1 && up <= 2, `drawn ${up} times for its end`);
  // The session; and once, for the tab and for the tabs to come, which one is open.
  assert.ok(upWrites >= 1 && upWrites <= 3, `stored once: ${upWrites} writes`);
  assert.equal(await page.evaluate(() => globalThis.during), 0, 'nothing is read, parsed or written on the way of a press');
});

test('a pad that loses its focus while nothing is held draws nothing: the button that takes it stays under the finger', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await tap(page, [0, 600]);
  await watchChanges(page);
  const changes = await pad(page).evaluate(async (pad) => {
    pad.focus();
    await new Promise((done) => setTimeout(done));
    globalThis.changes = 0;
    pad.blur();
    await new Promise((done) => setTimeout(done));
    return globalThis.changes;
  });
  assert.equal(changes, 0);
});

test('time that passes and changes nothing on the screen draws nothing', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await tap(page, [0, 700, 1400, 2100]);
  await watchChanges(page);
  const since = Date.now();
  await page.waitForTimeout(3000);
  const changes = await page.evaluate(() => globalThis.changes);
  // Ten ticks a second; what is drawn changes by the second at most. A busy machine takes longer than it was asked to.
  const seconds = (Date.now() - since) / 1000;
  assert.ok(changes <= seconds + 1, `${changes} changes in ${seconds} s`);
});

test('on its side a phone has the pad beside the words, and not over them', async (t) => {
  const { page } = await visit(t, { path: model('doorbell'), viewport: { width: 640, height: 360 } });
  await pad(page).waitFor();
  const { x } = await pad(page).boundingBox();
  for (const box of await page.locator('.bench-top > *, .says button').evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right))) {
    assert.ok(box <= x, `${box} reaches into the pad, which begins at ${x}`);
  }
});
