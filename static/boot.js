// Starts the app: every download at once, then the app into `#app`.
//
// A file of its own because the page allows no inline script. The wasm is fetched here rather than by
// <link rel=preload>: WebKit downloads a preloaded wasm twice.

const fetched = async (url) => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response;
};
const json = async (url) => (await fetched(url)).json();

// `?pack=…` names a pack; without it the shipped default is fetched without looking at the list first.
const chosen = async (id) => {
  if (!id || id === 'blink') return json('./content/pack.blink.en.json');
  const { packs } = await json('./content/packs.json');
  const entry = packs.find((pack) => pack.id === id);
  return json(`./content/${entry ? entry.en : packs[0].en}`);
};

const boot = async () => {
  const wasm = fetched('./led-doctor_bg.wasm');
  const texts = json('./content/ui.en.json');
  const pack = chosen(new URLSearchParams(location.search).get('pack'));
  const glue = import('./led-doctor.js');
  // Awaited together: whichever fails first is what is reported, and no other failure goes unheard.
  const [{ default: init, start }, words, device] = await Promise.all([glue, texts, pack, wasm]);
  await init({ module_or_path: wasm });
  start(document.getElementById('app'), words, device);
};

try {
  await boot();
  document.documentElement.dataset.app = 'running';
} catch (error) {
  // The page's own HTML stays; the style sheet shows the help that is meant for this case.
  document.documentElement.dataset.app = 'failed';
  console.error(error);
}

// Last, so that it never delays the first tap. `cargo xtask dist` fills in the names; `trunk serve` has no worker.
import('./pwa.js');
