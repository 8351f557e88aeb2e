// A good guest: whatever the page around it does, the element works, and it leaves the page as it was.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { compile } from 'tailwindcss';
import { axe } from './support/axe.mjs';
import { ELEMENT, heard, hears, heldBack, helpPage } from './support/host.mjs';
import { text } from './support/own.mjs';
import { recipe } from './support/recipes.mjs';
import { prepare } from './support/site.mjs';
import { choose, id, pad, tap } from './support/walk.mjs';

const EAGER = ELEMENT.replace('<led-doctor ', '<led-doctor loading="eager" ');
const element = (page) => page.locator('led-doctor');
const running = async (page, times = 1) => hears(page, 'ready', times);

test('moved, it goes on; taken out and put in again, it is where it was', async (t) => {
  const { page } = await helpPage(t, { body: `<div id="a">${EAGER}</div><div id="b"></div>` });
  await running(page);
  await choose(page, 'offline');
  await hears(page, 'verdict');
  await page.evaluate(() => document.querySelector('#b').append(document.querySelector('led-doctor')));
  assert.equal(await id(page, 'verdict').getAttribute('data-signal'), 'offline');
  assert.equal((await heard(page, 'ready')).length, 1);
  await page.evaluate(() => {
    globalThis.taken = document.querySelector('led-doctor');
    globalThis.taken.remove();
  });
  await page.waitForFunction(() => globalThis.taken.state.phase === 'waiting');
  await page.evaluate(() => document.querySelector('#a').append(globalThis.taken));
  await running(page, 2);
  assert.equal(await id(page, 'verdict').getAttribute('data-signal'), 'offline');
  assert.deepEqual(await heard(page, 'error'), []);
});

test('a hundred times out and in again: nothing is lost and memory stays flat', async (t) => {
  const { page, context } = await helpPage(t, { body: EAGER });
  await running(page);
  await choose(page, 'offline');
  await hears(page, 'verdict');
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable');
  const remount = async (times) => {
    for (let time = 0; time < times; time += 1) {
      const before = (await heard(page, 'ready')).length;
      await page.evaluate(() => { globalThis.taken = document.querySelector('led-doctor'); globalThis.taken.remove(); });
      await page.waitForFunction(() => globalThis.taken.state.phase === 'waiting');
      await page.evaluate(() => document.querySelector('main').append(globalThis.taken));
      await running(page, before + 1);
    }
  };
  const measure = async () => {
    // What a finaliser of the first round lets go of is collected in the next.
    for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
    const { metrics } = await session.send('Performance.getMetrics');
    const { JSHeapUsedSize: heap, Nodes: nodes, JSEventListeners: listeners } = Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
    return { heap, nodes, listeners };
  };
  // The first rounds fill caches.
  await remount(10);
  const before = await measure();
  await remount(100);
  const after = await measure();
  const grown = Object.fromEntries(Object.keys(before).map((name) => [name, after[name] - before[name]]));
  t.diagnostic(`100 remounts: ${JSON.stringify(grown)} from ${JSON.stringify(before)}`);
  assert.equal(await id(page, 'verdict').getAttribute('data-signal'), 'offline');
  // The framework keeps the bare host of each run with its listeners, and nothing that was drawn in it.
  assert.ok(grown.nodes <= 150, `${grown.nodes} nodes more`);
  assert.ok(grown.listeners <= 300, `${grown.listeners} listeners more`);
  assert.ok(grown.heap < 300_000, `${grown.heap} bytes more`);
});

test('the style of the page ends at the element, whatever it is', async (t) => {
  const hostile = `* { all: unset !important; font: 40px cursive !important; color: lime !important; letter-spacing: 1em !important }
    html { font-size: 4px } button, h1, p { display: none !important } :focus { outline: none !important }
    svg { width: 0 } .pad, .ld, .base { display: none !important }`;
  const { page } = await helpPage(t, { head: `<style>${hostile}</style>`, body: EAGER });
  await running(page);
  const button = pad(page);
  assert.ok((await button.boundingBox()).width >= 200);
  assert.equal(await button.evaluate((pad) => getComputedStyle(pad).fontSize), '16px');
  const title = await page.locator('led-doctor h1').evaluate((title) => {
    const { fontSize, letterSpacing, color, fontFamily } = getComputedStyle(title);
    return { fontSize, letterSpacing, color, fontFamily };
  });
  assert.deepEqual([title.fontSize, title.color], ['21.6px', 'rgb(28, 36, 48)']);
  assert.match(title.fontFamily, /system-ui/);
  // And the element's own style does not get out.
  assert.equal(await page.evaluate(() => document.adoptedStyleSheets.length + document.querySelectorAll('link[rel=stylesheet]').length), 0);
});

// What is another thing inside the element while the page has that style sheet: looks, and places in the element.
const changedBy = (page, sheet) =>
  element(page).evaluate((element, sheet) => {
    const look = (one, part) => {
      const style = getComputedStyle(one, part);
      const drawn = !part || style.content !== 'none' ? [...style].filter((name) => !name.startsWith('--')) : ['content'];
      return drawn.map((name) => [`${part ?? ''} ${name}`, style.getPropertyValue(name)]);
    };
    const seen = () => {
      const { left, top } = element.getBoundingClientRect();
      return [...element.shadowRoot.querySelectorAll('.base, .base *')].map((one) => {
        const box = one.getBoundingClientRect();
        // What is not drawn lies nowhere.
        const place = one.getClientRects().length ? [box.left - left, box.top - top, box.width, box.height].map((length) => Math.round(length * 10) / 10) : [];
        return [one, [['place', String(place)], ...look(one), ...look(one, '::before'), ...look(one, '::after')]];
      });
    };
    const title = () => getComputedStyle(document.querySelector('h1')).margin;
    const [before, own] = [seen(), title()];
    const style = document.createElement('style');
    style.textContent = sheet;
    document.head.append(style);
    const after = new Map(seen());
    const reached = title() !== own;
    style.remove();
    const changed = before.flatMap(([one, looks]) =>
      looks.map(([name, value], at) => [name, value, after.get(one)[at]?.[1]])
        .filter(([, was, is]) => was !== is)
        .map(([name, was, is]) => `${one.localName}.${one.className} ${name}: ${was}, then ${is}`));
    return { reached, changed };
  }, sheet);

test('with Bootstrap or Tailwind on the page nothing in the element looks different or lies elsewhere', async (t) => {
  const file = (name) => readFile(new URL(`../../node_modules/${name}`, import.meta.url), 'utf8');
  const sheets = [await file('bootstrap/dist/css/bootstrap.min.css'), (await compile(await file('tailwindcss/preflight.css'))).build([])];
  let open;
  const { page } = await helpPage(t, {
    // The width is the page's; everything in it is the element's.
    body: `<div style="width: 360px">${EAGER}</div>`,
    before: async ({ page }) => { open = await heldBack(page, '**/*.wasm'); },
    reducedMotion: 'reduce',
  });
  const holds = async () => {
    for (const sheet of sheets) assert.deepEqual(await changedBy(page, sheet), { reached: true, changed: [] });
  };
  await pad(page).waitFor();
  await holds();
  open();
  await running(page);
  await holds();
  await choose(page, 'offline');
  await id(page, 'verdict').waitFor();
  await holds();
});

test('the page may set colours, sizes and parts', async (t) => {
  const head = '<style>led-doctor { --led-doctor-accent: #123456; --led-doctor-unit: 20px } led-doctor::part(pad) { background: #abcdef }</style>';
  const { page } = await helpPage(t, { head, body: EAGER.replace('model=', 'theme="dark" model=') });
  await running(page);
  assert.equal(await pad(page).evaluate((pad) => getComputedStyle(pad).backgroundColor), 'rgb(171, 205, 239)');
  assert.equal(await page.locator('led-doctor h1').evaluate((title) => getComputedStyle(title).fontSize), '27px');
  assert.equal(await id(page, 'choose').evaluate((link) => getComputedStyle(link).color), 'rgb(18, 52, 86)');
  assert.equal(await page.locator('led-doctor .ld').evaluate((root) => getComputedStyle(root).backgroundColor), 'rgb(17, 22, 29)');
});

const fits = async (page) => {
  const wide = await element(page).first().evaluate((element) => {
    const edge = element.getBoundingClientRect();
    return [...element.shadowRoot.querySelectorAll('*')].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width && !one.closest('svg') && (box.right > edge.right + 1 || box.left < edge.left - 1);
    }).map((one) => one.outerHTML.slice(0, 80));
  });
  assert.deepEqual(wide, []);
};
for (const [what, body] of [
  ['in a column of 280 px', `<div style="width: 280px">${EAGER}</div>`],
  ['from right to left', `<div dir="rtl">${EAGER}</div>`],
  ['in a flex row', `<div style="display: flex"><div style="flex: 1">${EAGER}</div><p>Beside it</p></div>`],
]) {
  test(`${what} nothing runs out of the element`, async (t) => {
    const { page } = await helpPage(t, { body });
    await running(page);
    await fits(page);
    await axe(page);
    await tap(page, [0, 400]);
    await fits(page);
    await choose(page, 'offline');
    await id(page, 'verdict').waitFor();
    await fits(page);
    await axe(page);
  });
}

test('inside another shadow root it works, and its events come out', async (t) => {
  const { page } = await helpPage(t, {
    body: `<div id="outer"><template shadowrootmode="open"><style>:host { all: initial }</style>${EAGER}</template></div>`,
  });
  await running(page);
  await pad(page).click();
  await hears(page, 'tap');
  assert.equal(await id(page, 'tap-count').innerText(), '1');
});

test('a second copy of the script leaves the first one alone', async (t) => {
  const { page, ours } = await helpPage(t, {
    script: (ours) => `<script type="module" src="${ours}/led-doctor.js"></script><script type="module" src="${ours}/led-doctor.js?copy"></script>`,
  });
  await running(page);
  const same = await page.evaluate(async (ours) => {
    const [first, second] = await Promise.all([import(`${ours}/led-doctor.js`), import(`${ours}/led-doctor.js?copy`)]);
    return [customElements.get('led-doctor') === first.LedDoctorElement, first.LedDoctorElement === second.LedDoctorElement];
  }, ours);
  assert.deepEqual(same, [true, false]);
  await pad(page).click();
  await hears(page, 'tap');
  assert.equal((await heard(page, 'tap')).length, 1);
});

test('what is set before the script is there counts: a pack of the page\'s own', async (t) => {
  const own = JSON.parse(text);
  const { page } = await helpPage(t, {
    body: '<led-doctor loading="eager"></led-doctor>',
    before: ({ context }) =>
      context.addInitScript((own) => {
        addEventListener('DOMContentLoaded', () => { document.querySelector('led-doctor').packData = own; });
        // Before modules run.
        new MutationObserver((_, observer) => {
          const element = document.querySelector('led-doctor');
          if (!element || customElements.get('led-doctor')) return;
          element.packData = own;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
      }, own),
  });
  await running(page);
  await page.locator('[data-testid=device]').first().waitFor();
  const devices = await page.locator('[data-testid=device]').evaluateAll((all) => all.map(({ dataset }) => dataset.pack));
  assert.ok(devices.length > 0 && devices.every((id) => id === 'own-acme'), String(devices));
  await page.locator('[data-testid=device]').first().click();
  await pad(page).first().waitFor();
  assert.equal(await element(page).evaluate((element) => Object.hasOwn(element, 'packData')), false);
  // Another device of the page's choice is another session.
  await element(page).evaluate((element) => { element.packData = undefined; element.setAttribute('pack', 'blink'); element.setAttribute('model', 'mini'); });
  await page.waitForFunction(() => document.querySelector('led-doctor').state.model === 'mini');
});

for (const pack of [null, 7, [], {}, { id: 'x' }, { id: 'x', model: { cam: { name: '<img src=x onerror=alert(1)>' } } }]) {
  test(`a pack that is none is survived: ${JSON.stringify(pack)}`, async (t) => {
    const { page } = await helpPage(t, { body: '<led-doctor model="cam"></led-doctor>' });
    await page.waitForFunction(() => customElements.get('led-doctor'));
    await element(page).evaluate((element, pack) => { element.packData = pack; }, pack);
    await element(page).evaluate((element) => element.start());
    assert.notEqual(await element(page).evaluate(({ state }) => state.phase), 'waiting');
    assert.equal(await page.locator('img').count(), 0);
  });
}

test('a pack that holds itself, and one that is a function, are said to be none', async (t) => {
  const { page } = await helpPage(t, { body: '<led-doctor loading="eager"></led-doctor>' });
  await running(page);
  for (const nth of [1, 2]) {
    await element(page).evaluate((element, nth) => {
      const own = nth === 1 ? {} : () => {};
      own.own = own;
      element.packData = own;
    }, nth);
    await hears(page, 'error', nth);
    assert.deepEqual((await heard(page, 'error')).map(({ reason }) => reason), Array(nth).fill('pack'));
  }
});

test('an unknown pack is said and every device is offered', async (t) => {
  const { page } = await helpPage(t, { body: '<led-doctor loading="eager" pack="nobody" model="none"></led-doctor>' });
  await running(page);
  assert.equal((await heard(page, 'error'))[0].reason, 'pack');
  await page.locator('[data-testid=device]').first().waitFor();
});

test("the page's own shortcuts are not meant by a key on the pad, and its other keys get through", async (t) => {
  const { page } = await helpPage(t);
  await running(page);
  await page.evaluate(() => {
    globalThis.keys = [];
    document.addEventListener('keydown', ({ key }) => globalThis.keys.push(key));
  });
  await pad(page).focus();
  for (const key of ['Space', 'Enter', 's', 'Escape']) await page.keyboard.press(key);
  assert.deepEqual(await page.evaluate(() => globalThis.keys), ['s', 'Escape']);
  assert.equal(await id(page, 'tap-count').innerText(), '2');
});

test('nothing global is left behind', async (t) => {
  const { page } = await helpPage(t, { body: '' });
  await page.waitForFunction(() => customElements.get('led-doctor'));
  const globals = await page.evaluate(() => Object.getOwnPropertyNames(globalThis));
  await page.evaluate(() => {
    globalThis.added = 0;
    for (const target of [globalThis, document]) {
      for (const [name, by] of [['addEventListener', 1], ['removeEventListener', -1]]) {
        const own = target[name].bind(target);
        target[name] = (...how) => { globalThis.added += by; return own(...how); };
      }
    }
    const element = document.createElement('led-doctor');
    element.setAttribute('loading', 'eager');
    document.querySelector('main').append(element);
  });
  await running(page);
  await page.evaluate(() => { globalThis.taken = document.querySelector('led-doctor'); globalThis.taken.remove(); });
  await page.waitForFunction(() => globalThis.taken.state.phase === 'waiting');
  assert.equal(await page.evaluate(() => globalThis.added), 0, 'as many listeners go as came');
  const more = await page.evaluate((globals) => Object.getOwnPropertyNames(globalThis).filter((name) => !globals.includes(name)), globals);
  assert.deepEqual(more.sort(), ['added', 'addEventListener', 'removeEventListener', 'taken'].filter((name) => !globals.includes(name)).sort());
});

// The frame as it is written in a file of the repository: what it lets happen.
const framed = async (file) => {
  const [frame] = /<iframe[^>]+/.exec(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8'));
  return Object.fromEntries(['sandbox', 'allow'].map((name) => [name, new RegExp(`\\s${name}="([^"]+)"`).exec(frame)?.[1] ?? '']));
};

test('the frames of the documents and of the demo page let the help site open, and let print, save, copy and share', async () => {
  for (const file of ['docs/embed.md', 'static/embed/index.html']) {
    const { sandbox, allow } = await framed(file);
    for (const name of ['allow-scripts', 'allow-popups', 'allow-popups-to-escape-sandbox', 'allow-modals', 'allow-downloads']) {
      assert.ok(sandbox.split(' ').includes(name), `${file}: ${name}`);
    }
    assert.deepEqual(allow.split('; '), ['clipboard-write', 'web-share'], file);
  }
});

test('the frame of the document, as it is written there, is as high as what is in it', async (t) => {
  const { page } = await helpPage(t, { body: recipe('<iframe', '{ours}', '{theirs}'), script: () => '', before: ({ guard }) => guard.allow(/Unrecognized feature: 'web-share'/) });
  const inside = page.frameLocator('#led-doctor');
  await inside.getByTestId('tap-pad').click();
  await page.waitForFunction(() => Number.parseInt(document.querySelector('#led-doctor').style.height, 10) > 1000);
  const height = await inside.locator('html').evaluate((html) => Math.ceil(html.getBoundingClientRect().height));
  await page.waitForFunction((height) => document.querySelector('#led-doctor').style.height === `${height}px`, height);
  assert.equal(await inside.locator('html').evaluate((html) => html.scrollHeight > html.clientHeight + 1), false, 'nothing scrolls inside');
  // What anybody else posts into the frame changes nothing: only the page that was named may.
  await page.evaluate(() => {
    const other = document.createElement('iframe');
    other.srcdoc = '<script>parent[0].postMessage({ type: "led-doctor:reset" }, "*")</script>';
    document.body.append(other);
    return new Promise((resolve) => { other.onload = resolve; });
  });
  await inside.getByTestId('tap-pad').click();
  assert.equal(await inside.getByTestId('tap-count').innerText(), '2');
});

test('the listener of the document hears the verdict', async (t) => {
  const said = [];
  const { page } = await helpPage(t, {
    body: EAGER,
    before: ({ page }) => page.on('console', (message) => said.push(message.text())),
    head: `<script nonce="own">${recipe("'led-doctor:verdict'", '')}</script>`,
  });
  await running(page);
  await choose(page, 'offline');
  await hears(page, 'verdict');
  assert.match(said.join(), /^offline (null|\d+)$/);
});

test('in a frame of another origin it says its height and its events to the page that it was told of, and to no other', async (t) => {
  const { sandbox: documented } = await framed('docs/embed.md');
  for (const [origin, sandbox, listens] of [['{theirs}', documented, true], ['{theirs}', 'allow-scripts', true], ['https://other.example', 'allow-scripts', false], ['', 'allow-scripts', false]]) {
    const { page, ours, theirs, guard } = await helpPage(t, { body: '', script: () => '' });
    // The browser says in its console what it did not deliver.
    guard.allow(/postMessage/);
    const told = origin.replace('{theirs}', new URL(theirs).origin);
    await page.evaluate(([src, sandbox]) => {
      globalThis.messages = [];
      const frame = document.createElement('iframe');
      addEventListener('message', ({ data, origin, source }) => source === frame.contentWindow && globalThis.messages.push({ ...data, origin }));
      frame.sandbox = sandbox;
      frame.src = src;
      frame.width = 360;
      document.querySelector('main').append(frame);
    }, [`${ours}/embed.html?pack=blink&model=outdoor&origin=${encodeURIComponent(told)}`, sandbox]);
    const inside = page.frameLocator('iframe');
    await inside.getByTestId('tap-pad').click();
    await inside.getByTestId('undo').click();
    const messages = await page.evaluate(() => globalThis.messages);
    if (!listens) {
      assert.deepEqual(messages, []);
      continue;
    }
    const from = sandbox.includes('same-origin') ? ours : 'null';
    assert.ok(messages.every(({ origin }) => origin === from));
    assert.ok(messages.some(({ type, height }) => type === 'led-doctor:resize' && height > 1000));
    assert.ok(messages.some(({ type, detail }) => type === 'led-doctor:tap' && detail.count === 1));
    await page.evaluate(() => document.querySelector('iframe').contentWindow.postMessage({ type: 'led-doctor:reset' }, '*'));
    await inside.getByTestId('undo').waitFor({ state: 'detached' });
    assert.equal(await inside.getByTestId('tap-count').innerText(), '0');
  }
});

test('nothing of the demo page moves when its elements come', async (t) => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 900 }]) {
    const { page, url, guard } = await prepare(t, { viewport });
    guard.allow(/Unrecognized feature: 'web-share'/);
    const open = await heldBack(page, '**/led-doctor.js');
    await page.goto(`${url}embed/`, { waitUntil: 'commit' });
    const place = async () => (await page.locator('#connection').boundingBox()).y;
    // The page is there, with its styles, and its scripts are not.
    await page.waitForFunction(() => document.readyState !== 'loading' && [...document.querySelectorAll('link[rel=stylesheet]')].every((link) => link.sheet));
    const before = await place();
    open();
    await page.waitForFunction(() => document.querySelector('#first').shadowRoot?.querySelector('[data-testid=tap-pad]'));
    // Beside the lamp, on a wide screen, its first screen is a line's rounding higher than the space for it.
    assert.ok(Math.abs((await place()) - before) <= 5, `${viewport.width} px wide: ${before} → ${await place()}`);
  }
});

test('the lamp of the demo page plays a code, and tapping along with it finds that code', async (t) => {
  const { page, url, guard } = await prepare(t, { viewport: { width: 390, height: 844 } });
  guard.allow(/Unrecognized feature: 'web-share'/);
  await page.goto(`${url}embed/`);
  await page.locator('#first').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector('#first').state?.phase === 'running');
  await page.locator('#code').selectOption({ label: 'Not connected' });
  // A press each time the lamp comes on, seen in the page as a person sees it.
  await page.evaluate(() => {
    const led = document.querySelector('.led');
    const pad = document.querySelector('#first').shadowRoot.querySelector('[data-testid=tap-pad]');
    new MutationObserver(() => {
      const lit = led.classList.contains('is-red');
      if (lit === !!globalThis.lit) return;
      globalThis.lit = lit;
      const at = { pointerId: 1, isPrimary: true, button: 0, bubbles: true, composed: true, cancelable: true };
      pad.dispatchEvent(new PointerEvent(lit ? 'pointerdown' : 'pointerup', at));
    }).observe(led, { attributes: true });
  });
  await page.locator('#play').click();
  assert.ok(await page.locator('.camera').isVisible());
  await page.waitForFunction(() => document.querySelector('#first').state.verdict?.signal === 'offline', null, { timeout: 20_000 });
  await page.screenshot({ path: 'target/screenshots/embed-lamp.png' });
});

test('a page with zone.js, and one with something on Object.prototype, run it like any other', async (t) => {
  const zone = await readFile(new URL('../../node_modules/zone.js/bundles/zone.umd.min.js', import.meta.url), 'utf8');
  for (const early of [zone, "Object.prototype.zz = 'x';"]) {
    const { page } = await helpPage(t, { body: EAGER, before: ({ page }) => page.addInitScript(early) });
    await running(page);
    assert.deepEqual(await heard(page, 'error'), []);
    await choose(page, 'offline');
    await hears(page, 'verdict');
    await page.locator('[data-testid=agree]').click();
    await id(page, 'answer').first().click();
    // What the browser promises comes as well: the clipboard answers.
    await id(page, 'support').first().click();
    await id(page, 'copy').click();
    await page.locator('[role=status]').filter({ hasText: /\w/ }).last().waitFor();
  }
});

test('moved into another document and back it has its style and its session', async (t) => {
  const { page } = await helpPage(t, { body: `${EAGER}<iframe title="other" srcdoc="<p>other</p>"></iframe>` });
  await running(page);
  await choose(page, 'offline');
  await hears(page, 'verdict');
  await page.evaluate(() => {
    const taken = document.querySelector('led-doctor');
    document.querySelector('iframe').contentDocument.body.append(taken);
    document.querySelector('main').prepend(taken);
  });
  await running(page, 2);
  assert.equal(await id(page, 'verdict').getAttribute('data-signal'), 'offline');
  const sheets = await page.evaluate(() => document.querySelector('led-doctor').shadowRoot.adoptedStyleSheets.length);
  assert.equal(sheets, 2);
});

for (const [size, viewport] of Object.entries({ phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } })) {
  for (const colorScheme of ['light', 'dark']) {
    test(`the demo page at ${size} size, ${colorScheme}`, async (t) => {
      const { page, url, guard } = await prepare(t, { viewport, colorScheme });
      // The message of a browser that cannot share.
      guard.allow(/Unrecognized feature: 'web-share'/);
      await page.goto(`${url}embed/`);
      for (const id of ['first', 'second']) {
        await page.locator(`#${id}`).scrollIntoViewIfNeeded();
        await page.waitForFunction((id) => document.getElementById(id).state?.phase === 'running', id);
      }
      await page.locator('#first').getByTestId('tap-pad').click();
      await page.locator('iframe').scrollIntoViewIfNeeded();
      // The frame has the height it asked for then, and nothing below it moves any more.
      await page.locator('#log li', { hasText: 'frame led-doctor:ready' }).waitFor({ state: 'attached' });
      await page.waitForFunction(() => document.querySelector('iframe').style.height);
      await page.locator('.log summary').click();
      await page.locator('#log li', { hasText: '#first led-doctor:tap' }).waitFor();
      await page.screenshot({ path: `target/screenshots/embed-${size}-${colorScheme}.png`, fullPage: true });
      await axe(page);
    });
  }
}

// What pages do to the browser's own things, each of which the element must live with.
const HABITS = {
  'something added to arrays': 'Array.prototype.last = function () { return this.at(-1); };',
  'JSON wrapped': 'const { parse, stringify } = JSON; JSON.parse = (...all) => parse(...all); JSON.stringify = (...all) => stringify(...all);',
  'fetch wrapped': 'const { fetch } = globalThis; globalThis.fetch = (...all) => fetch(...all);',
  'define wrapped': 'const { define } = CustomElementRegistry.prototype; CustomElementRegistry.prototype.define = function (...all) { return define.apply(this, all); };',
  'frozen prototypes': 'for (const { prototype } of [Object, Array, Function, Promise]) Object.freeze(prototype);',
};

for (const [habit, early] of Object.entries(HABITS)) {
  test(`a page with this habit runs it like any other: ${habit}`, async (t) => {
    const { page } = await helpPage(t, { body: EAGER, before: ({ page }) => page.addInitScript(early) });
    await running(page);
    await choose(page, 'offline');
    await hears(page, 'verdict');
    assert.deepEqual(await heard(page, 'error'), []);
  });
}

test('wherever a page puts it, it takes taps and does nothing to what is around it', async (t) => {
  const places = ['<dialog open style="position: static; width: 90%">{here}</dialog>', '<form action="/submitted" onsubmit="globalThis.submitted = true">{here}<button>Send</button></form>', '<label>A label {here}</label>', '<details open><summary>More</summary>{here}</details>', '<div style="width: 0; height: 0">{here}</div>'];
  const { page } = await helpPage(t, { body: places.map((place) => place.replace('{here}', EAGER)).join(''), csp: '' });
  await running(page, places.length);
  const pads = page.locator('led-doctor').getByTestId('tap-pad');
  for (let nth = 0; nth < places.length - 1; nth += 1) {
    await pads.nth(nth).scrollIntoViewIfNeeded();
    await pads.nth(nth).click({ position: { x: 30, y: 60 } });
    await page.waitForFunction((nth) => document.querySelectorAll('led-doctor')[nth].state.taps === 1, nth);
  }
  assert.deepEqual(await page.evaluate(() => [globalThis.submitted, location.pathname, document.querySelector('dialog').open, document.querySelector('details').open]), [undefined, '/', true, true]);
  // A copy is a separate element; and however often its attributes change, it ends at the last.
  await page.evaluate(() => {
    const copy = document.querySelector('led-doctor').cloneNode(true);
    copy.id = 'copy';
    document.querySelector('main').append(copy);
    for (let nth = 0; nth < 400; nth += 1) copy.setAttribute('model', ['mini', 'doorbell'][nth % 2]);
  });
  await page.waitForFunction(() => document.querySelector('#copy').state?.phase === 'running' && document.querySelector('#copy').state.model === 'doorbell');
  assert.equal(await page.evaluate(() => document.querySelector('#copy').state.taps), 0);
});
