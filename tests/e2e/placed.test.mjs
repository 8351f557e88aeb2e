// Where help desks take away what they do not know: placeholders, frames of an opaque origin, the pages of single models, and links.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { axe } from './support/axe.mjs';
import { onPlan } from './support/cure.mjs';
import { hears, helpPage } from './support/host.mjs';
import { links, recipe, sanitised } from './support/recipes.mjs';
import { DIST, prepare, running, visit } from './support/site.mjs';
import { id, pad, saw } from './support/walk.mjs';

const recipeLines = (ours) => recipe('led-doctor-place.js', ours).split('\n');
// The line of the recipe that the theme holds, and the one that is in the article.
const placed = (ours) => recipeLines(ours)[0];
const [, PLACED] = recipeLines('');

test('the script that makes elements of placeholders is smaller than 400 bytes', async () => {
  const script = await readFile(`${DIST}led-doctor-place.js`);
  const compressed = await readFile(`${DIST}led-doctor-place.js.br`);
  assert.ok(compressed.length < 400, `${compressed.length} of ${script.length}`);
});

test('a placeholder that Zendesk has sanitised becomes the element, also one that comes later', async (t) => {
  const { page } = await helpPage(t, { body: '<div id="here"></div>', script: placed });
  const hostile = PLACED.replace('<div ', '<div style="color:red" onclick="x()" data-onpointerover="globalThis.hurt = true" ');
  const html = await sanitised(page, 'zendesk', `<script>globalThis.hurt = true</script><led-doctor pack="blink"></led-doctor>${hostile}`);
  assert.doesNotMatch(html, /script|<led-doctor|onclick|style/);
  // A single-page help centre puts the article in when it is opened.
  await page.evaluate((html) => { document.querySelector('#here').innerHTML = html; }, html);
  await page.locator('led-doctor[pack=blink][model=outdoor]').waitFor();
  assert.equal(await page.locator('div.led-doctor').count(), 0);
  await pad(page).click();
  await hears(page, 'tap');
  assert.equal(await page.evaluate(() => globalThis.hurt), undefined, 'no script comes of what a sanitiser let pass');
  assert.equal(await page.locator('led-doctor > a').textContent(), 'How to fix a flashing red light');
});

test('of a sanitised placeholder the article stays without a script, without wasm, and under a policy that forbids it', async (t) => {
  const { page: any } = await helpPage(t, { body: '', script: () => '' });
  const body = await sanitised(any, 'zendesk', PLACED);
  const way = (page) => page.getByText('How to fix a flashing red light');
  const { page: plain } = await helpPage(t, { body, script: placed, javaScriptEnabled: false });
  assert.ok(await way(plain).isVisible());

  const { page: old } = await helpPage(t, {
    body,
    script: placed,
    before: ({ page }) => page.addInitScript(() => { delete globalThis.WebAssembly; }),
  });
  await hears(old, 'error');
  assert.ok(await way(old).isVisible());

  // The page allows the script and no wasm; then not even the script.
  const { page: strict } = await helpPage(t, {
    body,
    script: placed,
    csp: "script-src {ours}; connect-src {ours}",
    before: ({ guard }) => guard.allow(/violates|WebAssembly/),
  });
  await hears(strict, 'error');
  assert.equal((await strict.evaluate(() => globalThis.heard.find(({ type }) => type === 'error'))).reason, 'blocked');
  assert.ok(await way(strict).isVisible());
  const { page: closed } = await helpPage(t, { body, script: placed, csp: "script-src 'self'", before: ({ guard }) => guard.allow(/violates/) });
  await closed.waitForFunction(() => globalThis.complaints.length);
  assert.equal(await closed.locator('led-doctor').count(), 0);
  assert.ok(await way(closed).isVisible());
});

test('where Intercom keeps nothing but a link, the link opens the pad', async (t) => {
  const { page, ours, context } = await helpPage(t, { body: '<div id="here"></div>', script: () => '' });
  const [first] = links(ours);
  const article = `<h3>Red light</h3><p>See what it means: <a href="${first}" onclick="globalThis.hurt = true">tap along with it</a></p><iframe src="${ours}/embed.html"></iframe>${PLACED}`;
  const html = await sanitised(page, 'intercom', article);
  assert.doesNotMatch(html, /iframe|<div|onclick/);
  await page.evaluate((html) => { document.querySelector('#here').innerHTML = html; }, html);
  await page.getByText('tap along with it').click();
  await running(page);
  await pad(page).waitFor();
  assert.equal((await page.evaluate(() => document.querySelector('led-doctor').state)).model, 'outdoor');
  assert.equal(context.pages().length, 1);
});

test('a post of WordPress shows the frame that the address of a model answers with: it runs in an opaque origin, and has the height that it says', async (t) => {
  const { page, ours, guard } = await helpPage(t, { body: '<div id="post"></div>', script: () => '' });
  guard.allow(/Unrecognized feature/);
  // WordPress looks into the page whose address was pasted, as a page that was built for that host.
  const built = (text) => text.replaceAll('https://help.example/led-doctor', ours);
  const model = built(await readFile(`${DIST}models/blink.outdoor.html`, 'utf8'));
  const [, answer] = /<link rel="alternate" type="application\/json\+oembed" href="([^"]+)"/.exec(model);
  const { html, type, version } = JSON.parse(built(await (await fetch(new URL(answer, `${ours}/models/`))).text()));
  assert.deepEqual([type, version], ['rich', '1.0']);
  const kept = await sanitised(page, 'wordpress', html);
  // It demands a frame that is closed at once, and adds the rest itself.
  const [frame] = /<iframe[^>]*><\/iframe>/.exec(kept);
  const secret = 'abcDEF0123';
  const shown = frame
    .replace(/ src="([^"]*)"/, (_, src) => ` src="${src}#?secret=${secret}" data-secret="${secret}"`)
    .replace('<iframe', '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"');
  await page.evaluate((shown) => {
    globalThis.messages = [];
    // As WordPress's own script answers: by the secret, from that very frame, between 200 and 1000 px.
    addEventListener('message', ({ data, source }) => {
      const frame = document.querySelector(`iframe[data-secret="${data.secret}"]`);
      if (!frame || frame.contentWindow !== source) return;
      globalThis.messages.push(data);
      if (data.message === 'height') frame.height = Math.min(1000, Math.max(200, parseInt(data.value, 10)));
    });
    document.querySelector('#post').innerHTML = shown;
  }, shown);
  const inside = page.frameLocator('iframe');
  await inside.getByTestId('tap-pad').click();
  await inside.getByTestId('undo').waitFor();
  const denied = () => {
    try { return localStorage.length; } catch { return 'denied'; }
  };
  assert.deepEqual([await inside.locator('body').evaluate(() => globalThis.origin), await inside.locator('body').evaluate(denied)], ['null', 'denied']);
  await page.waitForFunction(() => document.querySelector('iframe').height > 500);
  // The pad is in what WordPress lets be seen.
  const box = await inside.getByTestId('tap-pad').boundingBox();
  const outer = await page.locator('iframe').boundingBox();
  assert.ok(box.y + box.height <= outer.y + outer.height, JSON.stringify({ box, outer }));
  const messages = await page.evaluate(() => globalThis.messages);
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
    assert.match(await page.locator('meta[name=description]').getAttribute('content'), /^The light codes of the Blink Battery camera/);
    assert.equal(await page.locator('link[rel=canonical]').getAttribute('href'), 'https://help.example/led-doctor/models/blink.outdoor.html');
  });
}

test('the links of the document open the pad, the pictures, or a code, and count once', async (t) => {
  const { page, url } = await prepare(t);
  const [tap, pick, code, table] = links(url.slice(0, -1));
  await page.goto(code);
  await running(page);
  await saw(page, 'offline');
  await id(page, 'agree').click();
  await id(page, 'verdict').waitFor({ state: 'detached' });
  await page.reload();
  await running(page);
  assert.notEqual((await page.evaluate(() => document.querySelector('led-doctor').state)).stage, 'verdict', 'a reload continues where the person was');
  await page.goto('about:blank');
  await page.goto(pick);
  await id(page, 'choice').first().waitFor();
  await page.goto('about:blank');
  await page.goto(tap);
  await pad(page).waitFor();
  await page.goto('about:blank');
  await page.goto(tap.replace(/#.*/, '#code:no-such-code'));
  await pad(page).waitFor();
  await page.goto(table);
  assert.ok(await page.getByText('It has lost the internet').isVisible());
});

test('the ratios of the document can be counted from what its recipe pushes', async (t) => {
  const { page } = await helpPage(t, {
    body: '<led-doctor pack="blink" model="outdoor" loading="eager"></led-doctor>',
    head: `<script nonce="own">globalThis.dataLayer = [];\n${recipe('dataLayer.push', '')}</script>`,
  });
  const pushed = (name) => page.waitForFunction((name) => globalThis.dataLayer.some(({ event }) => event === name), `led-doctor-${name}`);
  await pushed('ready');
  await pad(page).click();
  await pad(page).click();
  await pushed('tap');
  await onPlan(page);
  await pushed('verdict');
  await id(page, 'support').first().click();
  await pushed('unresolved');
  const all = await page.evaluate(() => globalThis.dataLayer);
  assert.equal(all.filter(({ event }) => event === 'led-doctor-tap').length, 1, 'one of a page');
  assert.equal(all.find(({ event }) => event === 'led-doctor-verdict').signal, 'offline');
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
  const { page: other } = await helpPage(t, {
    body: '<led-doctor pack="blink" model="outdoor" loading="eager" contact-url="mailto:help@desk.example?subject={title}&amp;body={body}"></led-doctor>',
  });
  await hears(other, 'ready');
  await onPlan(other);
  await id(other, 'support').first().click();
  assert.match(await id(other, 'contact').getAttribute('href'), /^mailto:help@desk\.example\?subject=LED%20Doctor/);
});

test('an address for tickets that would run a script is no link', async (t) => {
  const { page } = await helpPage(t, { body: '<led-doctor pack="blink" model="outdoor" loading="eager" contact-url="javascript:alert(1)"></led-doctor>' });
  await hears(page, 'ready');
  await onPlan(page);
  await id(page, 'support').first().click();
  await id(page, 'report').waitFor();
  assert.equal(await id(page, 'contact').count(), 0);
});
