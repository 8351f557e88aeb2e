// How long the page takes to refuse a hostile pack, on this machine: from the choice of the file to the words on the screen. Prints
// what it measured and judges nothing: own.test.mjs holds that each is refused, and that the page lives.
import { test } from 'node:test';
import { bring, pack, text } from './support/own.mjs';
import { visit } from './support/site.mjs';
import { id } from './support/walk.mjs';

// What a refusal should take at most, in ms.
const AIM = 100;

const signals = (count, signal) => pack(({ model }) => {
  const bell = model.bell.signal;
  for (let n = 0; n < count; n += 1) bell[`s${n}`] = { ...bell.fine, ...signal };
});
const script = '<script>alert(1)</script>\u202e';
const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);

const HOSTILE = {
  'no pack at all (the checker is fetched for it)': '{}',
  'ten megabytes': JSON.stringify({ name: 'x'.repeat(10_000_000) }),
  'a million signals': JSON.stringify({ signal: Object.fromEntries(Array.from({ length: 1_000_000 }, (_, n) => [`s${n}`, {}])) }),
  'a megabyte': JSON.stringify({ name: 'x'.repeat(1_000_000) }),
  'lists in each other, 100 000 deep': nested(100_000),
  'lists in each other, all that is read': nested(131_000),
  'tables in each other': '{"a":'.repeat(40_000) + '1' + '}'.repeat(40_000),
  'twenty thousand unknown names': JSON.stringify(Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`n${n}`, n]))),
  'a thousand signals': signals(1000, { name: 'x', looks: 'x' }),
  'as many signals as there may be, none of which can be read': signals(250, { show: 'short x3, '.repeat(39) + 'shirt' }),
  'as many signals as there may be, and one word wrong': pack((own) => {
    Object.assign(own, JSON.parse(signals(250, { show: 'short x3, '.repeat(39) + 'short' })));
    own.edition = 'soon';
  }),
  'scripts in every string': text.replace(/"(name|looks|text|title|why|meaning|ask|note|hint)":\s*"[^"]*"/g, `"$1": "${script}"`),
  'numbers without measure': pack((own) => { own.model.bell.signal.lost.weight = 1e308; }),
  'ids that look alike': pack((own) => { own.model['bеll'] = own.model.bell; }),
};

// The milliseconds from the choice of a file to its refusal, from within the page.
const watched = () => {
  const { shadowRoot } = document.querySelector('led-doctor');
  shadowRoot.addEventListener('change', () => {
    const since = performance.now();
    globalThis.refused = undefined;
    const observer = new MutationObserver(() => {
      const words = shadowRoot.querySelector('[data-testid=own-problems]')?.textContent;
      if (!words) return;
      globalThis.refused = performance.now() - since;
      observer.disconnect();
    });
    observer.observe(shadowRoot, { subtree: true, childList: true, characterData: true });
  }, true);
};

test('hostile packs', async (t) => {
  const { page } = await visit(t);
  await id(page, 'own').click();
  await page.evaluate(watched);
  for (const [what, json] of Object.entries(HOSTILE)) {
    await bring(page, json);
    const took = await page.waitForFunction(() => globalThis.refused, null, { timeout: 20_000 }).then((took) => took.jsonValue(), () => null);
    const said = took === null ? 'not refused in 20 s' : `refused after ${Math.round(took)} ms${took > AIM ? `, above ${AIM}` : ''}`;
    t.diagnostic(`${what}: ${said}`);
    // A good one takes the words away again.
    await bring(page, text);
    await id(page, 'own-problems').waitFor({ state: 'detached' });
  }
});
