// Every stage, phone and desktop, light and dark: no violation of accessibility rules, nothing wider than the screen, and a
// picture of each in target/screenshots for people to look at.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { prepare, running, visit } from './support/site.mjs';
import { agree, answer, choose, id, lookAgain, model, nextStep, openFix, pad, tap } from './support/walk.mjs';

const PICTURES = fileURLToPath(new URL('../../target/screenshots/', import.meta.url));
const SIZES = { narrow: { width: 320, height: 640 }, phone: { width: 390, height: 844 }, landscape: { width: 844, height: 390 }, desktop: { width: 1280, height: 900 } };

const fits = async (page, stage) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${stage} is ${wide} px wider than the screen`);
  // What is clipped does not widen the page, and cannot be pressed.
  const out = await page.evaluate(() => {
    const all = [...document.querySelector('led-doctor').shadowRoot.querySelectorAll('.inner :is(button, summary, a, input, h1, h2, h3)')].filter((one) => one.checkVisibility());
    return all.filter((one) => { const { left, right } = one.getBoundingClientRect(); return left < -1 || right > innerWidth + 1; }).map((one) => one.outerHTML.slice(0, 100));
  });
  assert.deepEqual(out, [], stage);
};

// What can be pressed is at least 44 px high and wide, but for links in a line of text; and nothing of the page is in motion.
const targets = async (page, stage) => {
  const small = await page.evaluate(() => {
    const roots = [document, ...[...document.querySelectorAll('led-doctor')].map(({ shadowRoot }) => shadowRoot)];
    const all = roots.flatMap((root) => [...root.querySelectorAll('button, summary, select, input, a')]);
    // A box is pressed by its label as well.
    const boxes = all.filter((one) => one.checkVisibility()).map((one) => [one, (one.closest('label') ?? one).getBoundingClientRect()]);
    const inline = (one) => one.localName === 'a' && getComputedStyle(one).display === 'inline';
    return boxes.filter(([one, { width, height }]) => !inline(one) && width > 0 && (width < 44 || height < 44)).map(([one, { width, height }]) => `${one.outerHTML.slice(0, 120)}: ${width} × ${height}`);
  });
  assert.deepEqual(small, [], stage);
};

const stages = async (page, seen) => {
  await page.locator('[data-testid=device]').first().waitFor();
  await seen('1-device');
  await page.locator('[data-testid=device][data-model=outdoor]').click();
  await pad(page).waitFor();
  await seen('2-pad');
  // Taps that no silence decides, however long the looking takes.
  await tap(page, [0, 600, 1000]);
  await seen('3-tapping');
  await id(page, 'choose').click();
  await id(page, 'choice').first().waitFor();
  await seen('4-choose');
  await page.locator('[data-testid=choice][data-signal=offline]').click();
  await id(page, 'verdict').waitFor();
  await seen('5-verdict');
  await agree(page);
  await id(page, 'question').waitFor();
  await seen('6-triage');
  await answer(page, 'unsure');
  await openFix(page).waitFor();
  await seen('7-plan');
  await nextStep(page);
  await openFix(page).getByTestId('wait-start').first().click();
  await seen('7-plan-wait');
  await id(page, 'all-steps').click();
  await seen('7-plan-all-steps');
  await id(page, 'all-steps').click();
  await page.locator('[data-testid=fix][data-fix=re-add]').getByTestId('fix-title').click();
  await id(page, 'agree-loss').waitFor();
  await seen('7-plan-loss');
  await lookAgain(page);
  await id(page, 'before').waitFor();
  await seen('7-plan-look-again');
  await choose(page, 'idle');
  await id(page, 'looked-again').waitFor();
  await seen('7-plan-looked-again');
  await id(page, 'card-wanted').click();
  await id(page, 'card').waitFor();
  await seen('7-plan-card');
  await id(page, 'back').click();
  await agree(page);
  await id(page, 'resolved').waitFor();
  await seen('7-resolved');
  await id(page, 'support').click();
  await id(page, 'report').waitFor();
  await seen('8-support');
  await page.goto(page.url().split('?')[0] + model('mini'));
  await page.getByTestId('steady').click();
  await id(page, 'question').waitFor();
  await seen('9-question');
  await answer(page, 'unsure');
  await id(page, 'verdict').waitFor();
  await seen('10-not-sure');
  await page.locator('[data-testid=choice][data-signal=recording]').click();
  await agree(page);
  await id(page, 'resolved').waitFor();
  await seen('11-nothing-wrong');
};

// The whole grid for those who want to look at all of it: LED_DOCTOR_ALL=1. Else each size and each colour scheme once, and the rules
// of accessibility once for each colour scheme.
const ALL = !!process.env.LED_DOCTOR_ALL;
const GRID = Object.keys(SIZES).flatMap((size) => ['light', 'dark'].map((colorScheme) => [size, colorScheme]));
const FEW = [['phone', 'light'], ['desktop', 'dark'], ['narrow', 'light'], ['landscape', 'dark']];

for (const [size, colorScheme] of ALL ? GRID : FEW) {
  test(`every stage at ${size} size, ${colorScheme}`, async (t) => {
    const { page } = await visit(t, { viewport: SIZES[size], colorScheme, deviceScaleFactor: 1 });
    await mkdir(PICTURES, { recursive: true });
    await stages(page, async (stage) => {
      await page.screenshot({ path: `${PICTURES}${stage}-${size}-${colorScheme}.png`, fullPage: true });
      if (ALL || size === 'phone' || size === 'desktop') await axe(page);
      await fits(page, stage);
      await targets(page, stage);
    });
  });
}

test('every stage in forced colours', async (t) => {
  const { page } = await visit(t, { viewport: SIZES.phone, forcedColors: 'active' });
  await stages(page, () => axe(page));
});

test('with less motion nothing moves, and with the spacing of text that a reader may set nothing is cut, at any stage', async (t) => {
  const { page } = await visit(t, { viewport: SIZES.narrow, reducedMotion: 'reduce' });
  await stages(page, async (stage) => {
    assert.deepEqual(await page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length), 0, stage);
    // The values of WCAG 1.4.12.
    const cut = await page.evaluate(() => {
      const root = document.querySelector('led-doctor').shadowRoot;
      if (!root.adoptedStyleSheets.some((sheet) => sheet.wide)) {
        const sheet = Object.assign(new CSSStyleSheet(), { wide: true });
        sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }');
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
      }
      const buttons = [...root.querySelectorAll('.inner button:not(.pad), .inner h1, .inner .step')].filter((one) => one.checkVisibility());
      return buttons.filter((one) => one.scrollWidth > one.clientWidth + 1 || (one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== 'visible')).map((one) => one.textContent.trim());
    });
    assert.deepEqual(cut, [], stage);
    await fits(page, stage);
  });
});

// Pseudo-languages: what is not translated has no accent, and what does not mirror is on the wrong side.
const PSEUDO = fileURLToPath(new URL('../../target/pseudo/site/', import.meta.url));

for (const [lang, dir, own] of [['en-xa', 'ltr', /[áåéèîíöôûù]/i], ['ar-xb', 'rtl', /[\u0620-\u06ff]/]]) {
  test(`every stage in ${lang}: all of it is translated, and nothing runs out of the page`, async (t) => {
    const { page, context, url } = await prepare(t, { dir: PSEUDO, viewport: SIZES.narrow });
    await context.addInitScript((lang) => localStorage.setItem('led-doctor:lang', lang), lang);
    await page.goto(url);
    await running(page);
    const plain = new Set();
    await stages(page, async (stage) => {
      await page.screenshot({ path: `${PICTURES}${stage}-${lang}.png`, fullPage: true });
      assert.equal(await page.evaluate(() => document.documentElement.dir), dir);
      await fits(page, stage);
      // Each text alone; what is marked as English beside a draft is meant to be.
      const texts = await page.evaluate(() => {
        const root = [...document.querySelector('led-doctor').shadowRoot.querySelectorAll('.ld')].at(-1);
        const found = [];
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) {
          const { data, parentElement } = walk.currentNode;
          if (!parentElement.closest('[lang=en], style, [data-testid=report], [data-testid=call], [data-testid=address]')) found.push(data);
        }
        return found;
      });
      // Names and addresses stay in every language.
      const without = (text) => text.replace(/LED Doctor|Raspberry Pi|Tesla|Blink|Sync Module|(https:\/\/)?support\.blinkforhome\.com\/?/g, '');
      for (const text of texts) if (/[a-z]{4}/i.test(without(text)) && !own.test(text)) plain.add(`${stage}: ${text}`);
    });
    assert.deepEqual([...plain], []);
  });
}

// Long words, no spaces, and mirrored.
for (const lang of ['de', 'ja', 'ar']) {
  for (const size of ALL ? ['phone', 'desktop'] : lang === 'ar' ? ['phone'] : []) {
    test(`every stage in ${lang}, ${size}`, async (t) => {
      const { page } = await visit(t, { viewport: SIZES[size], locale: lang });
      await stages(page, async (stage) => {
        await page.screenshot({ path: `${PICTURES}${stage}-${lang}-${size}.png`, fullPage: true });
        await axe(page);
        await fits(page, stage);
      });
    });
  }
}

for (const lang of ALL ? ['de', 'ja', 'ar'] : ['de', 'ar']) {
  test(`in ${lang}, with text twice the size, nothing runs out of the page, at any stage`, async (t) => {
    const { page, context, url } = await visit(t, { viewport: SIZES.narrow, locale: lang });
    // On every document: the stages reload the page on their way.
    await context.addInitScript(() => addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; }));
    await page.goto(url);
    await stages(page, async (stage) => {
      assert.equal(await page.evaluate(() => document.documentElement.lang + document.documentElement.style.fontSize), `${lang}200%`);
      await fits(page, stage);
    });
  });
}

// The pictures of the README and of the manifest, and the words that they showed when they were taken. UPDATE_PICTURES=1 retakes them.
const DOCUMENTS = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));

test('the pictures of the README, and of the manifest, show what the page shows', async (t) => {
  const { page } = await visit(t, { path: model('outdoor'), viewport: { width: 390, height: 760 }, colorScheme: 'light', locale: 'en-GB' });
  const shown = {};
  const take = async (name, shot = page) => {
    shown[name] = (await shot.locator('.stage').last().innerText()).replace(/\s+/g, ' ').trim();
    if (process.env.UPDATE_PICTURES) await shot.screenshot({ path: `${DOCUMENTS}${name}.png` });
  };
  await pad(page).waitFor();
  await take('pad');
  await choose(page, 'offline');
  await id(page, 'verdict').waitFor();
  await take('verdict');
  await agree(page);
  await answer(page, 'yes');
  await openFix(page).waitFor();
  await take('plan');
  const { page: desktop } = await visit(t, { viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'en-GB' });
  await desktop.locator('[data-testid=device]').first().waitFor();
  await take('wide', desktop);
  if (process.env.UPDATE_PICTURES) await writeFile(`${DOCUMENTS}shown.json`, `${JSON.stringify(shown, null, 2)}\n`);
  const then = JSON.parse(await readFile(`${DOCUMENTS}shown.json`, 'utf8'));
  assert.deepEqual(shown, then, 'the pictures are old: UPDATE_PICTURES=1 node --test tests/e2e/look.test.mjs');
});
