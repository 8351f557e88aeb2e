// The light filmed: from a file, from a camera, and the message where it cannot be.
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { encode, point, writeCamera } from './support/films.mjs';
import { offlineReady, prepare, running, visit } from './support/site.mjs';
import { id, model, pad, saw, tap } from './support/walk.mjs';

// One quick flash every three seconds: a battery camera that has lost the internet.
const OFFLINE = { lit: [0, 1, 2].map((nth) => [900 + 3000 * nth, 1050 + 3000 * nth]), ms: 8_500 };
// Made once.
let film;
const offline = () => (film ??= encode(OFFLINE));

const dialog = (page) => page.locator('dialog.window');
const openWindow = async (page) => {
  await pad(page).waitFor();
  await id(page, 'film').click();
  await id(page, 'film-file').waitFor();
};
const choose = (page, buffer, name = 'light.webm') => id(page, 'film-input').setInputFiles({ name, mimeType: 'video/webm', buffer });
const kept = (page) => page.evaluate(async () => [await caches.keys(), Object.keys(localStorage), await indexedDB.databases()].flat());

test('a film of the light is read where somebody points, without a network, and nothing of it is kept', async (t) => {
  const { page, server } = await visit(t, { path: model('outdoor'), viewport: { width: 390, height: 844 } });
  await offlineReady(page);
  await server.close();
  const film = await offline();
  // What was tapped before is compared with it.
  await tap(page, [0, 600]);
  await openWindow(page);
  await page.screenshot({ path: 'target/screenshots/film-begin.png' });
  await axe(page);
  const before = await kept(page);
  await choose(page, film);
  await id(page, 'film-find').waitFor();
  await page.screenshot({ path: 'target/screenshots/film-point.png' });
  await point(page);
  await id(page, 'film-stop').waitFor();
  await saw(page, 'offline', 40_000);
  await dialog(page).waitFor({ state: 'detached' });
  assert.match(await id(page, 'compared').innerText(), /^Your taps: /);
  assert.equal(await id(page, 'differs').count(), 0, 'two taps say nothing yet');
  await page.screenshot({ path: 'target/screenshots/film-compared.png', fullPage: true });
  const { verdict } = await page.evaluate(() => document.querySelector('led-doctor').state);
  assert.ok(verdict.sure >= 90, `${verdict.sure} %`);
  t.diagnostic(`measured: a flash every ${verdict.period} ms`);
  assert.ok(Math.abs(verdict.period - 3000) < 60, String(verdict.period));
  const after = await kept(page);
  assert.deepEqual(after.filter((name) => !name.startsWith('led-doctor:')), before.filter((name) => !name.startsWith('led-doctor:')));
});

test('a light of a few dots in a large picture is read where somebody points', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await openWindow(page);
  await choose(page, await encode({ ...OFFLINE, scale: 2, radius: 0.75 }));
  await id(page, 'film-find').waitFor();
  await point(page);
  await saw(page, 'offline', 60_000);
});

test('a film is read without anybody pointing, and one in which no light blinks names no code', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await openWindow(page);
  await choose(page, await encode({ lit: [], ms: 2000 }));
  await id(page, 'film-find').click();
  await dialog(page).getByText('No light changes here.').waitFor({ timeout: 20_000 });
  await choose(page, await offline());
  await id(page, 'film-find').click();
  await saw(page, 'offline', 40_000);
});

for (const [what, how] of [
  ['does not know of pictures that are announced', () => { delete HTMLVideoElement.prototype.requestVideoFrameCallback; }],
  ['announces none', () => { HTMLVideoElement.prototype.requestVideoFrameCallback = () => 0; }],
  ['will not play', () => { HTMLVideoElement.prototype.play = () => Promise.reject(new DOMException('', 'NotAllowedError')); }],
]) {
  test(`a browser that ${what}: the film is stepped through`, async (t) => {
    const { page } = await visit(t, { path: model('outdoor') });
    await openWindow(page);
    await page.evaluate(how);
    await choose(page, await offline());
    await id(page, 'film-find').click();
    await saw(page, 'offline', 60_000);
  });
}

test('a film in slow motion is read at the pace of the light', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await openWindow(page);
  // A flash every three seconds, stretched to twice its time.
  await choose(page, await encode({ lit: [[1200, 1500], [7200, 7500]], ms: 9000 }));
  await id(page, 'film-slow').selectOption('2');
  await id(page, 'film-find').click();
  await page.waitForFunction(() => document.querySelector('led-doctor').state.taps === 2, null, { timeout: 40_000 });
  const { verdict } = await page.evaluate(() => document.querySelector('led-doctor').state);
  assert.ok(!verdict || Math.abs(verdict.period - 3000) < 100, JSON.stringify(verdict));
});

test('of two lights that blink, each has a ring, and the one that is chosen is read', async (t) => {
  const { page } = await visit(t, { path: model('outdoor'), viewport: { width: 390, height: 844 } });
  await openWindow(page);
  const second = Array.from({ length: 11 }, (_, nth) => [500 + 700 * nth, 800 + 700 * nth]);
  await choose(page, await encode({ ...OFFLINE, second }));
  await id(page, 'film-find').click();
  await dialog(page).getByText('Several lights change.').waitFor({ timeout: 40_000 });
  await page.screenshot({ path: 'target/screenshots/film-which.png' });
  await axe(page);
  assert.equal(await id(page, 'film-light-3').count(), 0);
  // The one that is there for longer is named first; the other is the light that is meant.
  await id(page, 'film-light-2').click();
  await saw(page, 'offline', 40_000);
});

test('a file that is no film is said to be none', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  await openWindow(page);
  await choose(page, Buffer.from('this is no film'));
  await dialog(page).getByText('This file cannot be played here.').waitFor();
  await id(page, 'film-close').click();
  await pad(page).click();
  assert.equal(await id(page, 'tap-count').innerText(), '1', 'tapping continues');
});

test('the live camera reads the light until the app has made up its mind, and is switched off then', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'led-doctor-camera-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const film = join(dir, 'light.y4m');
  await writeCamera(film, { lit: Array.from({ length: 8 }, (_, nth) => [900 + 3000 * nth, 1050 + 3000 * nth]), ms: 24_000 });
  const args = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
  const { page } = await visit(t, { path: model('outdoor'), viewport: { width: 390, height: 844 }, args });
  await page.evaluate(() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (wish) => (globalThis.stream = await ask(wish));
  });
  await openWindow(page);
  await id(page, 'film-camera').click();
  await id(page, 'film-stop').waitFor();
  await point(page);
  await page.screenshot({ path: 'target/screenshots/film-live.png' });
  await saw(page, 'offline', 30_000);
  await dialog(page).waitFor({ state: 'detached' });
  assert.deepEqual(await page.evaluate(() => globalThis.stream.getTracks().map(({ readyState }) => readyState)), ['ended']);
});

test('a camera that is not allowed, and one that is not there, are said, and tapping continues', async (t) => {
  const { page } = await visit(t, { path: model('outdoor') });
  for (const [name, words] of [['NotAllowedError', 'The camera was not allowed.'], ['NotFoundError', 'There is no camera here.'], ['NotReadableError', 'Another app uses the camera.']]) {
    await page.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', name); };
    }, name);
    await openWindow(page);
    await id(page, 'film-camera').click();
    await dialog(page).getByText(words).waitFor();
    await id(page, 'film-close').click();
  }
});

test('a film that is shared with the app waits for the device and is gone when it was opened', async (t) => {
  const { page, url } = await visit(t, { path: model('outdoor') });
  await offlineReady(page);
  const film = await encode({ lit: [], ms: 1500 });
  const redirected = await page.evaluate(async (bytes) => {
    const form = new FormData();
    form.set('film', new File([Uint8Array.from(bytes)], 'light.webm', { type: 'video/webm' }));
    return (await fetch('./share', { method: 'POST', body: form, redirect: 'manual' })).type === 'opaqueredirect';
  }, [...film]);
  assert.ok(redirected, 'the worker leads to the app');
  await page.goto(`${url}?shared`);
  await running(page);
  await dialog(page).getByText('A film was shared with this app.').waitFor();
  await id(page, 'film-close').click();
  await page.locator('[data-testid=device][data-model=outdoor]').first().click();
  await pad(page).waitFor();
  await id(page, 'film').click();
  await id(page, 'film-find').waitFor();
  assert.equal(await page.evaluate(() => caches.has('led-doctor-shared')), false);
  assert.equal(new URL(page.url()).search, '');
});

test('no help page films', async (t) => {
  const { page, url } = await prepare(t);
  await page.goto(`${url}embed.html?pack=blink&model=outdoor`);
  await pad(page).waitFor();
  await page.waitForFunction(() => document.querySelector('led-doctor').state?.phase === 'running');
  assert.equal(await id(page, 'film').count(), 0);
});
