// Lighthouse's results for the app, of the demo help page and of a model's page: accessibility, best practices and what search engines ask for.
// How fast they are is measured elsewhere.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { start } from '../../tools/serve.mjs';
import { copyOfDist } from './support/site.mjs';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];
let chrome;
let server;

before(async () => {
  chrome = await puppeteer.launch({ executablePath: process.env.CHROME_PATH, headless: true, args: ['--no-sandbox'] });
  // Pages of models name the address that they were built for; here they are served at this one.
  const dir = await copyOfDist();
  server = await start({ dir });
  const model = join(dir, 'models/blink.outdoor.html');
  const text = await readFile(model, 'utf8');
  await writeFile(model, text.replaceAll('https://help.example/led-doctor/', server.url));
});
after(async () => {
  await chrome?.close();
  await server?.close();
});

for (const path of ['', 'embed/', 'models/blink.outdoor.html']) {
  test(`of /${path} nothing is amiss`, async () => {
    const soon = { maxWaitForLoad: 3000 };
    const { lhr } = await lighthouse(`${server.url}${path}`, { logLevel: 'error', onlyCategories: CATEGORIES, throttlingMethod: 'provided', ...soon }, undefined, await chrome.newPage());
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, lhr.categories[name].score]));
    const amiss = Object.values(lhr.audits).filter(({ score, scoreDisplayMode }) => score !== null && score < 1 && scoreDisplayMode === 'binary').map(({ id, title }) => `${id}: ${title}`);
    assert.deepEqual(scores, { accessibility: 1, 'best-practices': 1, seo: 1 }, amiss.join('\n'));
  });
}
