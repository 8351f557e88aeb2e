// Where help desks take away what they do not know: placeholders, frames of an opaque origin, the pages of single models, and links.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { onPlan } from './support/cure.mjs';
import { hears, helpPage } from './support/host.mjs';
import { DIST, prepare, running, visit } from './support/site.mjs';
import { id, pad, saw } from './support/walk.mjs';

const PLACED = '<div class="led-doctor" data-pack="blink" data-model="outdoor"><p>The article goes on without it.</p></div>';
const placed = (ours) => `<script type="module" src="${ours}/led-doctor-place.js"></script>`;

// Zendesk's help centre keeps of unsafe HTML: global class, data-*, id, lang, dir, title, aria-*; no script, no unknown element. What it
// does with our line is done here by the same rules, by the browser's own parser.
const sanitised = async (page, html) =>
  page.evaluate((html) => {
    const known = /^(class|id|lang|dir|title|href|data-.+|aria-.+)$/;
    const elements = ['DIV', 'P', 'A', 'UL', 'OL', 'LI', 'SPAN', 'STRONG', 'H2', 'IFRAME'];
    const tree = new DOMParser().parseFromString(html, 'text/html').body;
    for (const element of [...tree.querySelectorAll('*')]) {
      if (!elements.includes(element.tagName)) element.replaceWith(...element.childNodes);
      for (const { name } of [...element.attributes]) if (!known.test(name)) element.removeAttribute(name);
    }
    return tree.innerHTML;
  }, html);

test('the script that makes elements of placeholders is smaller than 400 bytes', async () => {
  const script = await readFile(`${DIST}led-doctor-place.js`);
  const compressed = await readFile(`${DIST}led-doctor-place.js.br`);
  assert.ok(compressed.length < 400, `${compressed.length} of ${script.length}`);
});

test('a placeholder that a help desk has sanitised becomes the element, also one that comes later', async (t) => {
  const { page } = await helpPage(t, { body: '<div id="here"></div>', script: placed });
  const html = await sanitised(page, PLACED.replace('<div ', '<div style="color:red" onclick="x()" data-onpointerover="globalThis.hurt = true" '));
  assert.match(html, /<div data-onpointerover="[^"]+" class="led-doctor" data-pack="blink" data-model="outdoor">/);
  // A single-page help centre puts the article in when it is opened.
  await page.evaluate((html) => { document.querySelector('#here').innerHTML = html; }, html);
  await page.locator('led-doctor[pack=blink][model=outdoor]').waitFor();
  assert.equal(await page.locator('div.led-doctor').count(), 0);
  await pad(page).click();
  await hears(page, 'tap');
  assert.equal(await page.evaluate(() => globalThis.hurt), undefined, 'no script comes of what a sanitiser let pass');
  assert.equal(await page.locator('led-doctor > p').textContent(), 'The article goes on without it.');
});

test('without a script, without wasm, and under a policy that forbids it the article stays', async (t) => {
  const { page: plain } = await helpPage(t, { body: PLACED, script: placed, javaScriptEnabled: false });
  assert.ok(await plain.getByText('The article goes on without it.').isVisible());

  const { page: old } = await helpPage(t, {
    body: PLACED,
    script: placed,
    before: ({ page }) => page.addInitScript(() => { delete globalThis.WebAssembly; }),
  });
  await hears(old, 'error');
  assert.ok(await old.getByText('The article goes on without it.').isVisible());

  const { page: strict } = await helpPage(t, {
    body: PLACED,
    script: placed,
    csp: "script-src 'self'",
    before: ({ guard }) => guard.allow(/violates/),
  });
  assert.ok(await strict.getByText('The article goes on without it.').isVisible());
});

test('in a frame as WordPress makes it, of an opaque origin, it runs and says its height with the secret', async (t) => {
  const { page, ours, guard } = await helpPage(t, { body: '', script: () => '' });
  guard.allow(/Unrecognized feature/);
  const { html } = JSON.parse(await readFile(`${DIST}oembed/blink.outdoor.json`, 'utf8'));
  await page.evaluate(([html, ours]) => {
    globalThis.messages = [];
    // What wp_filter_oembed_result keeps of the answer, and adds to it.
    const asked = new DOMParser().parseFromString(html, 'text/html').querySelector('iframe');
    const frame = document.createElement('iframe');
    for (const name of ['src', 'width', 'height', 'title', 'frameborder', 'scrolling']) if (asked.hasAttribute(name)) frame.setAttribute(name, asked.getAttribute(name));
    frame.className = 'wp-embedded-content';
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('security', 'restricted');
    frame.dataset.secret = 'abcDEF0123';
    frame.src = `${frame.getAttribute('src').replace(/^https?:\/\/[^/]+(\/led-doctor)?/, ours)}#?secret=abcDEF0123`;
    addEventListener('message', ({ data, source }) => source === frame.contentWindow && globalThis.messages.push(data));
    document.querySelector('main').append(frame);
  }, [html, ours]);
  const inside = page.frameLocator('iframe');
  await inside.getByTestId('tap-pad').click();
  await inside.getByTestId('undo').waitFor();
  assert.equal(await inside.locator('body').evaluate(() => globalThis.origin), 'null');
  const messages = await page.evaluate(() => globalThis.messages);
  assert.ok(messages.some(({ message, value, secret }) => message === 'height' && value > 500 && secret === 'abcDEF0123'), JSON.stringify(messages));
  assert.ok(messages.every((message) => Object.keys(message).length === 3), 'nothing but its height is said');
});

for (const colorScheme of ['light', 'dark']) {
  test(`the page of a model reads without a script, ${colorScheme}`, async (t) => {
    const { page, url } = await prepare(t, { viewport: { width: 390, height: 844 }, colorScheme, javaScriptEnabled: colorScheme === 'light' });
    await page.goto(`${url}models/blink.outdoor.html`);
    assert.match(await page.title(), /^Blink/);
    assert.ok(await page.getByText('It has lost the internet').isVisible());
    await page.screenshot({ path: `target/screenshots/model-page-${colorScheme}.png`, fullPage: true });
    if (colorScheme === 'light') await axe(page);
    const about = JSON.parse(await page.locator('script[type="application/ld+json"]').textContent());
    assert.ok(about['@graph'].some((part) => part['@type'] === 'FAQPage' && part.mainEntity.length > 3));
    assert.equal(await page.locator('link[rel=alternate][hreflang=de]').count(), 1);
    assert.equal(await page.locator('link[rel=canonical]').getAttribute('href'), 'https://help.example/led-doctor/models/blink.outdoor.html');
  });
}

test('links open the pad, the pictures, or a code, and count once', async (t) => {
  const { page, url } = await visit(t, { path: '?pack=blink&model=outdoor#code:offline' });
  await saw(page, 'offline');
  await id(page, 'agree').click();
  await id(page, 'verdict').waitFor({ state: 'detached' });
  await page.reload();
  await running(page);
  assert.notEqual((await page.evaluate(() => document.querySelector('led-doctor').state)).stage, 'verdict', 'a reload continues where the person was');
  await page.goto('about:blank');
  await page.goto(`${url}?pack=blink&model=mini#pick`);
  await id(page, 'choice').first().waitFor();
  await page.goto('about:blank');
  await page.goto(`${url}?pack=blink&model=mini#tap`);
  await pad(page).waitFor();
});

test('where the page takes tickets, the report is filled in', async (t) => {
  const { page } = await helpPage(t, {
    body: '<led-doctor pack="blink" model="outdoor" loading="eager" contact-url="https://desk.example/new?subject={title}&amp;body={body}"></led-doctor>',
  });
  await hears(page, 'ready');
  await onPlan(page);
  await id(page, 'support').first().click();
  const address = new URL(await id(page, 'contact').getAttribute('href'));
  assert.equal(address.origin, 'https://desk.example');
  assert.match(address.searchParams.get('body'), /^Blink, /);
  assert.equal(address.searchParams.get('subject'), 'LED Doctor: what was seen and what was tried');
});

test('an address for tickets that would run a script is no link', async (t) => {
  const { page } = await helpPage(t, { body: '<led-doctor pack="blink" model="outdoor" loading="eager" contact-url="javascript:alert(1)"></led-doctor>' });
  await hears(page, 'ready');
  await onPlan(page);
  await id(page, 'support').first().click();
  await id(page, 'report').waitFor();
  assert.equal(await id(page, 'contact').count(), 0);
});
