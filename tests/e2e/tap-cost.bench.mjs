// What one more tap costs on a slow phone (a quarter of this machine's speed): received, judged and drawn. Prints what it measured and
// judges nothing.
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { visit } from './support/site.mjs';
import { model, pad } from './support/walk.mjs';

const TAPS = 40;

// A beat that two signals of the Mini have: what settles it is a question, so that the pad stays.
const EVERY = 700;

const tapped = async ([count, every]) => {
  const pad = document.querySelector('led-doctor').shadowRoot.querySelector('[data-testid=tap-pad]');
  const { port1, port2 } = new MessageChannel();
  const drawn = () => new Promise((resolve) => { port1.onmessage = resolve; port2.postMessage(0); });
  const send = (kind, at) => {
    const event = new PointerEvent(kind, { bubbles: true, composed: true, isPrimary: true, pointerId: 1 });
    Object.defineProperty(event, 'timeStamp', { value: at });
    pad.dispatchEvent(event);
  };
  const begun = performance.now();
  const took = [];
  for (let nth = 0; nth < count; nth += 1) {
    const at = begun + nth * every;
    const since = performance.now();
    send('pointerdown', at);
    send('pointerup', at + 90);
    // The framework draws in a separate microtask.
    await drawn();
    took.push(performance.now() - since);
  }
  return took;
};

// What the functions of the wasm were called before the build made it small.
const symbols = async () => {
  const lines = (await readFile(new URL('../../target/symbols.txt', import.meta.url), 'utf8')).trim().split('\n');
  return new Map(lines.map((line) => [`wasm-function[${line.slice(0, line.indexOf(':'))}]`, line]));
};

// Milliseconds of a profile spent in the frames that are meant, and in all that they call.
const spent = ({ nodes, samples, timeDeltas }, meant) => {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const inside = new Set();
  const enter = (node) => {
    inside.add(node.id);
    for (const child of node.children ?? []) enter(byId.get(child));
  };
  for (const node of nodes) if (meant(node.callFrame)) enter(node);
  return timeDeltas.reduce((sum, delta, nth) => sum + (inside.has(samples[nth]) ? delta / 1000 : 0), 0);
};

test('one more tap', async (t) => {
  const { page } = await visit(t, { path: model('mini'), viewport: { width: 390, height: 844 } });
  await pad(page).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await session.send('Profiler.enable');
  // In µs: finer than the classifier's share of a tap.
  await session.send('Profiler.setSamplingInterval', { interval: 100 });
  await session.send('Profiler.start');
  const took = await page.evaluate(tapped, [TAPS, EVERY]);
  const { profile } = await session.send('Profiler.stop');
  const { taps } = await page.evaluate(() => document.querySelector('led-doctor').state);
  const last = took.slice(TAPS / 2).sort((a, b) => a - b);
  t.diagnostic(`${taps} taps: press and release are heard, judged and drawn in ${last[last.length >> 1].toFixed(1)} ms (at most ${last.at(-1).toFixed(1)})`);
  const names = await symbols();
  const isWasm = ({ url }) => url.includes('.wasm');
  const isEngine = (frame) => isWasm(frame) && names.get(frame.functionName)?.includes('rhythm::listener::Listener::judge');
  const a = (meant) => `${(spent(profile, meant) / taps).toFixed(2)} ms a tap`;
  t.diagnostic(`of it in the wasm and what it calls, drawing and remembering with it: ${a(isWasm)}`);
  t.diagnostic(`of it in the engine: ${(spent(profile, isEngine) / (2 * taps)).toFixed(2)} ms an update, of which a press is one and its release another`);
});
