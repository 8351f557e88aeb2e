// The way from the open pad to the first thing to do, by a finger on a phone: how many decisions it takes, that nothing moves under the finger, and
// that the verdict is announced by vibration, sound and voice at once.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { running, visit } from './support/site.mjs';
import { id, model, openFix, pad, saw } from './support/walk.mjs';
import { tapAt } from './support/tap.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

test('every touch of the lower half of the screen is a tap, and nothing moves for it', async (t) => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 844, height: 390 }, { width: 320, height: 568 }]) {
    const { page } = await visit(t, { ...PHONE, viewport, path: model('outdoor') });
    await pad(page).waitFor();
    const { x, y, width, height } = await pad(page).boundingBox();
    assert.ok(y <= 0.52 * viewport.height || width < viewport.width / 2 + 40, `the pad begins at ${y} of ${viewport.height}`);
    const inset = 12;
    const places = [[x + inset, y + inset], [x + width - inset, y + inset], [x + inset, Math.min(y + height, viewport.height) - inset], [x + width - inset, Math.min(y + height, viewport.height) - inset], [x + width / 2, y + height / 2]];
    for (const [nth, place] of places.entries()) {
      await page.touchscreen.tap(...place);
      await page.waitForFunction((taps) => document.querySelector('led-doctor').state.taps === taps, nth + 1);
    }
    assert.deepEqual(await pad(page).boundingBox(), { x, y, width, height });
  }
});

test('from the pad to the first step it takes two decisions; nothing moves until the verdict, which is felt, heard and said together', async (t) => {
  const { page, context } = await visit(t, PHONE);
  await context.addInitScript(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput }) => globalThis.shifts.push([hadRecentInput, value]))).observe({ type: 'layout-shift', buffered: true });
    globalThis.said = {};
    const note = (what) => { globalThis.said[what] ??= performance.now(); };
    navigator.vibrate = (pattern) => { if (Array.isArray(pattern)) note('felt'); return true; };
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (...at) { if (globalThis.taps) note('heard'); return start.apply(this, at); };
    addEventListener('led-doctor:ready', ({ target }) => {
      new MutationObserver(() => {
        const root = target.shadowRoot;
        if (root.querySelector('[data-testid=verdict]')) note('seen');
        if (/connected/i.test(root.querySelector('[data-testid=status]')?.textContent ?? '')) note('announced');
      }).observe(target.shadowRoot, { subtree: true, childList: true, characterData: true });
    });
  });
  await page.goto(page.url() + model('outdoor'));
  await running(page);
  await id(page, 'sound').click();
  await page.evaluate(() => { globalThis.taps = true; globalThis.shifts = []; });
  await tapAt(page, pad(page), [0, 3000, 6000], { touch: true });
  await saw(page, 'offline');
  const began = await page.evaluate(() => performance.now());
  const [said, moved] = await page.evaluate(() => [globalThis.said, globalThis.shifts.reduce((sum, [, value]) => sum + value, 0)]);
  assert.equal(moved, 0, 'from the first tap to the verdict');
  const first = Math.min(...Object.values(said));
  t.diagnostic(`ms after the first of them: ${Object.entries(said).map(([what, at]) => `${what} ${(at - first).toFixed(0)}`).join(', ')}`);
  assert.deepEqual(Object.keys(said).sort(), ['announced', 'felt', 'heard', 'seen']);
  const decisions = [id(page, 'agree'), page.locator('[data-testid=answer]').first()];
  for (const decision of decisions) {
    await decision.waitFor();
    await decision.tap();
  }
  await openFix(page).getByTestId('step-done').first().waitFor();
  t.diagnostic(`from the verdict to the first step: ${((await page.evaluate(() => performance.now())) - began).toFixed(0)} ms, ${decisions.length} decisions`);
  // A press of one's own that changes the stage is expected to.
  const all = await page.evaluate(() => globalThis.shifts.reduce((sum, [isExpected, value]) => sum + (isExpected ? 0 : value), 0));
  assert.ok(all <= 0.02, `${all} over the walk`);
});
