// After a press of a button that disappears, the focus goes where it led, and not back to the top of the page.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onPlan } from './support/cure.mjs';
import { visit } from './support/site.mjs';
import { agree, answer, choose, id, model, nextStep, openFix, pad } from './support/walk.mjs';

// What has the focus inside the element, in a few words.
const focused = (page) =>
  page.evaluate(() => {
    const on = document.querySelector('led-doctor').shadowRoot.activeElement;
    return on && [on.dataset.testid ?? on.localName, on.closest('[data-fix]')?.dataset.fix].filter(Boolean).join(' of ');
  });
const comesTo = (page, wanted) =>
  page.waitForFunction((wanted) => {
    const on = document.querySelector('led-doctor').shadowRoot.activeElement;
    return [on?.dataset.testid ?? on?.localName, on?.closest('[data-fix]')?.dataset.fix].filter(Boolean).join(' of ') === wanted;
  }, wanted);
const press = async (page, button) => {
  await button.focus();
  await page.keyboard.press('Enter');
};
const answered = (page, value) => press(page, page.locator(`[data-testid=answer][data-answer="${value}"]`));

test('on the pad', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await pad(page).focus();
  await page.keyboard.press('Space');
  await press(page, id(page, 'undo'));
  await comesTo(page, 'tap-pad');
  await page.keyboard.press('Space');
  await press(page, id(page, 'restart'));
  await comesTo(page, 'tap-pad');
  assert.equal(await id(page, 'tap-count').innerText(), '0');
});

test('in a plan: its question, a wait, the next fix', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await pad(page).waitFor();
  await choose(page, 'offline');
  await agree(page);
  await answered(page, 'no');
  await comesTo(page, 'fix-title of restart-router');
  await press(page, id(page, 'triage-change'));
  await comesTo(page, 'h1');
  await answered(page, 'no');
  await comesTo(page, 'fix-title of restart-router');
  await nextStep(page);
  await press(page, openFix(page).locator('.is-current').getByTestId('wait-start'));
  await comesTo(page, 'countdown of restart-router');
  // A second press of the same key is meant for what was there.
  await page.keyboard.press('Enter');
  assert.ok(Number(await id(page, 'countdown').first().getAttribute('data-left')) > 0);
  await press(page, openFix(page).getByTestId('look-now'));
  await press(page, openFix(page).getByTestId('outcome-same'));
  await openFix(page).and(page.locator(':not([data-fix=restart-router])')).waitFor();
  const next = await openFix(page).getAttribute('data-fix');
  await comesTo(page, `fix-title of ${next}`);
});

test('in a fix that loses something', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await page.locator('[data-testid=fix][data-fix=re-add] [data-testid=fix-title]').click();
  await press(page, id(page, 'agree-loss').first());
  await comesTo(page, 'input of re-add');
});

test('the card, and the way back from it', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await press(page, id(page, 'support'));
  await comesTo(page, 'h1');
  await press(page, id(page, 'card-wanted'));
  await page.locator('[data-stage=card]').waitFor();
  await comesTo(page, 'h1');
  await press(page, id(page, 'back'));
  await page.locator('[data-stage=support]').waitFor();
  await comesTo(page, 'h1');
});

test('what has the focus and stays keeps it', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  const box = openFix(page).locator('[data-testid=step] input').first();
  await box.focus();
  await page.keyboard.press('Space');
  assert.equal(await box.isChecked(), true);
  assert.match(await focused(page), /^input of /);
});
