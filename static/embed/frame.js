// The frame's side of embed.html: what the help page asks for is in the address, and what it is told goes to that page's origin
// alone. Without an origin nothing is told.
//
//   embed.html?pack=blink&model=outdoor&origin=https://help.example
//
// To the page:   { type: 'led-doctor:resize', height } and every event of the element as { type, detail }
// From the page: { type: 'led-doctor:reset' }
const asked = new URLSearchParams(location.search);
const element = document.querySelector('led-doctor');
for (const name of ['pack', 'model', 'lang', 'theme']) {
  if (asked.has(name)) element.setAttribute(name, asked.get(name));
}

const originOf = (text) => {
  try { return new URL(text).origin; } catch { return null; }
};
const origin = originOf(asked.get('origin'));
// An opaque origin ("null") is nobody in particular, and no message can be addressed to it.
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
