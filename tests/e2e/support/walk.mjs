// A person's way through the app, as steps for the tests.
import assert from 'node:assert/strict';
import { tapAt } from './tap.mjs';

export const id = (page, name) => page.getByTestId(name);
export const pad = (page) => id(page, 'tap-pad');

// The link of a help page: straight to the pad of that model.
export const model = (name, pack = 'blink') => `?pack=${pack}&model=${name}`;

// Resolves on the verdict, however long the person has to watch for it.
export const verdict = async (page, timeout = 15000) => {
  await id(page, 'verdict').waitFor({ timeout });
  return id(page, 'verdict').getAttribute('data-signal');
};

export const saw = async (page, signal, timeout) => assert.equal(await verdict(page, timeout), signal);

// Answers the question that is on the screen, or comes to be.
export const answer = async (page, value) => {
  await page.locator(`[data-testid=answer][data-answer="${value}"]`).click();
};

export const tap = (page, times, options) => tapAt(page, pad(page), times, options);

// Taps what is written as in a pack's scenarios: seconds, each after its light where there is a pad for each, and from-to for
// a tap that is held: "amber:0 amber:0.6 white:2-2.8".
export const tapWritten = async (page, written) => {
  await pad(page).first().waitFor();
  const lights = await pad(page).evaluateAll((pads) => pads.map((one) => one.dataset.light));
  const times = written.split(' ').map((word) => {
    const [, light, from, to] = /^(?:(.+):)?([\d.]+)(?:-([\d.]+))?$/.exec(word);
    const place = light ? lights.indexOf(light) : 0;
    assert.ok(place >= 0, `there is a pad for ${light}`);
    return [from * 1000, to ? to * 1000 : from * 1000 + 60, place];
  });
  await tap(page, times);
};

export const agree = (page) => id(page, 'agree').click();

// The untimed way: choose the signal by its description.
export const choose = async (page, signal) => {
  await id(page, 'choose').first().click();
  await page.locator(`[data-testid=choice][data-signal="${signal}"]`).click();
};

// The steps of the open fix, one at a time: the next one is done; and where the light is seen to have changed before the last.
export const nextStep = (page) => openFix(page).locator('.is-current').getByTestId('step-done').click();
// To the open fix's first wait, and into it.
export const startWait = async (page) => {
  const current = openFix(page).locator('.is-current');
  await current.waitFor();
  while (!(await current.getByTestId('wait-start').count())) {
    const step = await current.getAttribute('data-step');
    await nextStep(page);
    await openFix(page).locator(`.is-past[data-step="${step}"]`).waitFor({ state: 'attached' });
  }
  await current.getByTestId('wait-start').click();
};
export const lookNow = async (page) => {
  const early = openFix(page).getByTestId('look-now');
  await openFix(page).waitFor();
  if (await early.count() && !(await openFix(page).getByTestId('look-again').isVisible())) await early.click();
};
export const outcome = async (page, what) => {
  await lookNow(page);
  await openFix(page).getByTestId(`outcome-${what}`).click();
};
export const lookAgain = async (page) => {
  await lookNow(page);
  await openFix(page).getByTestId('look-again').click();
};

export const openFix = (page) => page.locator('[data-testid=fix].is-open');
export const fixes = (page) =>
  page.locator('[data-testid=fix]').evaluateAll((all) => all.map((fix) => fix.getAttribute('data-fix')));
