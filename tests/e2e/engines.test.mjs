// What has to work in every browser engine, and not in Chromium alone: one list of checks, run in Chromium, Firefox and WebKit.
import assert from 'node:assert/strict';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { start } from '../../tools/serve.mjs';
import { ENGINES } from './support/engines.mjs';
import { ELEMENT, heard, policyOfReadme, serveHelp } from './support/host.mjs';
import { encode } from './support/films.mjs';
import { copyOfDist, DIST } from './support/site.mjs';
import { play } from './support/tap.mjs';
import { model } from './support/walk.mjs';

// One quick flash every three seconds, as a film, which is made once.
const OFFLINE = { lit: [0, 1, 2].map((nth) => [900 + 3000 * nth, 1050 + 3000 * nth]), ms: 8_500 };
// The case that the engine before handed on, and its report.
let handed;
const EAGER = ELEMENT.replace('<led-doctor ', '<led-doctor loading="eager" ');

// Asks the page until it is so; without added scripts, since a strict page allows none.
const until = async (page, what, argument, patience = 30_000) => {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await page.evaluate(what, argument);
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`it did not come to be: ${what} ${JSON.stringify(argument ?? '')}\n${await page.evaluate(() => document.querySelector('led-doctor')?.shadowRoot.textContent.slice(0, 500))}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const hears = (page, type, times = 1) =>
  until(page, ([type, times]) => globalThis.heard.filter((event) => event.type === type).length >= times, [type, times]);
const state = (page) => page.evaluate(() => document.querySelector('led-doctor').state);

// The middle of what is in the `nth` element, once nothing lies over it and it does not move.
const middle = (page, what, nth = 0) =>
  until(page, async ([what, nth]) => {
    const find = () => {
      const root = document.querySelectorAll('led-doctor')[nth]?.shadowRoot;
      const found = [...(root?.querySelectorAll(what) ?? [])].find((one) => one.getClientRects().length);
      found?.scrollIntoView({ block: 'center', behavior: 'instant' });
      const { left, top, width, height } = found?.getBoundingClientRect() ?? {};
      return { root, found, x: left + width / 2, y: top + height / 2 };
    };
    const { x, y } = find();
    await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
    const now = find();
    return now.found && now.x === x && now.y === y && now.found.contains(now.root.elementFromPoint(x, y)) && [x, y];
  }, [what, nth]);

const tap = async (page, times, what = '[data-testid=tap-pad]', nth = 0) => {
  await page.mouse.move(...(await middle(page, what, nth)));
  await play(times, { down: () => page.mouse.down(), up: () => page.mouse.up() });
};
const press = (page, what, nth) => tap(page, [0], what, nth);
const id = (name) => `[data-testid="${name}"]`;

// Every way in which it can fail: what is arranged, and the reason that is reported. `spoilt` files have one byte changed.
const BROKEN = {
  'no WebAssembly': ['no-wasm', { early: 'delete globalThis.WebAssembly;' }],
  'a policy that forbids wasm': ['blocked', { csp: 'script-src {ours}; connect-src {ours}' }],
  'a policy that forbids the download': ['download', { csp: "script-src {ours} 'wasm-unsafe-eval'; connect-src 'none'" }],
  'a lost wasm': ['download', { lost: /\.wasm$/ }],
  'a lost script': ['download', { lost: /^\/app\..*\.js$/ }],
  'lost words': ['download', { lost: /ui\.en\..*\.json$/ }],
  'lost style': ['download', { lost: /look\..*\.css$/ }],
  'a wasm with one byte changed': ['download', { spoilt: /_bg\..*\.wasm/ }],
  'a script with one byte changed': ['download', { spoilt: /^app\./ }],
};

const spoil = async (t, pattern) => {
  const dir = await copyOfDist();
  for (const name of (await readdir(dir)).filter((name) => pattern.test(name))) {
    if (/\.(br|gz)$/.test(name)) await rm(join(dir, name));
    else {
      const bytes = await readFile(join(dir, name));
      bytes[bytes.length - 2] ^= 1;
      await writeFile(join(dir, name), bytes);
    }
  }
  return dir;
};

const failure = ([reason, { spoilt, ...how }]) => async (t, page) => {
  const { theirs } = await serveHelp(t, { body: EAGER, ...how, ...(spoilt && { dir: await spoil(t, spoilt) }) });
  await page.goto(theirs);
  await hears(page, 'error');
  const [error] = await heard(page, 'error');
  assert.equal(error.reason, reason, error.message);
  assert.equal((await state(page)).phase, 'failed');
  const seen = await page.evaluate(() => {
    const element = document.querySelector('led-doctor');
    return [element.querySelector('a'), element.shadowRoot.querySelector('[data-testid=tap-pad]')].map((one) => !!one?.getClientRects().length);
  });
  assert.deepEqual(seen, [true, false], 'the words of the page are seen, and no pad');
};

// Keeps every program that is made of wasm, to count them and to look at their memory.
const KEEPS = `
  globalThis.programs = [];
  for (const name of ['instantiate', 'instantiateStreaming']) {
    const own = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const made = await own.apply(WebAssembly, given);
      programs.push(made.instance ?? made);
      return made;
    };
  }`;
const memory = (page) => page.evaluate(() => Object.values(globalThis.programs[0].exports).find((one) => one instanceof WebAssembly.Memory).buffer.byteLength);

const CHECKS = {
  'on a strict page of another origin: from the first tap to the last step, by one pinned script, each file once': async (t, page) => {
    const line = await readFile(join(DIST, 'embed/script.txt'), 'utf8');
    const { theirs, asked } = await serveHelp(t, {
      csp: `default-src 'none'; ${policyOfReadme}; style-src 'self'; img-src data:; require-trusted-types-for 'script'`,
      script: (ours) => line.replace('https://your.host', ours),
    });
    await page.goto(theirs);
    await hears(page, 'ready');
    // Two taps more than a steady hand needs: on a busy machine the hand of this test is not steady.
    await tap(page, [0, 3000, 6000, 9000, 12000]);
    await press(page, id('agree'));
    await press(page, '[data-testid=answer][data-answer=no]');
    await press(page, '[data-testid=fix].is-open [data-testid=step] input');
    await hears(page, 'step');
    await press(page, `.is-open ${id('look-now')}`);
    await press(page, `.is-open ${id('outcome-fixed')}`);
    await hears(page, 'resolved');
    const at = { version: 1, pack: 'blink', model: 'outdoor' };
    const all = await heard(page);
    const verdict = all.find(({ type }) => type === 'verdict');
    const others = all.filter((event) => event !== verdict);
    assert.deepEqual(others.map(({ type }) => type), ['ready', 'tap', 'tap', 'tap', 'tap', 'tap', 'step', 'resolved']);
    const [ready, first, , third, , , step, resolved] = others;
    assert.deepEqual(ready, { type: 'ready', ...at });
    assert.deepEqual(first, { type: 'tap', ...at, count: 1, at: 0 });
    assert.ok(third.count === 3 && Math.abs(third.at - 6000) < 600, JSON.stringify(third));
    const { sure, period, ...found } = verdict;
    assert.deepEqual(found, { type: 'verdict', ...at, signal: 'offline', name: 'Not connected', how: 'tapped', read: null });
    assert.ok(sure > 90 && Math.abs(period - 3000) < 150, JSON.stringify(verdict));
    assert.ok(step.fix === 'restart-router' && step.step && step.done === true, JSON.stringify(step));
    assert.deepEqual(resolved, { type: 'resolved', ...at, signal: 'offline', fixed: true, fix: 'restart-router' });
    const now = await state(page);
    assert.deepEqual([now.stage, now.verdict.signal], ['resolved', 'offline']);
    assert.match(await page.evaluate(() => document.querySelector('led-doctor').report()), /Not connected/);
    assert.equal(await page.evaluate(() => document.querySelectorAll('link[rel=modulepreload]').length), 0);
    assert.deepEqual(await page.evaluate(() => globalThis.complaints), []);
    assert.deepEqual(asked, [...new Set(asked)], 'each file is fetched once');
    assert.equal(asked.filter((path) => path.endsWith('.wasm')).length, 1);
  },
  ...Object.fromEntries(Object.entries(BROKEN).map(([what, how]) => [`${what} leaves the page its own words, and says so`, failure(how)])),
  'ten elements share one program and know nothing of each other': async (t, page) => {
    const { theirs, asked } = await serveHelp(t, { body: EAGER.repeat(10), early: KEEPS });
    await page.goto(theirs);
    await hears(page, 'ready', 10);
    assert.deepEqual(asked, [...new Set(asked)], 'each file is fetched once');
    assert.equal(await page.evaluate(() => globalThis.programs.length), 1);
    await press(page, id('tap-pad'), 2);
    await hears(page, 'tap');
    const counts = await page.evaluate(() => [...document.querySelectorAll('led-doctor')].map(({ state }) => state.taps));
    assert.deepEqual(counts, [0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    assert.deepEqual(await page.evaluate(() => globalThis.complaints), []);
  },
  'a hundred times out and in again: nothing is lost, and the memory of the wasm stays flat': async (t, page) => {
    const { theirs } = await serveHelp(t, { body: EAGER, early: KEEPS });
    await page.goto(theirs);
    await hears(page, 'ready');
    await press(page, id('choose'));
    await press(page, '[data-testid=choice][data-signal=offline]');
    await hears(page, 'verdict');
    const remount = (times) => page.evaluate(async (times) => {
      const element = document.querySelector('led-doctor');
      for (let time = 0; time < times; time += 1) {
        element.remove();
        await null;
        const ready = new Promise((resolve) => { element.addEventListener('led-doctor:ready', resolve, { once: true }); });
        document.querySelector('main').append(element);
        // And out again before anything else happens, while the element is still telling of it.
        await ready;
      }
    }, times);
    await remount(10);
    const before = await memory(page);
    await remount(100);
    const now = await memory(page);
    t.diagnostic(`wasm memory: ${before} bytes before 100 remounts, ${now} after`);
    // The framework keeps the listeners of each run's host: about 2 KB. Memory comes in pages of 64 KB.
    assert.ok(now - before <= 4 * 65_536, `${now - before} bytes more`);
    assert.equal(await page.evaluate(() => document.querySelector('led-doctor').shadowRoot.querySelector('[data-testid=verdict]').dataset.signal), 'offline');
    assert.equal((await heard(page, 'ready')).length, 111);
    assert.deepEqual(await page.evaluate(() => globalThis.complaints), []);
  },
  'in every language: the first screen before the program, and the interface': async (t, page) => {
    for (const file of (await readdir(DIST)).filter((name) => /^first\.(?!en\b).+\.txt$/.test(name))) {
      const lang = file.split('.')[1];
      const [dir, label] = JSON.parse(await readFile(join(DIST, file), 'utf8'));
      let held = true;
      // A server each: what it holds back takes none of the next one's connections.
      const { url, close } = await start({ dir: DIST, ahead: ({ url }) => held && url.endsWith('.wasm') });
      t.after(close);
      await page.goto(`${url}privacy.html`);
      await page.evaluate((lang) => localStorage.setItem('led-doctor:lang', lang), lang);
      await page.goto(url + model('outdoor'));
      // The wasm is never answered: what is seen is the first screen.
      await until(page, (label) => document.querySelector('led-doctor').shadowRoot?.querySelector('.first .pad')?.getAttribute('aria-label') === label, label);
      assert.equal(await page.evaluate(() => document.documentElement.dir), dir, lang);
      held = false;
      await page.goto(url + model('mini'));
      await until(page, () => document.documentElement.dataset.app === 'running');
      assert.deepEqual(await page.evaluate(() => {
        const { lang, dir } = document.querySelector('led-doctor').shadowRoot.querySelector('.inner .ld');
        return [lang, dir];
      }), [lang, dir]);
      await page.evaluate(() => localStorage.clear());
      await page.goto('about:blank');
      await close();
    }
  },
  'a case is handed on, and the one that another engine handed on is opened': async (t, page) => {
    const { url, close } = await start({ dir: DIST });
    t.after(close);
    await page.goto(`${url}${model('outdoor')}#code:offline`);
    await until(page, () => document.documentElement.dataset.app === 'running');
    if (!(await until(page, () => document.documentElement.dataset.offline === 'ready' && (document.documentElement.dataset.handOver ?? 'cannot') === 'can'))) return;
    for (const name of ['agree', 'answer', 'support']) await press(page, id(name));
    await press(page, id('hand-over'));
    const [link, report] = await until(page, () => {
      const { link } = document.querySelector('dialog.window')?.dataset ?? {};
      return link && [link, document.querySelector('led-doctor').shadowRoot.querySelector('[data-testid=report]').textContent];
    });
    const [packed, wanted] = handed ?? [];
    handed = [link.split('#case=')[1], report];
    if (!packed) return;
    await page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
    await page.goto('about:blank');
    await page.goto(`${url}#case=${packed}`);
    await until(page, () => !!document.querySelector('[data-testid=hand-over-open]'));
    await page.evaluate(() => document.querySelector('[data-testid=hand-over-open]').click());
    await until(page, (wanted) => document.querySelector('led-doctor')?.shadowRoot?.querySelector('[data-testid=report]')?.textContent === wanted, wanted);
    await page.evaluate(() => localStorage.clear());
  },
  'a film of the light is read, or it is said why it cannot be': async (t, page) => {
    const { url, close } = await start({ dir: DIST });
    t.after(close);
    await page.goto(url + model('outdoor'));
    await until(page, () => document.documentElement.dataset.app === 'running');
    await until(page, () => document.documentElement.dataset.offline === 'ready' || !('serviceWorker' in navigator));
    if (!(await page.evaluate(() => document.documentElement.dataset.film === 'can'))) return t.diagnostic('films are not offered here');
    const film = await (OFFLINE.film ??= encode(OFFLINE));
    await page.evaluate(() => document.querySelector('led-doctor').shadowRoot.querySelector('[data-testid=film]').click());
    await until(page, () => !!document.querySelector('[data-testid=film-input]'));
    await page.evaluate((base64) => {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      const files = new DataTransfer();
      files.items.add(new File([bytes], 'light.webm', { type: 'video/webm' }));
      const input = document.querySelector('[data-testid=film-input]');
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
    }, film.toString('base64'));
    const how = await until(page, () => (document.querySelector('[data-testid=film-find]') ? 'plays' : /cannot be played/.test(document.querySelector('dialog')?.textContent ?? '') && 'says so'));
    t.diagnostic(`the film: ${how}`);
    // Debian's WebKitGTK brings no player for it.
    if (how === 'says so') return;
    await page.evaluate(() => document.querySelector('[data-testid=film-find]').click());
    const came = await until(page, () => document.querySelector('led-doctor').state.verdict?.signal ?? (document.querySelector('[data-testid=film-file]') && document.querySelector('dialog [role=status]').textContent), null, 100_000);
    assert.equal(came, 'offline');
  },
  'the app itself starts, takes taps, and does so again with the server gone': async (t, page) => {
    const asked = [];
    const { url, close } = await start({ dir: DIST, ahead: ({ url }) => { asked.push(url); return false; } });
    t.after(close);
    const runs = () => until(page, () => document.documentElement.dataset.app === 'running');
    await page.goto(url + model('outdoor'));
    await runs();
    await press(page, id('tap-pad'));
    await until(page, () => document.querySelector('led-doctor').state.taps === 1);
    await until(page, () => document.documentElement.dataset.offline === 'ready');
    // What the worker keeps, it asks for again where the browser does not share with it.
    const before = asked.slice(0, asked.indexOf('/sw.js'));
    assert.equal(before.filter((path) => path.endsWith('.wasm')).length, 1, before.join(' '));
    await close();
    await page.reload();
    await runs();
    await page.goto(url + model('mini'));
    await runs();
    await press(page, id('tap-pad'));
    await until(page, () => document.querySelector('led-doctor').state.taps === 1 && document.querySelector('led-doctor').state.model === 'mini');
  },
};

describe('in each engine', () => {
  for (const [name, open] of Object.entries(ENGINES)) {
    describe(name, { concurrency: 1 }, () => {
      // One browser for all of them, opened by the first that is run.
      let opened;
      after(async () => (await opened)?.close());
      for (const [what, check] of Object.entries(CHECKS)) {
        // A page that hangs is not waited for without end.
        test(`${what} (${name})`, { timeout: 120_000 }, async (t) => check(t, (await (opened ??= open())).page));
      }
    });
  }
});
