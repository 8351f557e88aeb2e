// A monkey at the page: seeded random presses of whatever is there, for a while, in each browser engine. It finds no dead end, no error and no stop.
//
// SECONDS: how long in each browser engine (20); SEED: which presses, as a failure prints it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { start } from '../../tools/serve.mjs';
import { ENGINES } from './support/engines.mjs';
import { DIST } from './support/site.mjs';

const SECONDS = Number(process.env.SECONDS ?? 20);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const MODELS = [['blink', 'outdoor'], ['blink', 'mini'], ['dell', 'laptop'], ['lennox', 'el180'], ['liftmaster', 'arrows'], ['other', 'any']];

// Runs in the page: presses at random until the time is over. Gives how many presses there were, or what is wrong.
const monkey = async ({ ms, seed }) => {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const complaints = [];
  addEventListener('error', ({ message }) => complaints.push(message));
  addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)));
  const element = document.querySelector('led-doctor');
  const seen = (one) => one.getClientRects().length > 0 && !one.disabled;
  const end = performance.now() + ms;
  let presses = 0;
  // What leaves the page, or opens something outside of it, is left alone.
  const outside = /^(print|share|save|forget|film|hand-over|own-open|wait-announce|sound)$/;
  while (performance.now() < end) {
    const dialog = document.querySelector('dialog[open]');
    const root = dialog ?? element.shadowRoot.querySelector('.app');
    const all = [...root.querySelectorAll('button, summary, input[type=checkbox], select')].filter((one) => seen(one) && !outside.test(one.dataset.testid ?? ''));
    if (!all.length) return { wrong: `nothing can be pressed at stage ${element.state.stage}`, presses };
    const pads = all.filter((one) => one.dataset.testid === 'tap-pad');
    const one = pads.length && random() < 0.6 ? pads[Math.floor(random() * pads.length)] : all[Math.floor(random() * all.length)];
    if (one.dataset.testid === 'tap-pad') {
      const at = { isPrimary: true, button: 0, pointerId: 1, bubbles: true, composed: true, cancelable: true };
      one.dispatchEvent(new PointerEvent('pointerdown', at));
      await new Promise((resolve) => setTimeout(resolve, random() < 0.2 ? 300 : 20));
      one.dispatchEvent(new PointerEvent('pointerup', at));
    } else one.click();
    presses += 1;
    await new Promise((resolve) => setTimeout(resolve, random() * 30));
    if (document.documentElement.dataset.app !== 'running') return { wrong: 'the program stopped', presses };
    if (complaints.length) return { wrong: complaints.join('; '), presses };
    if (!element.shadowRoot.querySelector('h1')) return { wrong: 'no heading', presses };
  }
  return { presses };
};

for (const [name, open] of Object.entries(ENGINES)) {
  test(`a monkey in ${name}`, { timeout: (SECONDS + 60) * 1000 }, async (t) => {
    const { url, close } = await start({ dir: DIST });
    const { page, close: shut } = await open();
    t.after(async () => { await shut(); await close(); });
    let presses = 0;
    for (const [nth, [pack, model]] of MODELS.entries()) {
      await page.goto(`${url}?pack=${pack}&model=${model}`);
      const end = Date.now() + 20_000;
      while (!(await page.evaluate(() => document.documentElement.dataset.app === 'running'))) {
        assert.ok(Date.now() < end, 'the app does not start');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      const came = await page.evaluate(monkey, { ms: (SECONDS * 1000) / MODELS.length, seed: SEED + nth });
      presses += came.presses;
      assert.equal(came.wrong, undefined, `${pack} ${model}, after ${came.presses} presses; again with SEED=${SEED} SECONDS=${SECONDS}`);
    }
    t.diagnostic(`${presses} presses, seed ${SEED}`);
  });
}
