// Tapping along with a Blink light leads to its meaning: real presses at real times.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { visit } from './support/site.mjs';
import { agree, answer, fixes, id, model, pad, saw, tap, verdict } from './support/walk.mjs';

const onPad = async (t, name, options) => {
  const { page } = await visit(t, { path: model(name), ...options });
  await pad(page).first().waitFor();
  return page;
};

// Most of this is waiting for a light, so it is done side by side: each has its own page.
describe('a Blink light is tapped along with', { concurrency: 2 }, () => {
  test('a flash every three seconds is a lost connection, and the internet elsewhere orders the plan', async (t) => {
    const page = await onPad(t, 'outdoor');
    const begun = Date.now();
    await tap(page, [0, 3000, 6000]);
    await saw(page, 'offline');
    assert.ok(Date.now() - begun < 12_500, 'it stops by itself within two intervals of the third tap');
    await agree(page);
    await answer(page, 'no');
    const cut = await fixes(page);
    await id(page, 'triage-change').click();
    await answer(page, 'yes');
    const works = await fixes(page);
    assert.equal(cut[0], 'restart-router');
    assert.notEqual(works[0], 'restart-router');
    assert.notDeepEqual(cut, works);
  });

  test('one flash and then dark is motion: nothing is wrong', async (t) => {
    const page = await onPad(t, 'outdoor');
    await tap(page, [0]);
    await saw(page, 'motion', 12_000);
    await agree(page);
    await id(page, 'resolved').waitFor();
    assert.equal(await id(page, 'fix').count(), 0);
  });

  test('one flash and "it has stopped" is motion at once', async (t) => {
    const page = await onPad(t, 'outdoor');
    await tap(page, [0]);
    await id(page, 'stopped').click();
    await saw(page, 'motion', 1000);
  });

  for (const flashes of [5, 6]) {
    test(`${flashes} quick flashes after the blue light are the batteries`, async (t) => {
      const page = await onPad(t, 'outdoor');
      await tap(page, Array.from({ length: flashes }, (_, nth) => nth * 500));
      await id(page, 'stopped').click();
      if ((await page.getByTestId('verdict').count()) === 0) await answer(page, 'yes');
      await saw(page, 'battery-low');
      await agree(page);
      assert.match((await fixes(page))[0], /batter/);
    });
  }

  test('five long flashes and then a short one every three seconds is starting up', async (t) => {
    const page = await onPad(t, 'outdoor');
    const long = [0, 1500, 3000, 4500, 6000].map((at) => [at, at + 850]);
    await tap(page, [...long, 9000, 12_000, 15_000]);
    await saw(page, 'starting');
  });

  test('a Mini that is lit red all the time is offline, with its own steps', async (t) => {
    const page = await onPad(t, 'mini');
    await page.getByTestId('steady').click();
    await answer(page, 'red');
    await saw(page, 'offline');
    await agree(page);
    await answer(page, 'yes');
    const steps = await page.locator('[data-testid=step]').evaluateAll((all) => all.map((step) => step.dataset.step));
    assert.ok(steps.includes('mini-unplug'), `its own steps: ${steps}`);
    assert.ok(!steps.includes('batteries-in'), 'a Mini has no batteries');
  });

  test('a doorbell that blinks red is ready for setup', async (t) => {
    const page = await onPad(t, 'doorbell');
    await tap(page, [0, 1000, 2000, 3000, 4000, 5000]);
    if ((await id(page, 'verdict').count()) === 0) await answer(page, 'red');
    await saw(page, 'pairing');
  });

  for (const [blinks, signal] of [['green', 'offline'], ['blue', 'pairing']]) {
    test(`a Sync Module whose ${blinks} light blinks is: ${signal}`, async (t) => {
      const page = await onPad(t, 'sync-module');
      await tap(page, [0, 1000, 2000, 3000, 4000, 5000]);
      await answer(page, blinks);
      await saw(page, signal);
    });
  }

  for (const [what, times] of [
    ['random tapping', [0, 430, 2330, 2610, 4900, 5450, 5700, 7900, 8200, 9900, 10_300, 12_000, 12_250, 14_400]],
    ['a steady two a second', Array.from({ length: 16 }, (_, nth) => nth * 500)],
  ]) {
    test(`${what} is none of the codes, with the two nearest and a way on`, async (t) => {
      const page = await onPad(t, 'outdoor');
      await tap(page, times);
      if ((await id(page, 'verdict').count()) === 0) await id(page, 'stopped').click();
      if ((await id(page, 'verdict').count()) === 0) await answer(page, 'unsure');
      assert.match(await verdict(page), /none|undecided/);
      assert.equal(await id(page, 'choice').count(), 2);
      await id(page, 'deny').click();
      await id(page, 'again').click();
      await pad(page).first().waitFor();
      assert.equal(await id(page, 'tap-count').innerText(), '0');
    });
  }

  test('the count, undo and start over follow every tap', async (t) => {
    const page = await onPad(t, 'outdoor');
    await tap(page, [0, 700]);
    assert.equal(await id(page, 'tap-count').innerText(), '2');
    await id(page, 'undo').click();
    assert.equal(await id(page, 'tap-count').innerText(), '1');
    await id(page, 'restart').click();
    assert.equal(await id(page, 'tap-count').innerText(), '0');
  });

  test('a finger taps like a mouse', async (t) => {
    const page = await onPad(t, 'outdoor', { hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });
    await tap(page, [0, 3000, 6000], { touch: true });
    await saw(page, 'offline');
  });
});
