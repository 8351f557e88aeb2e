// The cure of a light: looking at it again, agreeing to a loss, and waits that end gently.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onPlan } from './support/cure.mjs';
import { running, visit } from './support/site.mjs';
import { agree, answer, choose, id, lookAgain, model, nextStep, openFix, outcome, pad, saw, startWait, tap } from './support/walk.mjs';

const fix = (page, name) => page.locator(`[data-testid=fix][data-fix="${name}"]`);
const isOpen = (page, name) => page.locator(`[data-testid=fix].is-open[data-fix="${name}"]`).waitFor();
const lookedAgain = async (page) => {
  await lookAgain(page);
  await pad(page).waitFor();
  assert.match(await id(page, 'before').innerText(), /Before, the light said/);
};
const reported = async (page) => {
  await id(page, 'support').click();
  return id(page, 'report').innerText();
};

test('tapping the same light again after a fix says that it did not help, and opens the next', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await lookedAgain(page);
  await tap(page, [0, 3000, 6000]);
  await saw(page, 'offline');
  assert.match(await id(page, 'looked-again').innerText(), /same/);
  await agree(page);
  await isOpen(page, 'restart-camera');
  assert.match(await fix(page, 'restart-router').innerText(), /did not help/);
  // Back is where one was before the light was looked at again.
  await id(page, 'back').click();
  await id(page, 'verdict').waitFor();
  assert.equal(await id(page, 'looked-again').count(), 0);
});

test('a light that rests after a fix is right again', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await lookedAgain(page);
  await page.getByTestId('dark').click();
  await answer(page, 'yes');
  await saw(page, 'idle');
  assert.match(await id(page, 'looked-again').innerText(), /It is fixed/);
  await agree(page);
  await id(page, 'resolved').waitFor();
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /good again/i);
});

test('another light after a fix begins its own diagnosis, and the report keeps all of it', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await lookedAgain(page);
  await choose(page, 'battery-low');
  assert.match(await id(page, 'looked-again').innerText(), /something else/);
  await agree(page);
  await isOpen(page, 'batteries');
  const text = await reported(page);
  const expected = [/Not connected/, /Batteries running out/, /Restart the internet box: the light changed/, /Begun: Put in fresh batteries/];
  assert.deepEqual(expected.filter((part) => !part.test(text)), [], text);
  // Below the summary.
  const places = expected.map((part) => text.slice(text.indexOf('\n- ')).search(part));
  assert.deepEqual(places, [...places].sort((a, b) => a - b), 'in the order in which it happened');
});

test('a light that is only starting up is given time: the fix stays open', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await lookedAgain(page);
  await choose(page, 'starting');
  assert.match(await id(page, 'looked-again').innerText(), /starting/);
  await agree(page);
  await isOpen(page, 'restart-router');
});

test('what the light does can be said instead, also where tapping led to nothing', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await lookedAgain(page);
  await tap(page, [0, 430, 2330, 2610]);
  await id(page, 'stopped').click();
  if ((await id(page, 'verdict').count()) === 0) await answer(page, 'unsure');
  await id(page, 'outcome-fixed').click();
  await id(page, 'resolved').waitFor();
});

test('a tab that is killed while the light is looked at again goes on with that', async (t) => {
  const { page, context, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await lookedAgain(page);
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await id(again, 'before').waitFor();
  await again.getByTestId('dark').click();
  await answer(again, 'yes');
  assert.match(await id(again, 'looked-again').innerText(), /It is fixed/);
});

test('what will be lost is said and agreed to before the steps that lose it are shown, and the report says so', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await fix(page, 're-add').getByTestId('fix-title').click();
  const steps = () => openFix(page).getByTestId('step').evaluateAll((all) => all.map((step) => step.dataset.step));
  await isOpen(page, 're-add');
  assert.deepEqual(await steps(), ['loss']);
  assert.equal(await openFix(page).locator('input').count(), 0, 'nothing can be checked off in passing');
  await id(page, 'agree-loss').click();
  await openFix(page).locator('[data-step=delete] input').check();
  assert.ok((await steps()).includes('delete'));
  assert.match(await reported(page), /Agreed: The camera's settings will be lost/);
});

// On the plan, with all of its steps in sight.
const onAll = async (page) => {
  await onPlan(page);
  await id(page, 'all-steps').click();
};
// A page whose clock the test moves, on the plan.
const withClock = async (t, options = {}) => {
  const { page, context, ...rest } = await visit(t, options);
  await page.clock.install();
  await page.goto(page.url() + model('outdoor'));
  await running(page);
  await onAll(page);
  return { page, context, ...rest };
};
const waits = (page) => openFix(page).getByTestId('wait-start');
const leftIs = (page, left) => page.locator(`[data-testid=countdown][data-left="${left}"]`).waitFor();

test('several waits run at once, and each that ends is said by what comes next, in the title as well', async (t) => {
  const { page } = await withClock(t);
  const title = await page.title();
  await waits(page).first().click();
  await page.clock.runFor(10_000);
  await waits(page).first().click();
  await page.clock.runFor(21_000);
  await leftIs(page, 0);
  assert.match(await id(page, 'status').innerText(), /The wait is over: Plug them in again/);
  assert.equal(await page.title(), `The wait is over - ${title}`);
  const other = Number(await id(page, 'countdown').nth(1).getAttribute('data-left'));
  assert.ok(other > 30 && other <= 40, `the other one has ${other} s left of 60`);
  await openFix(page).locator('[data-step=dark] + li input').check();
  assert.equal(await page.title(), title, 'whoever goes on has heard it');
  assert.equal(await id(page, 'status').innerText(), '');
  await page.clock.runFor(40_000);
  assert.match(await id(page, 'status').innerText(), /The wait is over: Look at its light again/);
});

test('a wait that was cut short can be begun again, and rings for nobody', async (t) => {
  const { page } = await withClock(t);
  const title = await page.title();
  await waits(page).first().click();
  await id(page, 'wait-skip').click();
  await leftIs(page, 0);
  assert.equal(await page.title(), title);
  await id(page, 'wait-again').click();
  await leftIs(page, 30);
});

test('a notification comes to whoever asked for it on that wait, and to nobody else', async (t) => {
  const shown = [];
  const { page, context, url } = await visit(t);
  await context.grantPermissions(['notifications'], { origin: new URL(url).origin });
  await page.exposeFunction('noted', (what) => shown.push(what));
  await context.addInitScript(() => {
    const Real = Notification;
    window.Notification = class extends Real {
      constructor(words) {
        super(words);
        window.noted(words);
      }
      static requestPermission() {
        window.noted('asked');
        return Real.requestPermission();
      }
    };
  });
  await page.clock.install();
  await page.goto(url + model('outdoor'));
  await running(page);
  await page.waitForFunction(() => document.documentElement.dataset.announce === 'granted');
  await onAll(page);
  await waits(page).first().click();
  await page.clock.runFor(31_000);
  await leftIs(page, 0);
  assert.deepEqual(shown, [], 'nobody asked');
  await waits(page).first().click();
  await id(page, 'wait-announce').click();
  assert.deepEqual(shown, ['asked']);
  await page.getByText('You will be notified.').waitFor();
  await page.clock.runFor(61_000);
  // The clock continues while the page is asked: on a busy machine by some seconds.
  await page.locator('[data-testid=countdown]').nth(1).and(page.locator('[data-left="60"],[data-left^="5"]')).waitFor();
  assert.deepEqual(shown, ['asked', 'The wait is over: Look at its light again.']);
});

test('a wait that ends while the app is put aside shows on its icon until it is looked at', async (t) => {
  const shown = [];
  const { page, context } = await visit(t);
  await page.exposeFunction('noted', (what) => shown.push(what));
  await context.addInitScript(() => {
    navigator.setAppBadge = async () => window.noted('badge');
    navigator.clearAppBadge = async () => window.noted('none');
    // The browser of the tests shows every page at once.
    window.away = (hidden) => {
      Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    };
  });
  await page.clock.install();
  await page.goto(page.url() + model('outdoor'));
  await running(page);
  await onPlan(page);
  await startWait(page);
  await id(page, 'wait-announce').click();
  await page.evaluate(() => window.away(true));
  await page.clock.runFor(120_000);
  assert.deepEqual(shown, ['badge']);
  await page.evaluate(() => window.away(false));
  assert.deepEqual(shown, ['badge', 'none']);
});

test('what has helped is kept by the browser, and on an iPhone the Home Screen is named', async (t) => {
  const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1';
  for (const [userAgent, hints] of [[IPHONE, 1], [undefined, 0]]) {
    const { page, context } = await visit(t, { userAgent });
    await context.addInitScript(() => {
      window.persisted = 0;
      navigator.storage.persist = async () => { window.persisted += 1; return true; };
    });
    await page.goto(page.url() + model('outdoor'));
    await running(page);
    await onPlan(page);
    assert.equal(await id(page, 'install').count(), 0, 'nobody was helped yet');
    await outcome(page, 'fixed');
    await id(page, 'resolved').waitFor();
    await page.waitForFunction(() => window.persisted === 1);
    if (hints) await id(page, 'install').waitFor();
    assert.equal(await id(page, 'install').count(), hints);
  }
});

test('where notifications are refused the page says so, and the wait runs on', async (t) => {
  const { page, context } = await visit(t);
  await context.addInitScript(() => {
    Notification.requestPermission = async () => 'denied';
  });
  await page.goto(page.url() + model('outdoor'));
  await running(page);
  await onAll(page);
  await waits(page).first().click();
  await id(page, 'wait-announce').click();
  await page.getByText('does not let the page notify you').waitFor();
  assert.equal(await id(page, 'wait-skip').count(), 1);
});

test('who puts the question about notifications aside is promised nothing, and may ask again', async (t) => {
  const { page, context } = await visit(t);
  await context.addInitScript(() => {
    window.asked = 0;
    Notification.requestPermission = async () => { window.asked += 1; return 'default'; };
  });
  await page.goto(page.url() + model('outdoor'));
  await running(page);
  await onPlan(page);
  await startWait(page);
  for (const times of [1, 2]) {
    await id(page, 'wait-announce').click();
    await page.waitForFunction((times) => window.asked === times, times);
    assert.equal(await page.getByText('You will be notified.').count(), 0);
  }
  await page.reload();
  await running(page);
  await id(page, 'wait-announce').waitFor();
});

test('the screen is kept awake while a wait runs, again after the page was hidden, and no longer', async (t) => {
  const { page, context } = await visit(t);
  await context.addInitScript(() => {
    window.held = [];
    Object.defineProperty(navigator, 'wakeLock', {
      value: {
        request: async (kind) => {
          const lock = { kind, released: false, release: async () => { lock.released = true; } };
          window.held.push(lock);
          return lock;
        },
      },
    });
    Object.defineProperty(document, 'hidden', { get: () => Boolean(window.away) });
  });
  const turn = (away) => page.evaluate((away) => {
    window.away = away;
    document.dispatchEvent(new Event('visibilitychange'));
  }, away);
  const held = () => page.evaluate(() => window.held.map(({ kind, released }) => [kind, released]));
  await page.goto(page.url() + model('outdoor'));
  await running(page);
  await onAll(page);
  assert.deepEqual(await held(), []);
  await waits(page).first().click();
  await page.waitForFunction(() => window.held.length === 1);
  await turn(true);
  await turn(false);
  await page.waitForFunction(() => window.held.length === 2);
  await id(page, 'wait-skip').click();
  await page.waitForFunction(() => window.held.every(({ released }) => released));
  assert.deepEqual(await held(), [['screen', true], ['screen', true]]);
});
