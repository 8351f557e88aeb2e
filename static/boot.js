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

const asked = new URLSearchParams(location.search);

// Packs by id. A download that failed is forgotten, so that it can be tried again.
const packs = new Map();
const keep = (id, promise) => {
  packs.set(id, promise);
  promise.catch(() => packs.delete(id));
  return promise;
};

const boot = async () => {
  const wasm = fetched('./led-doctor_bg.wasm');
  const texts = json('./content/ui.en.json');
  const index = json('./content/packs.json');
  const named = async (id) => {
    const found = (await index).packs.find((pack) => pack.id === id);
    if (!found) throw new Error(`there is no pack "${id}"`);
    return json(`./content/${found.file}`);
  };
  const load = (id) => packs.get(id) ?? keep(id, named(id));
  // The pack that is most often wanted does not wait for the list.
  const pack = asked.get('pack');
  if (!pack || pack === 'blink') keep('blink', json('./content/pack.blink.en.json'));
  const glue = import('./led-doctor.js');
  // Awaited together: whichever fails first is what is reported, and no other failure goes unheard.
  const [{ default: init, mount }, words, list] = await Promise.all([glue, texts, index, wasm]);
  await init({ module_or_path: wasm });
  mount(document.getElementById('app'), {
    texts: words,
    index: list,
    load,
    lang: 'en',
    pack: list.packs.some(({ id }) => id === pack) ? pack : undefined,
    model: asked.get('model') ?? undefined,
    start: asked.get('start') ?? undefined,
    remember: true,
  });
};

// A panic is a trap, after which nothing of the wasm works any more: the page says so instead of standing still.
const stopped = ({ error, reason }) => {
  if ((error ?? reason) instanceof WebAssembly.RuntimeError) document.documentElement.dataset.app = 'failed';
};
addEventListener('error', stopped);
addEventListener('unhandledrejection', stopped);

try {
  await boot();
  document.documentElement.dataset.app = 'running';
} catch (error) {
  // The page's own HTML stays; the style sheet shows the help that is meant for this case.
  document.documentElement.dataset.app = 'failed';
  console.error(error);
}

// Last, so that it never delays the first tap. `cargo xtask dist` fills in the names; `trunk serve` has no worker.
import('./pwa.js').catch((reason) => console.info('LED Doctor is not kept offline here:', reason));
