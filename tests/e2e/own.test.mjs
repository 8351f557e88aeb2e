// A pack that somebody brings: tried at once when it is right, its faults reported when it is not, never trusted.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bring, pack, text } from './support/own.mjs';
import { copyOfDist, offlineReady, visit } from './support/site.mjs';
import { agree, fixes, id, saw, tap } from './support/walk.mjs';

const open = async (t, options) => {
  const found = await visit(t, options);
  await id(found.page, 'own').click();
  return found;
};
const own = (page) => page.locator('[data-testid=device][data-pack=own-acme]');
const problems = (page) => id(page, 'own-problems').innerText();

test('a pack from a file is tapped, found and followed', async (t) => {
  const { page } = await open(t);
  await bring(page, text);
  await own(page).click();
  await tap(page, [0, 2000, 4000, 6000]);
  await saw(page, 'lost');
  assert.equal(await page.locator('img').count(), 0, 'its words are words');
  assert.match(await page.locator('h1').innerText(), /<img src=x onerror=alert\(1\)>/);
  await agree(page);
  assert.deepEqual(await fixes(page), ['again']);
  // Another phone would not have the pack.
  await id(page, 'support').first().click();
  await id(page, 'report').waitFor();
  assert.equal(await id(page, 'hand-over').count(), 0);
});

test('all that is wrong is listed, and the last good pack stays', async (t) => {
  const { page } = await open(t);
  await bring(page, text);
  await own(page).waitFor();
  await bring(page, pack((own) => {
    own.colour = 'red';
    delete own.notice;
    own.model.bell.hint = 7;
  }));
  const shape = await problems(page);
  for (const place of ['colour', 'notice', 'model.bell.hint']) assert.ok(shape.includes(place), `${place}: ${shape}`);
  await bring(page, pack((own) => {
    own.model.bell.signal.lost.show = 'red: blnk every 2s';
    own.model.bell.signal.fine.cause = 'nowhere';
    own.plan.lost.order = ['nothing'];
  }));
  await page.getByText('blnk').waitFor();
  const content = await problems(page);
  for (const place of ['lost.show', 'fine.cause', 'plan.lost']) assert.ok(content.includes(place), `${place}: ${content}`);
  await bring(page, '{ "format": 1,');
  await page.getByText('This is no JSON').waitFor();
  assert.equal(await own(page).count(), 1);
});

const nested = '['.repeat(100_000) + ']'.repeat(100_000);
for (const [what, json, words] of [
  ['ten megabytes', JSON.stringify({ name: 'x'.repeat(10_000_000) }), /never larger/],
  ['half a megabyte', JSON.stringify({ name: 'x'.repeat(500_000) }), /never larger/],
  ['a hundred thousand lists in each other', nested, /./],
  ['too many signals', pack((own) => {
    const { lost } = own.model.bell.signal;
    lost.looks = lost.name = 'x';
    for (let n = 0; n < 1500; n += 1) own.model.bell.signal[`s${n}`] = { show: 'dark', cause: 'fine', name: 'x', looks: 'x', evidence: [] };
  }), /too many/],
  ['numbers without measure', pack((own) => { own.model.bell.signal.lost.weight = 1e308; }), /weight/],
  ['a danger with a plan', pack((own) => { own.cause.lost.severity = 'stop'; }), /plan/],
  ['a link that runs', pack((own) => { own.support.site = 'javascript:alert(1)'; }), /support\.site/],
]) {
  test(`${what}: refused in words, and the page lives`, async (t) => {
    const { page } = await open(t);
    await bring(page, json);
    assert.match(await problems(page), words);
    assert.equal(await own(page).count(), 0);
    await page.locator('[data-testid=device][data-model=outdoor]').click();
    await id(page, 'tap-pad').waitFor();
  });
}

test('a pack that calls itself Blink does not take its place', async (t) => {
  const { page } = await open(t);
  await bring(page, pack((own) => { own.id = 'blink'; }));
  await page.locator('[data-testid=device][data-pack=own-blink]').waitFor();
  assert.ok((await page.locator('[data-testid=device][data-pack=blink]').count()) > 3);
});

test('the same file, mended, may be chosen again; choosing none opens nothing', async (t) => {
  const { page } = await open(t);
  const dir = await mkdtemp(join(tmpdir(), 'led-doctor-own-'));
  t.after(() => rm(dir, { recursive: true }));
  const file = join(dir, 'own.json');
  await writeFile(file, '{');
  await id(page, 'own-file').setInputFiles(file);
  await problems(page);
  await writeFile(file, text);
  await id(page, 'own-file').setInputFiles(file);
  await own(page).waitFor();
  await id(page, 'own-file').setInputFiles([]);
  await id(page, 'own-file').dispatchEvent('change');
  // What comes after it shows that nothing came of it.
  await id(page, 'own-address').fill('https://example.org/pack.json');
  await id(page, 'own-open').click();
  assert.match(await problems(page), /only an address of this site/);
  assert.equal(await page.getByText('nothing to be had').count(), 0);
});

test('a pack that cannot be checked without a network is said to be so', async (t) => {
  const { page, server, guard } = await open(t);
  guard.allow(/check|Failed to (fetch|load)/);
  await offlineReady(page);
  await server.close();
  await bring(page, text);
  assert.match(await problems(page), /needs the network/);
});

test('a pack is taken from an address of this site, and from no other', async (t) => {
  const dir = await copyOfDist();
  await writeFile(join(dir, 'mine.json'), text);
  const { page } = await open(t, { dir });
  const from = async (address) => {
    await id(page, 'own-address').fill(address);
    await id(page, 'own-open').click();
  };
  await from('https://example.org/pack.json');
  assert.match(await problems(page), /only an address of this site/);
  await from('mine.json');
  await own(page).waitFor();
  assert.equal(await id(page, 'own-problems').count(), 0);
});

test('in another language, the words of a pack that is not translated are marked as what they are', async (t) => {
  const { page } = await open(t, { locale: 'de' });
  await bring(page, text);
  await own(page).click();
  await tap(page, [0, 2000, 4000, 6000]);
  await saw(page, 'lost');
  const langs = () => page.evaluate(() => {
    const inner = document.querySelector('led-doctor').shadowRoot.querySelector('.inner');
    return ['h1', '.verdict-looks', '.back', '[data-testid=agree]'].map((what) => inner.querySelector(what)?.closest('[lang]').lang);
  });
  assert.deepEqual(await langs(), ['en', 'en', 'de', 'de']);
});
