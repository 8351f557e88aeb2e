// Walking a plan to its end, as a person who does every step.
import { agree, answer, choose, id, openFix, pad } from './walk.mjs';

// On the plan for that light, its first fix open.
export const onPlan = async (page, signal = 'offline', first = 'no') => {
  await pad(page).waitFor();
  await choose(page, signal);
  await agree(page);
  if (first) await answer(page, first);
  await openFix(page).waitFor();
};

// Does all of the open fix: agrees to a loss, starts and cuts short every wait, checks off every step. Gives the steps it saw.
export const doFix = async (page) => {
  const fix = openFix(page);
  await fix.waitFor();
  const loss = fix.getByTestId('agree-loss');
  const boxes = fix.locator('[data-testid=step] input');
  for (let at = 0; (await loss.count()) > 0 || at < (await boxes.count()); at += 1) {
    if (await loss.count()) await loss.first().click();
    await boxes.nth(at).check();
  }
  while (await fix.getByTestId('wait-start').count()) {
    await fix.getByTestId('wait-start').first().click();
    await fix.getByTestId('wait-skip').first().click();
  }
  return fix.getByTestId('step').evaluateAll((all) => all.map((step) => step.dataset.step));
};

// From the plan to help from people: every fix done, none of them helps. Gives { fix: [steps] } in the order of the plan.
export const doPlan = async (page) => {
  const done = {};
  while (await openFix(page).count()) {
    const name = await openFix(page).getAttribute('data-fix');
    if (name in done) throw new Error(`${name} is offered twice`);
    done[name] = await doFix(page);
    await openFix(page).getByTestId('outcome-same').click();
    await page.locator(`[data-testid=fix].is-open:not([data-fix="${name}"])`).or(id(page, 'report')).first().waitFor();
  }
  return done;
};

// The report without its moments, which no two runs share.
export const report = async (page) => {
  const text = await id(page, 'report').innerText();
  return text.replace(/^(- |Begun: ).*?\d{1,2}:\d\d\s[AP]M(: |$)/gm, '$1(when)$2');
};
