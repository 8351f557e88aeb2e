// Walking a plan to its end, as a person who does every step.
import { agree, answer, choose, id, nextStep, openFix, outcome, pad } from './walk.mjs';

// On the plan for that light, its first fix open.
export const onPlan = async (page, signal = 'offline', first = 'unsure') => {
  await pad(page).waitFor();
  await choose(page, signal);
  await agree(page);
  if (first) await answer(page, first);
  await openFix(page).waitFor();
};

// Does all of the open fix, step by step: agrees to a loss, starts and cuts short every wait, checks off all others. Gives the steps.
export const doFix = async (page) => {
  const fix = openFix(page);
  await fix.waitFor();
  const current = fix.locator('.is-current');
  const done = [];
  while (await current.count()) {
    const step = await current.getAttribute('data-step');
    if (done.includes(step)) throw new Error(`${step} comes twice`);
    done.push(step);
    if (await current.getByTestId('agree-loss').count()) {
      await current.getByTestId('agree-loss').click();
    } else if (await current.getByTestId('wait-start').count()) {
      await current.getByTestId('wait-start').click();
      await current.getByTestId('wait-skip').click();
    } else {
      await nextStep(page);
    }
    await fix.locator(`.is-past[data-step="${step}"]`).waitFor({ state: 'attached' });
  }
  return done;
};

// From the plan to help from people: every fix done, none of them helps. Gives { fix: [steps] } in the order of the plan.
export const doPlan = async (page) => {
  const done = {};
  while (await openFix(page).count()) {
    const name = await openFix(page).getAttribute('data-fix');
    if (name in done) throw new Error(`${name} is offered twice`);
    done[name] = await doFix(page);
    await outcome(page, 'same');
    await page.locator(`[data-testid=fix].is-open:not([data-fix="${name}"])`).or(id(page, 'report')).first().waitFor();
  }
  return done;
};

// The report without its moments, which no two runs share.
export const report = async (page) => {
  const text = await id(page, 'report').innerText();
  return text.replace(/^(LED Doctor, ).*$/gm, '$1(when)').replace(/^- \d+ min: /gm, '- (when) min: ');
};
