// A case as a link of this app: shown as a QR code on the one phone, opened on the other. It is behind the `#` of the address, which
// no browser sends to a server.
//
// `#case=` and base64url of the deflated session, as it is stored, with times in whole ms and the commonest words as single
// characters. What comes is written to the storage as one more session: it is read back by the reader that distrusts all that it
// finds there.
import { correction, generate } from 'lean-qr';
import { toSvgPath } from 'lean-qr/extras/svg';
import { ask, buttons, el, words } from './window.js';

const FORMAT = '1';
// A link is never longer; what comes is not read beyond this many bytes of a session.
const LONGEST = 6000;
// The most packed bytes whose base64url fits into the longest link.
const LONGEST_PACKED = LONGEST / 4 * 3 - 10;
const LARGEST = 100_000;

// The words of a stored session (crates/core/src/session/record.rs), each as one character of a private area. Words are only added, at the end.
const WORDS = ('"format":1,"revision": ,"began": ,"touched": ,"pack":" ","model":" ","stage":" ,"trail":[ ,"watch":{ "taps":[ ],"until": ,"stopped": ,"look":null ,"answers":{ "unsure":[ ' +
  ',"finding":{ "signal":" ,"how":"tapped" ,"how":"chosen" ,"how":"told" ,"sure": ,"period": ,"nearest":[ ,"cure":{ ,"triage":" "unsure" "open" ,"open": ,"looking": ,"done":[ "fix":" ","step":" ' +
  ',"waits":[ ,"started": ,"skipped": ,"announced": ,"ticked": ,"tried":[ ","outcome":" "fixed" "same" "different" "skipped" ,"log":[ {"at": ,"what":{ "found":{ "began":" "judged":{ "answered":{ ' +
  '"question":" ","answer":" "accepted":{ ,"codes":[ ,"nonce": ,"held": ,"light":" false true null }}, }]} verdict support resolved choose plan tap}').split(' ');
const FIRST = 0xe000;

const shorter = (json) => WORDS.reduce((text, word, nth) => text.replaceAll(word, String.fromCharCode(FIRST + nth)), json);
const longer = (text) => text.replace(/[\ue000-\ue0ff]/g, (sign) => WORDS[sign.charCodeAt(0) - FIRST] ?? '');

// What was measured to a fraction of a millisecond is handed on in whole ones.
const rounded = (value) => {
  if (typeof value === 'number') return Math.round(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (value && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, rounded(part)]));
  return value;
};

const piped = async (bytes, through, most) => {
  const parts = [];
  let size = 0;
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts).arrayBuffer();
    size += value.length;
    if (size > most) throw new RangeError('too large');
    parts.push(value);
  }
};

const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

/** A session as JSON to the text behind `#case=`. */
export const pack = async (json) => {
  const text = shorter(JSON.stringify(rounded(JSON.parse(json))));
  return FORMAT + base64(await piped(new TextEncoder().encode(text), new CompressionStream('deflate-raw'), LONGEST_PACKED));
};

/** Back again: the session, or an error where it is none. */
export const unpack = async (packed) => {
  if (packed.length > LONGEST || packed[0] !== FORMAT) throw new TypeError('no case');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(await piped(bytes(packed.slice(1)), new DecompressionStream('deflate-raw'), LARGEST));
  const session = JSON.parse(longer(text));
  const { format, began, revision, pack } = session ?? {};
  // A pack that somebody brought is on their phone alone.
  if (format !== 1 || !(began >= 0) || !(revision >= 0) || !/^(?!own-)[a-z0-9-]{1,32}$/.test(pack)) throw new TypeError('no case');
  return session;
};

/** Shows the case that is open here, for another phone. */
export const show = async (json) => {
  const t = await words('hand-over');
  let packed;
  try {
    packed = await pack(json);
  } catch {
    const dialog = ask(t('title'), el('p', t('too-long'), { role: 'alert' }), buttons([t('close'), 'hand-over-close', () => dialog.close()]));
    return;
  }
  const link = new URL(`./#case=${packed}`, document.baseURI).href;
  const canvas = el('canvas', '');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', t('title'));
  // Read from a screen, at arm's length: few errors, and as few dots as may be.
  try {
    generate(link, { minCorrectionLevel: correction.L }).toCanvas(canvas, { on: [0, 0, 0], off: [255, 255, 255], pad: 0 });
  } catch {
    // A long case: more than a code holds. The link is as good.
    canvas.hidden = true;
  }
  const said = el('p', '', { role: 'status' });
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      said.textContent = t('copied');
    } catch {
      // Then it is there to be selected.
      said.textContent = link;
    }
  };
  const dialog = ask(t('title'), el('p', t('lead')), canvas, buttons([t('copy'), 'hand-over-copy', copy], [t('close'), 'hand-over-close', () => dialog.close()]), said);
  dialog.dataset.link = link;
};

/** The address at which the app opens on this device, `PACK/MODEL`, as a code for the printed card: what the page's interface reads of it. */
export const address = (device) => {
  const [pack, model] = device.split('/');
  const link = new URL('./', document.baseURI);
  link.search = new URLSearchParams({ pack, model });
  // Read from paper, which may be folded or stained.
  const code = generate(link.href, { minCorrectionLevel: correction.M });
  return [device, link.href, code.size, toSvgPath(code)].join(' ');
};

/** Opens a case that came in the address of the page, if the person wants to. */
export const open = async (packed) => {
  // Not a second time by a reload, and not in the list of pages visited.
  history.replaceState(null, '', location.pathname + location.search);
  const t = await words('hand-over');
  let session;
  try {
    session = await unpack(packed);
  } catch {
    const dialog = ask(t('came'), el('p', t('broken')), buttons([t('close'), 'hand-over-close', () => dialog.close()]));
    return;
  }
  const when = new Date(session.began);
  const written = Number.isNaN(Number(when)) ? '?' : when.toLocaleString(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' });
  const said = el('p', '', { role: 'alert' });
  const take = () => {
    const { keys } = document.documentElement.dataset;
    const nameOf = () => `${keys}session:${Math.trunc(session.began)}${session.nonce ? `-${session.nonce}` : ''}`;
    try {
      if (!(Number.isInteger(session.nonce) && session.nonce > 0 && session.nonce < 2 ** 32)) session.nonce = (Math.random() * 2 ** 32) | 1;
      session.nonce >>>= 0;
      // The same case was opened here before. The one that is further keeps what was done: the other one becomes a separate case.
      const here = localStorage.getItem(nameOf());
      const further = here && JSON.parse(here).revision >= session.revision;
      if (here && !further) session.nonce = ((Math.random() * 2 ** 32) | 1) >>> 0;
      const name = nameOf();
      if (!further) localStorage.setItem(name, JSON.stringify(session));
      for (const storage of [localStorage, sessionStorage]) storage.setItem(`${keys}open`, name);
    } catch {
      said.textContent = t('denied');
      return;
    }
    location.replace(location.pathname);
  };
  const dialog = ask(t('came'), el('p', t('from').replace('{when}', written)), buttons([t('open'), 'hand-over-open', take], [t('leave'), 'hand-over-close', () => dialog.close()]), said);
};
