// What must outlive a cut connection, a reload, a killed tab and a day in the pocket.
import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { onPlan } from './support/cure.mjs';
import { copyOfDist, offlineReady, running, visit } from './support/site.mjs';
import { agree, answer, choose, id, model, openFix, pad, saw, startWait, tap } from './support/walk.mjs';

// A page whose clock the test turns, with a wait under way.
const waiting = async (t) => {
  const { page } = await visit(t);
  await page.clock.install();
  await page.goto(page.url() + model('outdoor'));
  await running(page);
  await onPlan(page);
  await startWait(page);
  return page;
};

const left = async (page) => Number(await id(page, 'countdown').first().getAttribute('data-left'));

test('with the server gone: tapping, verdict, plan, and another model', async (t) => {
  const { page, server, url } = await visit(t, { path: model('outdoor') });
  await offlineReady(page);
  await server.close();
  await page.reload();
  await running(page);
  await pad(page).waitFor();
  await tap(page, [0, 3000, 6000]);
  await saw(page, 'offline');
  await agree(page);
  await answer(page, 'no');
  assert.equal(await openFix(page).getAttribute('data-fix'), 'restart-router');
  await page.goto(url + model('mini'));
  await running(page);
  await page.getByTestId('steady').click();
  await answer(page, 'red');
  await saw(page, 'offline');
  await page.goto(url + model('pi-4', 'raspberry-pi'));
  await running(page);
  await pad(page).waitFor();
});

test('a countdown goes on by the wall clock over a reload', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await startWait(page);
  const before = await left(page);
  const at = Date.now();
  await page.reload();
  await id(page, 'countdown').first().waitFor();
  const after = await left(page);
  const gone = (Date.now() - at) / 1000;
  assert.ok(before - after <= gone + 1.5 && before - after >= 0, `${before} s, then ${after} s after ${gone} s`);
});

test('a countdown that was asleep for a day is over, and says so once', async (t) => {
  const page = await waiting(t);
  assert.ok((await left(page)) > 0);
  await page.clock.fastForward('24:00:00');
  // Its step is checked off, once, and what comes next is there to do.
  await openFix(page).locator('.is-past[data-step=dark] input:checked').waitFor();
  assert.match(await id(page, 'status').innerText(), /The wait is over/);
});

test('a killed tab comes back exactly there, with what was checked off', async (t) => {
  const { page, context, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  const box = (where) => where.locator('[data-testid=fix].is-open [data-testid=step] input').first();
  await box(page).check();
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await openFix(again).waitFor();
  assert.equal(await box(again).isChecked(), true);
  await id(again, 'start-over').click();
  assert.equal(await id(again, 'tap-count').innerText(), '0');
});

test('what was started over stays started over', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await pad(page).waitFor();
  await tap(page, [0, 700, 1400]);
  await page.reload();
  await page.waitForFunction(() => document.querySelector('led-doctor').state.taps === 3);
  await id(page, 'restart').click();
  await page.reload();
  await running(page);
  await pad(page).waitFor();
  assert.equal(await id(page, 'tap-count').innerText(), '0');
});

test('two tabs on one session do not overwrite each other', async (t) => {
  const { page, context, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  const other = await context.newPage();
  await other.goto(url);
  await openFix(other).waitFor();
  await page.locator('[data-testid=fix].is-open [data-testid=step] input').first().check();
  await openFix(other).locator('[data-testid=step] input:checked').waitFor();
});

test('a tab that was told nothing goes on from what the other one did', async (t) => {
  const { page, context, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  const other = await context.newPage();
  // As a frozen one: it receives no events of what others store.
  await other.addInitScript(() => addEventListener('storage', (event) => event.stopImmediatePropagation(), true));
  await other.goto(url);
  const boxes = (where) => openFix(where).locator('[data-testid=step] input');
  await boxes(other).first().waitFor();
  await id(other, 'all-steps').click();
  await boxes(page).nth(0).check();
  // What is pressed on a screen that is not so any more shows how it is, and does nothing else.
  await boxes(other).nth(1).click();
  await boxes(other).nth(0).and(other.locator(':checked')).waitFor();
  assert.equal(await boxes(other).nth(1).isChecked(), false);
  await boxes(other).nth(1).check();
  await page.reload();
  await boxes(page).first().waitFor();
  assert.deepEqual(await boxes(page).evaluateAll((all) => all.slice(0, 2).map(({ checked }) => checked)), [true, true]);
});

test('a countdown goes on when the clock is set back', async (t) => {
  const page = await waiting(t);
  await page.clock.runFor(5000);
  await page.clock.setSystemTime(Date.now() - 3_600_000);
  await page.clock.runFor(5000);
  const then = await left(page);
  await page.clock.runFor(5000);
  assert.ok((await left(page)) < then, `${await left(page)} s left, ${then} s before`);
});

test('denied storage: everything works, and it is said that nothing will be remembered', async (t) => {
  const { page, url, context } = await visit(t);
  await context.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get: () => { throw new DOMException('denied', 'SecurityError'); } });
  });
  await page.goto(url + model('outdoor'));
  await running(page);
  await pad(page).waitFor();
  await id(page, 'choose').first().click();
  await id(page, 'not-kept').waitFor();
  await page.locator('[data-testid=choice][data-signal=offline]').click();
  await agree(page);
  await answer(page, 'no');
  await openFix(page).waitFor();
  assert.equal(await id(page, 'not-kept').count(), 0, 'said once, not at every stage');
});

test('foreign and broken records are survived', async (t) => {
  const { page, url } = await visit(t);
  for (const record of ['{', 'null', '[]', '{"format":1}', '{"format":1,"stage":"plan","pack":"blink","model":"outdoor"}', '"x"']) {
    await page.evaluate((record) => {
      localStorage.setItem('led-doctor:session:1', record);
      localStorage.setItem('led-doctor:open', 'led-doctor:session:1');
    }, record);
    await page.goto(url);
    await running(page);
    await page.locator('[data-testid=device]').first().waitFor();
  }
});

test('"forget everything" leaves nothing behind', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  assert.notEqual(await page.evaluate(() => localStorage.length), 0);
  await page.getByText('Delete what this page saved on this phone or computer').click();
  await id(page, 'forget').click();
  await page.locator('[data-testid=device]').first().waitFor();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

test("the installed app's shortcuts lead to the pad, to the pictures, and to where one was", async (t) => {
  const { page, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await page.goto(`${url}?start=steps`);
  await openFix(page).waitFor();
  await page.goto(`${url}?start=pick`);
  await id(page, 'choice').first().waitFor();
  await page.goto(`${url}?start=tap`);
  await pad(page).waitFor();
});

test('a tab comes back to its own session, whatever another tab has opened since', async (t) => {
  const { page, context, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  const other = await context.newPage();
  await other.goto(url + model('mini'));
  await running(other);
  await pad(other).waitFor();
  await tap(other, [0]);
  // Now it is the one that was opened last of all.
  const opened = () => page.evaluate(() => localStorage.getItem('led-doctor:open'));
  const own = await page.evaluate(() => sessionStorage.getItem('led-doctor:open'));
  await other.waitForFunction((own) => localStorage.getItem('led-doctor:open') !== own, own);
  await page.goto(url);
  await openFix(page).waitFor();
  assert.equal((await page.evaluate(() => document.querySelector('led-doctor').state)).model, 'outdoor');
  assert.notEqual(await opened(), null);
});

test('a shortcut counts once: a reload over a plan that was begun by it keeps the plan', async (t) => {
  const { page } = await visit(t, { path: `${model('outdoor')}&start=tap` });
  await onPlan(page);
  await page.reload();
  await openFix(page).waitFor();
});

test('two apps in two folders of one host do not know of each other', async (t) => {
  const dir = await copyOfDist();
  const whole = await copyOfDist();
  await cp(whole, join(dir, 'b'), { recursive: true });
  const { page, url, context } = await visit(t, { dir, path: model('outdoor') });
  await onPlan(page);
  const other = await context.newPage();
  await other.goto(`${url}b/`);
  await running(other);
  await other.locator('[data-testid=device]').first().waitFor();
  assert.equal(await other.locator('[data-testid=resume]').count(), 0, 'nothing was begun here');
  await other.goto(`${url}b/${model('mini')}`);
  await running(other);
  await pad(other).waitFor();
  await tap(other, [0, 700]);
  await other.waitForFunction(() => localStorage.getItem('led-doctor:/b/:open'));
  await other.reload();
  await other.waitForFunction(() => document.querySelector('led-doctor').state?.taps === 2);
  // What is deleted in the one is deleted there alone.
  await page.getByText('Delete what this page saved on this phone or computer').click();
  await id(page, 'forget').click();
  await page.locator('[data-testid=device]').first().waitFor();
  const keys = await page.evaluate(() => Object.keys(localStorage));
  assert.ok(keys.length > 0 && keys.every((key) => key.startsWith('led-doctor:/b/:')), keys.join());
});

test('a page whose wasm has stopped says so, and coming back goes on', async (t) => {
  const { page, guard } = await visit(t, { path: model('outdoor') });
  guard.allow(/unreachable/);
  await onPlan(page);
  // What the browser reports of a trap, simulated: a real one cannot be caused.
  await page.evaluate(() => {
    dispatchEvent(new ErrorEvent('error', { error: new WebAssembly.RuntimeError('unreachable') }));
  });
  await page.locator('.never[data-when=failed]').waitFor();
  await page.reload();
  await openFix(page).waitFor();
  assert.equal(await page.locator('.never[data-when=failed]').isVisible(), false);
});
