// The ways that need no timing: every diagnosis by choosing, one by keys alone, one by clicks without a press.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visit } from './support/site.mjs';
import { agree, choose, id, model, pad, saw } from './support/walk.mjs';

// Of every model of every pack: crates/workbench/tests/plans.rs. Here, that the page offers what the session takes.
test('every diagnosis of a doorbell is reached without timing', async (t) => {
  const { page, url } = await visit(t, {});
  const path = model('doorbell');
  await page.goto(url + path);
  await id(page, 'choose').first().click();
  const signals = await id(page, 'choice').evaluateAll((all) => all.map((one) => one.dataset.signal));
  assert.ok(signals.length > 3, String(signals));
  for (const wanted of signals) {
    await page.locator(`[data-testid=choice][data-signal="${wanted}"]`).click();
    await saw(page, wanted);
    await id(page, 'agree').click();
    // To a plan or to "nothing is wrong", never to nowhere.
    await id(page, 'question').or(id(page, 'fix')).or(id(page, 'resolved')).first().waitFor();
    await id(page, 'start-over').click();
    await id(page, 'choose').first().click();
  }
});

test('from the choice of devices to a checked-off step by keys alone', async (t) => {
  const { page } = await visit(t);
  const focusOn = async (locator) => {
    await locator.first().waitFor();
    for (let tabs = 0; tabs < 60; tabs += 1) {
      if (await locator.first().evaluate((element) => element === element.getRootNode().activeElement)) return;
      await page.keyboard.press('Tab');
    }
    assert.fail('the Tab key does not lead there');
  };
  const press = async (locator, key = 'Enter') => {
    await focusOn(locator);
    await page.keyboard.press(key);
  };
  await press(page.locator('[data-testid=device][data-model=outdoor]'));
  await press(pad(page), 'Space');
  assert.equal(await id(page, 'tap-count').innerText(), '1', 'a key is one tap');
  await press(id(page, 'choose'));
  await press(page.locator('[data-testid=choice][data-signal=offline]'));
  await saw(page, 'offline');
  await press(id(page, 'agree'));
  await press(page.locator('[data-testid=answer][data-answer=yes]'));
  const box = page.locator('[data-testid=fix].is-open [data-testid=step] input').first();
  await press(box, 'Space');
  assert.equal(await box.isChecked(), true);
});

test('clicks that come without a press, as from a switch or a screen reader, count and are answered with the untimed way', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await pad(page).waitFor();
  await pad(page).evaluate((element) => element.click());
  assert.equal(await id(page, 'tap-count').innerText(), '1');
  assert.match(await id(page, 'settle').innerText(), /choosing/i);
});

test('a key that is held down is one tap', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await pad(page).focus();
  for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('Space');
  await page.keyboard.up('Space');
  assert.equal(await id(page, 'tap-count').innerText(), '1');
});

test('a key that is held while the focus leaves is let go of', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await pad(page).focus();
  await page.keyboard.down('Space');
  await page.locator('.pad.is-down').waitFor();
  await page.keyboard.press('Tab');
  await page.locator('.pad:not(.is-down)').waitFor();
  await page.keyboard.up('Space');
  assert.equal(await id(page, 'tap-count').innerText(), '1');
});

test('the browser\'s own way back leads back in the app', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await choose(page, 'offline');
  await agree(page);
  await id(page, 'question').waitFor();
  await page.goBack();
  await id(page, 'verdict').waitFor();
  await page.goBack();
  await id(page, 'choice').first().waitFor();
  await page.goBack();
  await pad(page).waitFor();
});

