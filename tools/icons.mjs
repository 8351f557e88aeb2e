// Draws the icons that platforms want as PNG from static/icons/icon.svg. Their results are committed.
//
// CHROME_PATH=… node tools/icons.mjs
import { readFile, writeFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';

const folder = new URL('../static/icons/', import.meta.url);
const svg = await readFile(new URL('icon.svg', folder), 'utf8');
// Phones cut their own shape out of a full square; what lies outside the middle 80 % may be cut off.
const square = svg.replace(' rx="116"', '');
const icons = [
  { name: 'icon-192.png', size: 192, image: svg },
  { name: 'icon-512.png', size: 512, image: svg },
  { name: 'maskable-512.png', size: 512, image: square },
  { name: 'apple-touch-icon.png', size: 180, image: square },
  { name: 'shortcut-96.png', size: 96, image: svg },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
for (const { name, size, image } of icons) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw;height:100vh}</style>${image}`);
  await writeFile(new URL(name, folder), await page.screenshot({ omitBackground: true }));
}
await browser.close();
