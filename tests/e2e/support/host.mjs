// A help page of somebody else: another origin, its own policy, its own style, with the element in it.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { start } from '../../../tools/serve.mjs';
import { openBrowser } from './browser.mjs';
import { Guard } from './guard.mjs';
import { DIST } from './site.mjs';

// The element as a vendor writes it, with a way out beneath it.
export const ELEMENT = '<led-doctor pack="blink" model="outdoor"><a href="#plain">How to fix a flashing red light</a></led-doctor>';

// The lines of the README, as written, for the site at {ours}.
const README = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
export const policyOfReadme = /```\n(script-src [^\n]+)\n```/.exec(README)[1].replaceAll('https://your.host', '{ours}');

const NAMES = ['ready', 'tap', 'verdict', 'step', 'resolved', 'unresolved', 'error'];
// The page's own script: it keeps the element's events, and the browser's complaints.
const LISTENS = `
  globalThis.heard = [];
  globalThis.complaints = [];
  for (const name of ${JSON.stringify(NAMES)}) addEventListener('led-doctor:' + name, ({ detail }) => heard.push({ type: name, ...detail }));
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => complaints.push(violatedDirective + ' ' + blockedURI));
  addEventListener('error', ({ message }) => complaints.push(message));
  addEventListener('unhandledrejection', ({ reason }) => complaints.push(String(reason)));`;

// Serves the finished site at `ours`, and at `theirs` a page of `body`, with the element's script unless `script` says otherwise;
// {ours} and {theirs} in them become the two origins:
// { ours, theirs, asked }. The page's own script runs `early` first; a policy allows it and nothing else of the page. `asked` are
// the paths that the site was asked for; those that are `lost` get no answer.
export const serveHelp = async (t, { body = ELEMENT, head = '', csp = '', script, dir = DIST, early = '', lost } = {}) => {
  const asked = [];
  const site = await start({
    dir,
    ahead: ({ url, socket }) => {
      asked.push(url);
      if (lost?.test(url)) socket.destroy();
      return !!lost?.test(url);
    },
  });
  t.after(site.close);
  const ours = new URL(site.url).origin;
  const tag = script ? script(ours) : `<script type="module" src="${ours}/led-doctor.js"></script>`;
  const fill = (text) => text.replaceAll('{ours}', ours).replaceAll('{theirs}', `http://127.0.0.1:${server.address().port}`);
  const html = () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help</title>
    <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
    <script nonce="own">${early}${LISTENS}</script>${fill(head)}</head>
    <body><main><h1>Help</h1>${fill(body)}</main>${tag}</body></html>`;
  const policy = () => fill(csp).replace('script-src', "script-src 'nonce-own'");
  const server = createServer((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', ...(csp && { 'Content-Security-Policy': policy() }) });
    response.end(html());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); }));
  return { ours, theirs: `http://127.0.0.1:${server.address().port}/`, asked };
};

// The same, opened in a separate Chromium: { page, context, guard, ours, theirs, asked }. Every event of the element is in
// `heard(page)`.
export const helpPage = async (t, { before, body, head, csp, script, dir, ...options } = {}) => {
  const { context, close } = await openBrowser({ viewport: { width: 390, height: 844 }, ...options });
  // The browser first: a page that outlives its server complains.
  t.after(close);
  const served = await serveHelp(t, { body, head, csp, script, dir });
  const { ours, theirs } = served;
  const guard = new Guard(context, new URL(theirs).origin, ours);
  t.after(() => guard.check());
  const [page] = context.pages();
  await before?.({ page, context, guard, ours });
  await page.goto(theirs);
  return { page, context, guard, ...served };
};

// The events of the element so far: all of them, or those of one kind.
export const heard = (page, type) =>
  page.evaluate((type) => globalThis.heard.filter((event) => !type || event.type === type), type);

// Resolves once it has sent this event, this many times.
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
