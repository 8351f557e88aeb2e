// The program behind <led-doctor>: fetched once for all elements of a page, when somebody comes near the first of them.
//
// Every file is fetched with its hash, so that the hash of the element's own script covers all of it. The build fills
// names and hashes in.
import { file, json } from './files.js';
import init, { mount } from './led-doctor.js';
// By language: the interface's words and the list of packs. Made by tools/element.mjs from what is in text/.
import { ENGLISH, SPOKEN, TRANSLATED } from './languages.js';

const url = (name) => new URL(name, import.meta.url).href;

// Promises by name. What failed is forgotten, so that it can be tried again.
const kept = new Map();
const once = (name, make) => {
  if (!kept.has(name)) {
    const promise = make();
    kept.set(name, promise);
    promise.catch(() => kept.delete(name));
  }
  return kept.get(name);
};

// Lets the browser answer a tap, and draw, between two parts of a start: no part is long, all of them are.
const pause = () => new Promise((resolve) => { setTimeout(resolve); });

const inLanguage = (lang) => {
  const files = lang === 'en' ? Promise.resolve(ENGLISH) : once('translated', () => json(...TRANSLATED)).then((all) => all[lang]);
  // Where a language cannot be had (offline, and not kept yet), English is better than nothing.
  const of = (kind) =>
    once(`${kind} ${lang}`, async () => {
      try {
        return await json(...(await files)[kind]);
      } catch (error) {
        if (lang === 'en') throw error;
        return json(...ENGLISH[kind]);
      }
    });
  return { words: of('words'), list: of('packs') };
};
const look = () =>
  once('look', async () => {
    const sheet = new CSSStyleSheet();
    return sheet.replace(await (await file('./look.css', 'pin-of:look.css')).text());
  });

// A page says what it is written in: that, or what it is a kind of: pt-br, pt.
const speaks = (element) => {
  let tag = (element.closest('[lang]')?.lang ?? '').toLowerCase();
  while (tag && !Object.hasOwn(SPOKEN, tag)) tag = tag.replace(/-?[^-]*$/, '');
  return tag || 'en';
};

// A panic is a trap, after which nothing of the wasm works any more, for any element: each reports it instead of hanging.
const running = new Set();
let trapped;
const stopped = ({ error, reason }) => {
  const trap = error ?? reason;
  if (!(trap instanceof WebAssembly.RuntimeError)) return;
  // A page may have other wasm; its traps name their own places.
  const { stack = '' } = trap;
  if (stack.includes('wasm-function') && !stack.includes(url('.'))) return;
  trapped = trap;
  for (const one of [...running]) one.fail(trap);
};
const watch = () => {
  const listens = running.size > 0;
  for (const kind of ['error', 'unhandledrejection']) globalThis[listens ? 'addEventListener' : 'removeEventListener'](kind, stopped);
};

const program = (wasm) =>
  once('program', async () => {
    const response = await wasm;
    if (!response.ok) throw new TypeError(`${response.url}: ${response.status}`);
    return init({ module_or_path: response });
  });

// What somebody brings is checked by a program that is fetched for it.
const checked = async (json, module) => (new Blob([json]).size > MOST ? LARGE : (await import(await module(url('./check.js'), 'pin-of:check.js'))).checked(json));

// What the checker takes, in bytes. What is larger does not even get there.
const MOST = 2 ** 18;
const LARGE = { problems: [`A pack is never larger than ${MOST / 1024} KB.`] };

// What holds itself, or is no data at all, is no pack; the checker reports it.
const written = (data) => {
  try { return JSON.stringify(data) ?? ''; } catch { return ''; }
};

// A pack that somebody brings: a file, or an address of this site. All that is wrong with it comes back as lines.
const bring = async (source, module) => {
  let json;
  if (typeof source === 'string') {
    let address;
    try { address = new URL(source, location.href); } catch { /* then it is of no site */ }
    if (address?.origin !== location.origin) return { problems: [`${source}: only an address of this site, ${location.host}, can be opened.`] };
    const response = await fetch(address).catch(() => null);
    if (!response?.ok) return { problems: [`${address}: there is nothing to be had there.`] };
    json = await response.text();
  } else {
    if (source.size > MOST) return LARGE;
    json = await source.text();
  }
  return checked(json, module);
};

// The page's own pack is on a separate shelf.
const shelfOf = ({ id, name, model }) => ({
  id,
  name,
  file: '',
  models: Object.entries(model ?? {}).map(([id, { name, hint, drawing, like }]) => ({ id, name, hint: hint ?? '', drawing: drawing ?? 'device', unconfirmed: !!like })),
});

// What an element offers: its own pack alone, the one it names, or all; and how a pack of it is loaded.
const offer = async (element, lang, { module, emit, program }) => {
  const { words, list } = inLanguage(lang);
  // A pack of the page's own is checked as if a stranger had written it.
  let own;
  if (element.packData) {
    const { problems, pack } = await checked(written(element.packData), module);
    if (pack) own = pack;
    else emit('error', { reason: 'pack', message: problems.join('\n') });
  }
  const asked = own?.id ?? element.getAttribute('pack');
  // What was brought last; an earlier one stays until it is replaced by one that is right.
  const brought = new Map();
  const packOf = (id) =>
    once(`pack ${id} ${lang}`, async () => {
      const found = (await list).packs.find((pack) => pack.id === id);
      if (!found) throw new TypeError(`there is no pack "${id}"`);
      return json(`./content/${found.file}`, found.pin);
    });
  const load = async (id) => {
    try {
      await pause();
      return brought.get(id) ?? (own && id === own.id ? own : await packOf(id));
    } catch (error) {
      emit('error', { reason: 'pack', message: String(error) });
      throw error;
    }
  };
  // Only the app's own page has room for trying things out.
  const bringOne = 'ahead' in element.dataset ? async (source) => {
    const { problems, pack } = await bring(source, module);
    if (!pack) return { problems };
    brought.set(pack.id, pack);
    return { problems, shelf: shelfOf(pack) };
  } : undefined;
  // Everything starts at once; whichever fails first is what is reported, and no other failure goes unheard. The app's own page
  // names the pack that is most often wanted, which then does not wait for the list.
  if (asked || element.dataset.ahead) packOf(asked ?? element.dataset.ahead).catch(() => {});
  const [texts, { packs: shelves, picture }, sheet] = await Promise.all([words, list, look(), program]);
  await pause();
  // What the page names is all that is offered, and its own pack replaces all others, also where it is refused.
  const all = element.packData ? (own ? [shelfOf(own)] : []) : shelves.map(({ pin, ...shelf }) => shelf);
  const named = asked && all.find(({ id }) => id === asked);
  const refused = !!(asked || element.packData) && !named;
  if (refused && !element.packData) emit('error', { reason: 'pack', message: `there is no pack "${asked}"` });
  return { sheet, refused, options: { texts, index: { packs: named ? [named] : all, picture }, load, lang, bring: bringOne, refused } };
};

/** Runs in an element, from the download of the wasm, and resolves once that is so. */
export const run = async (wasm, element, { module, host, session, early, told, stands, failed, emit }) => {
  if (trapped) throw trapped;
  const { sheet, refused, options } = await offer(element, speaks(element), { module, emit, program: program(wasm) });
  if (trapped) throw trapped;
  const model = element.getAttribute('model');

  const root = element.shadowRoot;
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];

  // The framework keeps the listeners of a host for ever, so each run has a fresh one, which goes with it. It is put in when the
  // first screen goes: drawing may pause half-way, and at no moment does the page hold two pads.
  const inner = document.createElement('div');
  inner.className = 'inner';

  let mounted;
  let begun = false;
  // The session as it was last received, to continue it elsewhere.
  let last = session;
  const end = () => {
    running.delete(one);
    watch();
    // After a trap nothing of the wasm may be called any more.
    if (!trapped) mounted?.destroy();
    mounted = undefined;
    inner.remove();
  };
  const one = { fail: (error) => { end(); failed(error); } };
  running.add(one);
  watch();

  return new Promise((resolve, reject) => {
    const handle = {
      restart: () => mounted?.restart(),
      report: () => mounted?.report(),
      end,
    };
    // The first screen goes when the interface is complete and no finger is on the pad.
    const takeOver = () => {
      if (early.down) {
        early.lifted = takeOver;
        return;
      }
      early.lifted = () => {};
      const focused = root.activeElement;
      host.replaceChildren(inner);
      stands(handle);
      const taps = early.take();
      const { stage, pack, model } = mounted.state();
      if (stage === 'tap') for (const [what, at] of taps) mounted.pad(what, at);
      if (focused) inner.querySelector('[part=pad]')?.focus({ preventScroll: true });
      resolve(handle);
      emit('ready', { pack, model });
    };
    // Events as the wasm writes them, `[name, detail]` each; `drawn`: another stage is on the screen; and the session, where it
    // changed. The wasm is still at work here: it is asked, and the page may answer by calling the element, when it is done.
    const tell = (events, drawn, changed) => {
      if (changed !== undefined) last = changed;
      queueMicrotask(() => {
        if (!mounted || trapped) return;
        told(mounted.state(), last);
        for (const event of events) emit(...event);
        if (!drawn || begun) return;
        begun = true;
        takeOver();
      });
    };
    one.fail = (error) => { end(); if (begun) failed(error); else reject(error); };
    try {
      mounted = mount(inner, {
        ...options,
        // A session that continues knows its device, and the model of a pack that cannot be had is no model of another.
        model: session || refused ? undefined : model ?? undefined,
        start: session ? undefined : element.dataset.start,
        ticket: element.getAttribute('contact-url') ?? undefined,
        remember: element.hasAttribute('remember'),
        session: session ?? undefined,
        tell,
      });
    } catch (error) {
      one.fail(error);
    }
  });
};
