// What is remembered, and what is not: tabs that are killed, storage that is full or damaged, forgetting, and paper.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { doFix, onPlan } from './support/cure.mjs';
import { DIST, running, visit } from './support/site.mjs';
import { agree, answer, choose, id, lookAgain, model, openFix, outcome, pad, saw, startWait, tap } from './support/walk.mjs';

const stage = (page) => page.locator('.stage[data-stage]');
// All text of the stage and what is checked off there, without clocks.
const seen = (page) =>
  stage(page).evaluate((stage) => ({
    stage: stage.dataset.stage,
    words: stage.innerText.replace(/\d+:\d\d/g, '0:00'),
    checked: [...stage.querySelectorAll('input')].map((box) => box.checked),
  }));

test('a tab that is killed comes back where it was, at every stage', async (t) => {
  const { page: first, context, url } = await visit(t, { path: model('outdoor') });
  let page = first;
  const killed = async (what) => {
    const before = await seen(page);
    await page.close();
    page = await context.newPage();
    await page.goto(url);
    await running(page);
    await stage(page).and(page.locator(`[data-stage="${before.stage}"]`)).waitFor();
    const after = await seen(page);
    // The line that says what just happened is not shown again.
    assert.deepEqual([after.stage, after.checked], [before.stage, before.checked], what);
    return [before, after];
  };
  const same = async (what) => {
    const [before] = await killed(what);
    // Whether the browser can notify is known to the page a moment after it runs.
    await stage(page).and(page.locator(':not(:empty)')).evaluate(
      (stage, words) =>
        new Promise((done) => {
          const look = () => stage.innerText.replace(/\d+:\d\d/g, '0:00') === words && (observer.disconnect(), done());
          const observer = new MutationObserver(look);
          observer.observe(stage, { subtree: true, childList: true, characterData: true });
          look();
          setTimeout(done, 3000);
        }),
      before.words,
    );
    assert.equal((await seen(page)).words, before.words, what);
  };
  await pad(page).waitFor();
  await tap(page, [0, 700]);
  await killed('on the pad');
  assert.equal(await id(page, 'tap-count').innerText(), '2');
  await id(page, 'choose').first().click();
  await id(page, 'choice').first().waitFor();
  await same('choosing');
  await page.locator('[data-testid=choice][data-signal=offline]').click();
  await id(page, 'verdict').waitFor();
  await same('on the verdict');
  await agree(page);
  await id(page, 'question').waitFor();
  await same('at the question that orders the plan');
  await answer(page, 'unsure');
  await openFix(page).locator('input').first().check();
  await startWait(page);
  await same('in a wait');
  await outcome(page, 'same');
  await page.locator('[data-testid=fix].is-open[data-fix=restart-camera]').waitFor();
  await doFix(page);
  await same('with a fix done');
  await lookAgain(page);
  await pad(page).waitFor();
  await same('looking again');
  await choose(page, 'battery-low');
  await same('on the second verdict');
  await agree(page);
  await openFix(page).waitFor();
  await same('on the second plan');
  await id(page, 'support').click();
  await id(page, 'report').waitFor();
  await same('at help from people');
  await id(page, 'back').click();
  await outcome(page, 'fixed');
  await id(page, 'resolved').waitFor();
  await same('when all is well');
});

test('a question of the diagnosis is still asked after the tab was killed', async (t) => {
  const { page, context, url } = await visit(t, { path: model('mini') });
  await page.getByTestId('steady').click();
  await id(page, 'question').waitFor();
  await page.close();
  const again = await context.newPage();
  await again.goto(url);
  await answer(again, 'red');
  await saw(again, 'offline');
});

test('full storage: everything works, it is said once, and nothing of others is touched', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await pad(page).waitFor();
  const full = () => page.evaluate(() => localStorage.getItem('another')?.length);
  await page.evaluate(() => {
    for (let size = 2 ** 22; size >= 1; size /= 2) {
      try {
        for (;;) localStorage.setItem('another', (localStorage.getItem('another') ?? '') + 'x'.repeat(size));
      } catch {
        // So much does not fit any more; half of it may.
      }
    }
  });
  const before = await full();
  assert.ok(before > 1_000_000);
  await id(page, 'choose').first().click();
  await id(page, 'not-kept').waitFor();
  await page.locator('[data-testid=choice][data-signal=offline]').click();
  await id(page, 'verdict').waitFor();
  assert.equal(await id(page, 'not-kept').count(), 0, 'said once');
  await agree(page);
  await answer(page, 'unsure');
  await openFix(page).locator('input').first().check();
  assert.equal(await id(page, 'not-kept').count(), 0);
  assert.equal(await full(), before);
});

test('a record with any byte flipped is read or left out, and the page starts', async (t) => {
  const { page, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  const [key, record] = await page.evaluate(() => {
    const key = localStorage.getItem('led-doctor:open');
    return [key, localStorage.getItem(key)];
  });
  for (let nth = 0; nth < 12; nth += 1) {
    const at = Math.floor((record.length * nth) / 12) + nth;
    const flipped = String.fromCharCode(record.charCodeAt(at) ^ (1 << (nth % 7)));
    await page.evaluate(([key, text]) => localStorage.setItem(key, text), [key, record.slice(0, at) + flipped + record.slice(at + 1)]);
    await page.goto(url);
    await running(page);
    await stage(page).getByRole('button').first().waitFor();
  }
});

const kept = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('led-doctor:session:')));

test('sessions of today and earlier are listed, gone on with, and discarded', async (t) => {
  const { page, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await id(page, 'other-device').click();
  await id(page, 'resume').waitFor();
  // One like it of two days ago.
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith('led-doctor:session:'));
    const session = JSON.parse(localStorage.getItem(key));
    const then = session.began - 2 * 24 * 3600 * 1000;
    localStorage.setItem(`led-doctor:session:${then}`, JSON.stringify({ ...session, nonce: 0, began: then, touched: then, model: 'mini', stage: 'tap', cure: null, trail: [] }));
  });
  await page.goto(url);
  await running(page);
  const headings = () => page.locator('.earlier-ones h2').allInnerTexts();
  await id(page, 'resume').nth(1).waitFor();
  assert.deepEqual(await headings(), ['Today', 'Earlier']);
  await id(page, 'discard').nth(1).click();
  assert.equal((await kept(page)).length, 1);
  await id(page, 'discarded').waitFor();
  // Not after all, by the very button that has the focus.
  await page.keyboard.press('Enter');
  await id(page, 'resume').nth(1).waitFor();
  assert.equal((await kept(page)).length, 2);
  await page.keyboard.press('Enter');
  await id(page, 'discarded').waitFor();
  await page.goto(url);
  await id(page, 'resume').waitFor();
  assert.deepEqual(await headings(), ['Today']);
  await id(page, 'resume').click();
  await openFix(page).waitFor();
});

test('what one tab forgets, no other tab brings back', async (t) => {
  const { page, context, url } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  const other = await context.newPage();
  await other.goto(url);
  await openFix(other).waitFor();
  await page.getByText('Delete what this page saved on this phone or computer').click();
  await id(page, 'forget').click();
  await other.locator('[data-testid=device]').first().waitFor();
  assert.equal(await id(other, 'resume').count(), 0);
  assert.deepEqual(await other.evaluate(() => Object.keys(localStorage)), []);
});

const pages = (pdf) => pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
const PAPERS = ['A4', 'Letter'];

test('the card of every model of every maker is one sheet of paper, with its lights drawn and a code back to the app', async (t) => {
  const { page, url } = await visit(t);
  for (const file of await readdir(`${DIST}content`)) {
    const [, name] = /^pack\.([a-z-]+)\.en\.[0-9a-f]+\.json$/.exec(file) ?? [];
    if (!name) continue;
    const pack = JSON.parse(await readFile(`${DIST}content/${file}`, 'utf8'));
    for (const [own, { like }] of Object.entries(pack.model)) {
      await page.goto(url + model(own, name));
      await pad(page).first().waitFor();
      await id(page, 'card-wanted').click();
      const text = await id(page, 'card').innerText();
      for (const signal of Object.values(pack.model[like ?? own].signal)) assert.ok(text.includes(signal.name), `${own}: ${signal.name}`);
      assert.equal(await id(page, 'card').locator('.drawn').count(), Object.keys(pack.model[like ?? own].signal).length, own);
      // Each danger is called one beside its light, and warned of once.
      const dangers = Object.values(pack.model[like ?? own].signal).filter((one) => pack.cause[one.cause]?.severity === 'stop');
      assert.equal(await id(page, 'card').getByText('Stop and call for help', { exact: true }).count(), dangers.length, own);
      assert.equal(await id(page, 'card').getByTestId('danger').count(), new Set(dangers.map((one) => pack.cause[one.cause].danger)).size, own);
      await id(page, 'address').waitFor();
      assert.equal(await id(page, 'address').innerText(), url + model(own, name));
      for (const format of PAPERS) assert.ok(pages(await page.pdf({ format })) <= 2, `${own} on ${format}`);
    }
  }
});

test('the card is found from the choice of devices, and back leads there', async (t) => {
  const { page } = await visit(t);
  await id(page, 'card-wanted').click();
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /card/);
  await page.locator('[data-testid=device][data-model=outdoor]').click();
  await id(page, 'card').waitFor();
  await id(page, 'back').click();
  await page.locator('[data-testid=device]').first().waitFor();
  assert.match(await page.getByRole('heading', { level: 1 }).innerText(), /blinking/);
});

test('the card of a plan under way leads back to the plan', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  await id(page, 'card-wanted').click();
  await id(page, 'card').waitFor();
  await id(page, 'back').click();
  await openFix(page).waitFor();
});

test('the report is one page, with the telephone number and without the buttons', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await onPlan(page);
  for (const name of ['restart-router', 'restart-camera', 'move-closer', 'check-wifi', 'rejoin-wifi', 'batteries', 're-add']) {
    await page.locator(`[data-testid=fix].is-open[data-fix="${name}"]`).waitFor();
    await outcome(page, 'same');
  }
  await id(page, 'support').click();
  await id(page, 'report').waitFor();
  await page.emulateMedia({ media: 'print' });
  assert.equal(await id(page, 'copy').isVisible(), false);
  assert.equal(await id(page, 'phone').isVisible(), true);
  assert.equal(await id(page, 'report').isVisible(), true);
  for (const format of PAPERS) assert.equal(pages(await page.pdf({ format })), 1, format);
});
