// The frame's side of embed.html: what the help page asks for is in the address, and what it receives goes to that page's origin
// alone. Without an origin nothing is sent.
//
//   embed.html?pack=blink&model=outdoor&origin=https://help.example
//   embed.html?pack=blink&model=outdoor#?secret=abcdefghij          (WordPress: height alone)
//
// To the page:   { type: 'led-doctor:resize', height } and every event of the element as { type, detail }
// From the page: { type: 'led-doctor:reset' }
const asked = new URLSearchParams(location.search);
const element = document.querySelector('led-doctor');
for (const name of ['pack', 'model', 'lang', 'theme']) {
  if (asked.has(name)) element.setAttribute(name, asked.get(name));
}

// WordPress frames what it embeds by an address that ends in a secret, and lets the frame send its height with it. Nothing else is sent
// so: any page may receive the message.
const [, secret] = /[#?&]secret=(\w{10})\b/.exec(location.hash) ?? [];
if (secret && parent !== window) {
  new ResizeObserver(() => {
    const value = Math.ceil(document.documentElement.getBoundingClientRect().height);
    parent.postMessage({ message: 'height', value, secret }, '*');
  }).observe(document.documentElement);
}

const originOf = (text) => {
  try { return new URL(text).origin; } catch { return null; }
};
const origin = originOf(asked.get('origin'));
// An opaque origin ("null") identifies no page, and no message can be addressed to it.
if (origin && origin !== 'null' && parent !== window) {
  const tell = (message) => parent.postMessage(message, origin);
  const { documentElement: html } = document;
  let reported = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(html.getBoundingClientRect().height);
    if (height !== reported) tell({ type: 'led-doctor:resize', height: (reported = height) });
  }).observe(html);
  for (const name of ['ready', 'tap', 'verdict', 'step', 'resolved', 'unresolved', 'error']) {
    element.addEventListener(`led-doctor:${name}`, ({ type, detail }) => tell({ type, detail }));
  }
  addEventListener('message', (event) => {
    if (event.source === parent && event.origin === origin && event.data?.type === 'led-doctor:reset') element.reset();
  });
}

// Loads the script for the requested language, else English: pt-br, then pt.
const lang = element.lang.toLowerCase();
document.documentElement.lang = lang || 'en';
const kindsOf = (tag) => (tag ? [tag, ...kindsOf(tag.replace(/-?[^-]*$/, ''))] : []);
const kinds = /^[a-z0-9-]+$/.test(lang) && !/^en\b/.test(lang) ? kindsOf(lang) : [];
const scripts = [...kinds.map((kind) => `../led-doctor-${kind}.js`), '../led-doctor.js'];
const load = ([first, ...others]) => import(first).catch((reason) => (others.length ? load(others) : Promise.reject(reason)));
load(scripts);
