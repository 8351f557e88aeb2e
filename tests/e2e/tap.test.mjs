// The tests' own hand: what it claims to tap is what the page gets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tapAt } from './support/tap.mjs';
import { visit } from './support/site.mjs';

for (const touch of [false, true]) {
  test(`taps by ${touch ? 'finger' : 'mouse'} arrive when they were meant to`, async (t) => {
    const { page } = await visit(t, { hasTouch: touch });
    await page.evaluate(() => {
      window.seen = [];
      const note = (event) => event.isTrusted && window.seen.push(event.timeStamp);
      document.addEventListener('pointerdown', note, { capture: true });
    });
    const times = [100, 400, 700, [1500, 2000], 2300];
    await tapAt(page, page.locator('h1').first(), times, { touch });
    const seen = await page.evaluate(() => window.seen);
    assert.equal(seen.length, times.length);
    const starts = times.map((time) => (Array.isArray(time) ? time[0] : time));
    starts.forEach((start, index) => {
      const late = seen[index] - seen[0] - (start - starts[0]);
      assert.ok(Math.abs(late) < 60, `tap ${index} is ${late} ms off`);
    });
  });
}
