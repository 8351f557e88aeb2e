// What one picture of the live camera costs: drawn, fetched, read, and now and then judged. Prints what it measured and judges nothing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { point, writeCamera } from './support/films.mjs';
import { visit } from './support/site.mjs';
import { id, model, pad } from './support/walk.mjs';

// Watched so long, in ms: too short for a light of three seconds to be decided.
const WATCHED = 6000;

const KINDS = [1, 4].flatMap((rate) => [false, true].map((isPointed) => [rate, isPointed]));

for (const [rate, isPointed] of KINDS) {
  test(`a picture of the live camera${isPointed ? ', pointed at' : ''}, CPU ÷ ${rate}`, async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'led-doctor-camera-'));
    t.after(() => rm(dir, { recursive: true, force: true }));
    const film = join(dir, 'light.y4m');
    // A rhythm that is no signal of the model: the window stays.
    await writeCamera(film, { lit: Array.from({ length: 30 }, (_, nth) => [400 + 700 * nth, 650 + 700 * nth]), ms: 20_000 });
    const args = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-video-capture=${film}`];
    const { page } = await visit(t, { path: model('outdoor'), viewport: { width: 390, height: 844 }, args });
    await page.evaluate(() => {
      globalThis.took = [];
      globalThis.shown = [];
      const own = HTMLVideoElement.prototype.requestVideoFrameCallback;
      HTMLVideoElement.prototype.requestVideoFrameCallback = function later(callback) {
        return own.call(this, (now, seen) => {
          const begun = performance.now();
          callback(now, seen);
          globalThis.took.push(performance.now() - begun);
          globalThis.shown.push(seen.presentedFrames);
        });
      };
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate });
    await pad(page).waitFor();
    await id(page, 'film').click();
    await id(page, 'film-camera').click();
    await id(page, 'film-stop').waitFor();
    if (isPointed) await point(page);
    await page.waitForTimeout(WATCHED);
    const { took, shown } = await page.evaluate(() => ({ took: globalThis.took, shown: globalThis.shown }));
    const sorted = took.slice(10).sort((a, b) => a - b);
    const at = (share) => sorted[Math.floor((sorted.length - 1) * share)]?.toFixed(1);
    const missed = shown.slice(11).reduce((sum, nth, place) => sum + Math.max(0, nth - shown[place + 10] - 1), 0);
    t.diagnostic(`${took.length} pictures in ${WATCHED / 1000} s, ${missed} went by unseen; ms a picture: ${at(0.5)} (half), ${at(0.95)} (19 of 20), ${at(1)} (all)`);
  });
}
