// Each language from the first screen to a plan, by the names for tests; what is not translated is marked, and warnings have their English.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { ELEMENT, heldBack, helpPage } from './support/host.mjs';
import { DIST, offlineReady, prepare, running, visit } from './support/site.mjs';
import { agree, answer, choose, id, lookAgain, model, openFix, pad, saw } from './support/walk.mjs';

const LANGUAGES = {
  ar: 'العربية', de: 'Deutsch', es: 'Español', fr: 'Français', it: 'Italiano', ja: '日本語', nl: 'Nederlands', 'pt-BR': 'Português (Brasil)',
};
const first = async (lang) => JSON.parse(await readFile(`${DIST}first.${lang.toLowerCase()}.txt`, 'utf8'));

for (const [lang, name] of Object.entries(LANGUAGES)) {
  test(`${name}: the first screen before the program, then the way to a plan, also without a network`, async (t) => {
    const { page, url, server } = await prepare(t, { locale: lang, viewport: { width: 390, height: 844 } });
    const open = await heldBack(page, '**/*.wasm');
    await page.goto(url + model('outdoor'), { waitUntil: 'commit' });
    const words = await first(lang);
    const [dir, label, round] = words;
    await page.waitForFunction((label) => document.querySelector('led-doctor').shadowRoot?.querySelector('.first .pad')?.ariaLabel === label, label);
    assert.equal(await page.evaluate(() => document.documentElement.dir), dir);
    assert.deepEqual(await page.locator('.papers a').allInnerTexts(), round.slice(0, 3));
    const manifest = await page.evaluate(async () => (await fetch(document.querySelector('[rel=manifest]').href)).json());
    assert.equal(manifest.lang, lang.toLowerCase());
    assert.ok(manifest.shortcuts.every(({ name }) => name && !/Tap|Pick/.test(name)), JSON.stringify(manifest.shortcuts));
    await page.screenshot({ path: `target/screenshots/language-${lang}-first.png` });
    open();
    await running(page);
    await pad(page).waitFor();
    assert.equal(await page.locator('.ld').last().getAttribute('dir'), dir);
    assert.equal(await id(page, 'draft').count(), 1, 'the page says that no person has checked these words');
    assert.equal(await id(page, 'draft').getByTestId('wrong-word').getAttribute('href'), 'https://code.example/led-doctor/issues');
    await page.screenshot({ path: `target/screenshots/language-${lang}-pad.png` });
    await axe(page);
    for (const width of [320, 390]) {
      await page.setViewportSize({ width, height: 844 });
      const cut = await page.locator('.says button, .actions button, header *').evaluateAll((all) =>
        all.filter((one) => one.scrollHeight > one.clientHeight + 1 && one.clientHeight > 0).map((one) => one.textContent));
      assert.deepEqual(cut, [], `nothing is cut at ${width} px`);
    }
    await offlineReady(page);
    await page.waitForFunction((lang) => document.documentElement.dataset.kept === lang, lang.toLowerCase());
    await server.close();
    await page.reload();
    await running(page);
    await choose(page, 'offline');
    await page.screenshot({ path: `target/screenshots/language-${lang}-verdict.png` });
    await agree(page);
    await answer(page, 'yes');
    await openFix(page).waitFor();
    await page.screenshot({ path: `target/screenshots/language-${lang}-plan.png`, fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, 'nothing overflows');
    const warning = page.locator('.is-current[data-step=ladder]');
    assert.match(await warning.getByTestId('original').innerText(), /Is the camera up high\?/);
    // On to the end: the light is looked at again, and it is right.
    await lookAgain(page);
    await pad(page).waitFor();
    await id(page, 'dark').click();
    await answer(page, 'yes');
    await saw(page, 'idle');
    await agree(page);
    await id(page, 'resolved').waitFor();
    assert.equal(await id(page, 'resolved').locator('xpath=ancestor-or-self::*[@lang][1]').getAttribute('lang'), lang.toLowerCase());
    await page.screenshot({ path: `target/screenshots/language-${lang}-resolved.png` });
  });
}

test('a language is chosen in the foot, remembered, and what was done stays', async (t) => {
  const { page, url } = await visit(t, { path: model('mini'), locale: 'en-GB' });
  await choose(page, 'offline-flash');
  await id(page, 'verdict').waitFor();
  await page.locator('#language select').selectOption('de');
  await page.locator('.ld[lang=de]').waitFor();
  assert.equal(await id(page, 'verdict').getAttribute('data-signal'), 'offline-flash');
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
  const foot = page.locator('.papers a').first();
  await foot.getByText('Datenschutz').waitFor();
  await page.locator('#language select').selectOption('en');
  await foot.getByText('Privacy').waitFor();
  await page.locator('#language select').selectOption('de');
  await page.goto(url);
  await page.locator('.ld[lang=de]').waitFor();
  assert.equal(await id(page, 'verdict').getAttribute('data-signal'), 'offline-flash');
});

test('a frame in German shows no English before the program', async (t) => {
  const { page, url } = await prepare(t);
  await heldBack(page, '**/*.wasm');
  await page.goto(`${url}embed.html?pack=blink&model=outdoor&lang=de`);
  const [, label] = await first('de');
  await page.waitForFunction((label) => document.querySelector('led-doctor').shadowRoot?.querySelector('.first .pad')?.ariaLabel === label, label);
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
});

test('words of right-to-left text keep numbers and names in their own order', async (t) => {
  const { page } = await visit(t, { path: model('mini'), locale: 'ar' });
  await page.locator('.ld[lang=ar]').waitFor();
  await choose(page, 'offline-flash');
  await agree(page);
  await answer(page, 'yes');
  const progress = await openFix(page).locator('.small').first().innerText();
  assert.match(await page.locator('.ld').last().innerText(), /\u2068[^\u2069]+\u2069/, progress);
});

test('a help page in German shows no English before the program, by the script in German', async (t) => {
  const { page } = await helpPage(t, {
    before: async ({ page }) => { await heldBack(page, '**/*.wasm'); },
    body: `<div lang="de">${ELEMENT}</div>`,
    script: (ours) => `<script type="module" src="${ours}/led-doctor-de.js"></script>`,
  });
  const [, label] = await first('de');
  await pad(page).waitFor();
  assert.equal(await pad(page).getAttribute('aria-label'), label);
  assert.equal(await page.locator('.first').getAttribute('lang'), 'de');
});
