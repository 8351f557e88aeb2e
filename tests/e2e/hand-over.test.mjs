// A case that goes from one phone to another: by its link, by its QR code, and the handling of links that were tampered with.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import jsQR from 'jsqr';
import { axe } from './support/axe.mjs';
import { onPlan, report } from './support/cure.mjs';
import { openBrowser } from './support/browser.mjs';
import { Guard } from './support/guard.mjs';
import { running, visit } from './support/site.mjs';
import { id, model, nextStep, openFix, outcome, pad, tap, verdict } from './support/walk.mjs';

// What an independent reader decodes from a QR code on the screen.
const scanned = async (page, code) => {
  const picture = await code.screenshot();
  const { data, width, height } = await page.evaluate(async (bytes) => {
    const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0))]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data, width, height } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    return { data: [...data], width, height };
  }, picture.toString('base64'));
  return jsQR(Uint8ClampedArray.from(data), width, height)?.data;
};

// What the window of the first phone shows: the link, and its code.
const shown = async (page) => {
  await id(page, 'hand-over').click();
  const dialog = page.locator('dialog.window');
  await dialog.waitFor();
  return { dialog, link: await dialog.getAttribute('data-link'), code: await scanned(page, dialog.locator('canvas')) };
};

const toSupport = async (page) => {
  await id(page, 'support').first().click();
  await id(page, 'report').waitFor();
};

const otherPhone = async (t, url) => {
  const { context, close } = await openBrowser({ viewport: { width: 390, height: 844 } });
  t.after(close);
  const guard = new Guard(context, new URL(url).origin);
  t.after(() => guard.check());
  return context.pages()[0];
};

// Whether that phone opens the case; the page is there either way.
const opens = async (other, url, packed, what) => {
  await other.goto('about:blank');
  await other.goto(`${url}#case=${packed}`);
  await running(other);
  await other.locator('dialog.window').waitFor();
  const open = id(other, 'hand-over-open');
  if (!(await open.count())) return false;
  await Promise.all([other.waitForEvent('load'), open.click()]);
  await running(other);
  assert.ok(await other.locator('h1').first().isVisible(), what);
  return true;
};

test('the whole case continues at another phone, by the link and by the code, in at most 600 bytes', async (t) => {
  const { page, url } = await visit(t, { path: model('outdoor'), viewport: { width: 390, height: 844 } });
  await pad(page).waitFor();
  await tap(page, [0, 3000, 6000]);
  assert.equal(await verdict(page), 'offline');
  await id(page, 'agree').click();
  await page.locator('[data-testid=answer][data-answer="unsure"]').click();
  await openFix(page).waitFor();
  await nextStep(page);
  await outcome(page, 'same');
  await toSupport(page);
  const { link, code, dialog } = await shown(page);
  assert.equal(code, link, 'the code says what the link says');
  const [, packed] = link.split('#case=');
  t.diagnostic(`the link has ${link.length} bytes, ${packed.length} of them the case`);
  assert.ok(link.length <= 600, `${link.length} bytes`);
  await page.screenshot({ path: 'target/screenshots/hand-over.png' });
  await axe(page);
  const here = await report(page);
  await id(page, 'hand-over-close').click();
  await dialog.waitFor({ state: 'detached' });

  const other = await otherPhone(t, url);
  await other.goto(link);
  await running(other);
  await other.locator('dialog.window').waitFor();
  const day = await other.evaluate(() => new Date().toLocaleString(document.documentElement.lang, { dateStyle: 'medium' }));
  assert.ok((await other.locator('dialog.window').innerText()).includes(day), 'it says when the case was begun');
  await other.screenshot({ path: 'target/screenshots/hand-over-came.png' });
  assert.equal(new URL(other.url()).hash, '', 'the case does not stay in the address');
  await id(other, 'hand-over-open').click();
  await id(other, 'report').waitFor();
  assert.equal(await report(other), here);
});

test('who does not want the case keeps what there was', async (t) => {
  const { page, url } = await visit(t, { path: model('mini') });
  await onPlan(page, 'offline-flash');
  await toSupport(page);
  const { link } = await shown(page);
  const other = await otherPhone(t, url);
  await other.goto(url + model('doorbell'));
  await onPlan(other, 'pairing', 'no');
  await other.goto('about:blank');
  await other.goto(link);
  await id(other, 'hand-over-close').click();
  await openFix(other).waitFor();
  assert.equal((await other.evaluate(() => document.querySelector('led-doctor').state)).model, 'doorbell');
});

test('a link that was tampered with is refused, or read as far as it makes sense, and never stops the page', async (t) => {
  const { page, url } = await visit(t, { path: model('mini') });
  await onPlan(page, 'offline-flash');
  await toSupport(page);
  const { link } = await shown(page);
  const [, packed] = link.split('#case=');
  const other = await otherPhone(t, url);
  const broken = ['', '1', '2' + packed.slice(1), packed.slice(0, -7), `${packed}AAAA`, '1!!!', `1${'A'.repeat(9000)}`, '%00%ff'];
  for (let at = 1; at < packed.length; at += 23) broken.push(`${packed.slice(0, at)}${packed[at] === 'A' ? 'B' : 'A'}${packed.slice(at + 1)}`);
  let opened = 0;
  for (const one of broken) if (await opens(other, url, one)) opened += 1;
  // Whole, it is one of those that can be opened.
  await other.goto('about:blank');
  await other.goto(link);
  await id(other, 'hand-over-open').waitFor();
  t.diagnostic(`${opened} of ${broken.length} could be opened`);
});

test('a case in which anything may stand is refused, or read as far as it makes sense', async (t) => {
  const { page, url } = await visit(t, { path: model('mini') });
  await onPlan(page, 'offline-flash');
  await toSupport(page);
  const { link } = await shown(page);
  // Packed by the page's own script, so that what reads the session gets to see all of it.
  const cases = await page.evaluate(async (packed) => {
    const script = performance.getEntriesByType('resource').map(({ name }) => name).find((name) => /\/handover\.[0-9a-f]+\.js$/.test(name));
    const { pack, unpack } = await import(script);
    const session = await unpack(packed);
    const broken = [];
    const kinds = [null, -1, 1e300, 'x'.repeat(300), [[]], { a: {} }];
    let nth = 0;
    const spoil = (at, path) => {
      for (const key of Object.keys(at)) {
        const value = at[key];
        at[key] = kinds[nth++ % kinds.length];
        broken.push([`${path}${key}`, JSON.stringify(session)]);
        at[key] = value;
        if (value && typeof value === 'object') spoil(value, `${path}${key}.`);
      }
    };
    spoil(session, '');
    return Promise.all(broken.map(async ([path, json]) => [path, await pack(json)]));
  }, link.split('#case=')[1]);
  assert.ok(cases.length > 30);
  const other = await otherPhone(t, url);
  let opened = 0;
  // Some of all, of each kind.
  for (const [path, packed] of cases.filter((_, nth) => nth % 4 === 0)) if (await opens(other, url, packed, path)) opened += 1;
  t.diagnostic(`${opened} of ${cases.length} could be opened`);
});

test('a case that is too long for a link is said to be so', async (t) => {
  const { page } = await visit(t, { path: model('mini') });
  await onPlan(page, 'offline-flash');
  await toSupport(page);
  // Longer than any that the program keeps: it has no pattern that could be packed.
  await page.evaluate(() => {
    const long = Array.from({ length: 9000 }, () => Math.trunc(Math.random() * 36).toString(36)).join('');
    dispatchEvent(new CustomEvent('led-doctor:hand-over', { detail: JSON.stringify({ format: 1, long }) }));
  });
  await page.getByText('This case is too long for a link. Copy or share the report instead.').waitFor();
});

test('the code of the printed card leads to the device on another phone', async (t) => {
  const { page, url } = await visit(t, { path: model('outdoor') });
  await id(page, 'card-wanted').click();
  await id(page, 'address').waitFor();
  const link = await scanned(page, page.locator('.address-code'));
  assert.equal(link, url + model('outdoor'));
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(link);
  await running(page);
  await pad(page).waitFor();
});
