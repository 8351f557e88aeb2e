// Every fix of the Blink pack on every model, walked to its end without a network. The reports stand in reports/, to be read
// by people; UPDATE_REPORTS=1 writes them anew.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { doPlan, report } from './support/cure.mjs';
import { DIST, offlineReady, running, visit } from './support/site.mjs';
import { agree, answer, choose, id, model, openFix, pad } from './support/walk.mjs';

const REPORTS = fileURLToPath(new URL('./reports/', import.meta.url));
const name = (await readdir(`${DIST}content`)).find((file) => /^pack\.blink\.en\.[0-9a-f]+\.json$/.test(file));
const pack = JSON.parse(await readFile(`${DIST}content/${name}`, 'utf8'));
// The seven that the pack is about.
const SEVEN = ['restart-router', 'restart-camera', 'move-closer', 'rejoin-wifi', 're-add', 'batteries', 'support'];

// The fixes and steps that a model has, by the rules of the pack's format.
const named = ({ models = [], except = [] }, own) => {
  const { like } = pack.model[own];
  return !except.includes(own) && (models.length === 0 || models.includes(own) || models.includes(like));
};
const stepsOf = (fix, own) => Object.keys(pack.fix[fix].step).filter((step) => named(pack.fix[fix].step[step], own));

const walked = new Set();
for (const own of Object.keys(pack.model)) {
  test(`every fix for the ${own}, offline, to its end`, async (t) => {
    const { page, server, url } = await visit(t, { path: model(own) });
    await offlineReady(page);
    await server.close();
    const { like } = pack.model[own];
    const signals = pack.model[like ?? own].signal;
    const plans = Object.keys(signals).filter((signal) => Object.values(pack.plan).some(({ cause }) => cause === signals[signal].cause));
    const reports = [];
    for (const signal of plans) {
      await page.goto(url + model(own));
      await running(page);
      await pad(page).or(id(page, 'start-over')).first().waitFor();
      if ((await pad(page).count()) === 0) await id(page, 'start-over').click();
      await page.evaluate(() => localStorage.clear());
      await page.reload();
      await pad(page).first().waitFor();
      await choose(page, signal);
      await agree(page);
      await openFix(page).or(id(page, 'question')).first().waitFor();
      const asked = Object.values(pack.plan).find(({ cause }) => cause === signals[signal].cause).ask;
      if (asked) await answer(page, 'unsure');
      const done = await doPlan(page);
      for (const [fix, steps] of Object.entries(done)) {
        assert.deepEqual(steps, stepsOf(fix, own), `${fix} on the ${own}`);
        walked.add(`${own} ${fix}`);
      }
      reports.push(await report(page));
    }
    const text = `${reports.join('\n\n')}\n`;
    const file = `${REPORTS}${own}.txt`;
    if (process.env.UPDATE_REPORTS) {
      await mkdir(REPORTS, { recursive: true });
      await writeFile(file, text);
    }
    assert.equal(text, await readFile(file, 'utf8'));
    // None of the seven that this model has was left out.
    const missing = SEVEN.filter((fix) => named(pack.fix[fix], own) && !walked.has(`${own} ${fix}`));
    const planned = Object.values(pack.plan).filter(({ cause }) => plans.some((signal) => signals[signal].cause === cause));
    assert.deepEqual(missing.filter((fix) => planned.some(({ order }) => order.includes(fix))), []);
  });
}
