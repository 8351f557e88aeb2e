// A help page of somebody else: another origin, its own policy, its own style, with the element in it.
import { createServer } from 'node:http';
import { start } from '../../../tools/serve.mjs';
import { openBrowser } from './browser.mjs';
import { Guard } from './guard.mjs';
import { DIST } from './site.mjs';

// The element as a vendor writes it, with a way out beneath it.
export const ELEMENT = '<led-doctor pack="blink" model="outdoor"><a href="#plain">How to fix a flashing red light</a></led-doctor>';

// { page, context, guard, ours, theirs }: the finished site at `ours`; at `theirs` a page of `body`, with the element's script
// unless `script` says otherwise. Every event of the element is in `heard(page)`.
export const helpPage = async (t, { body = ELEMENT, head = '', csp = '', script, dir = DIST, before, ...options } = {}) => {
  const site = await start({ dir });
  const ours = new URL(site.url).origin;
  const tag = script ? script(ours) : `<script type="module" src="${ours}/led-doctor.js"></script>`;
  const fill = (text) => text.replaceAll('{ours}', ours);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help</title>
    <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${fill(head)}</head>
    <body><main><h1>Help</h1>${fill(body)}</main>${tag}</body></html>`;
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', ...(csp && { 'Content-Security-Policy': fill(csp) }) });
    response.end(html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { context, close } = await openBrowser({ viewport: { width: 390, height: 844 }, ...options });
  t.after(close);
  t.after(site.close);
  t.after(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
  const theirs = `http://127.0.0.1:${server.address().port}/`;
  const guard = new Guard(context, new URL(theirs).origin, ours);
  t.after(() => guard.check());
  const [page] = context.pages();
  await context.addInitScript(() => {
    globalThis.heard = [];
    for (const name of ['ready', 'tap', 'verdict', 'step', 'resolved', 'unresolved', 'error']) {
      addEventListener(`led-doctor:${name}`, ({ type, detail }) => globalThis.heard.push({ type: type.slice('led-doctor:'.length), ...detail }));
    }
  });
  await before?.({ page, context, guard, ours });
  await page.goto(theirs);
  return { page, context, guard, ours, theirs };
};

// What the element said so far: all of it, or what it said of one kind.
export const heard = (page, type) =>
  page.evaluate((type) => globalThis.heard.filter((event) => !type || event.type === type), type);

// Resolves once it has said so, so many times.
export const hears = (page, type, times = 1) =>
  page.waitForFunction(([type, times]) => globalThis.heard.filter((event) => event.type === type).length >= times, [type, times]);

// Holds back what the page asks for by that pattern; the answer lets it through.
export const heldBack = async (page, pattern) => {
  let open;
  const gate = new Promise((resolve) => { open = resolve; });
  await page.route(pattern, async (route) => {
    await gate;
    await route.continue();
  });
  return open;
};
