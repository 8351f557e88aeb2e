// <led-doctor>: what a help page gets before anything else of LED Doctor. It draws the first screen, keeps early taps, and
// fetches the program when somebody comes near. All that needs the program is in static/app.js.
//
// Kept small: it is all that a reader who never comes near has to download.
/* global IN_PAGE, WORDS: the build says whether this is the script of the app's own page, and fills in words from text/. */
import sheet from './first.css';
import { draw, first } from './screen.js';
import { EarlyTaps } from './taps.js';

// Server-side renderers import modules without a browser.
const Base = globalThis.HTMLElement ?? class {};

const url = (name) => new URL(name, import.meta.url).href;

// One for all elements of this script.
let program;
let style;

// A module cannot be imported with a hash, but one that was preloaded with a hash is the one that is imported. The build puts
// the hashes in; where there are none, in development, browsers pass over these words.
const checked = (href, integrity) =>
  new Promise((resolve, reject) => {
    const link = document.createElement('link');
    if (!link.relList?.supports?.('modulepreload')) return resolve(href);
    link.onload = () => resolve(href);
    link.onerror = () => reject(new TypeError(`${href} could not be loaded`));
    Object.assign(link, { rel: 'modulepreload', crossOrigin: 'anonymous', href, integrity });
    document.head.append(link);
  }).finally(() => document.head.querySelector(`link[href="${href}"]`)?.remove());

const load = async () => {
  if (!globalThis.WebAssembly) throw new Error('this browser has no WebAssembly');
  // Fetched here and handed on: WebKit downloads twice what a link preloads.
  const wasm = fetch(url('./led-doctor_bg.wasm'), { integrity: 'pin-of:led-doctor_bg.wasm' });
  // Reported below, together with all other failures.
  wasm.catch(() => {});
  const { run } = await import(await checked(url('./app.js'), 'pin-of:app.js'));
  return (element, how) => run(wasm, element, { ...how, module: checked });
};


export class LedDoctorElement extends Base {
  static observedAttributes = ['pack', 'model', 'lang', 'remember', 'loading'];

  #base;
  // The first screen, which is removed while the interface is in its place.
  #first;
  #early;
  #near;
  #running;
  #going;
  #session = null;
  // Counts what the page names, so that the result of an earlier one is not taken for it.
  #device = 0;
  #state = { version: 1, phase: 'waiting' };
  #packData;
  #changing;
  #placed = false;

  constructor() {
    super();
    // There already where the page's own HTML draws it.
    const root = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.#base = root.querySelector('.base');
    if (!this.#base) {
      // A browser that does not know a shadow root's HTML has left it in its template.
      if (IN_PAGE) root.append(this.querySelector('template').content);
      else {
        if (!style) (style = new CSSStyleSheet()).replaceSync(sheet);
        root.adoptedStyleSheets = [style];
        root.append(draw(first));
      }
      this.#base = root.querySelector('.base');
    }
    const find = (name) => root.querySelector('.' + name);
    this.#first = find('first');
    this.#early = new EarlyTaps(find('pad'), find('pad-count'));
    // A person who taps with a key does not mean the page's own shortcuts.
    root.addEventListener('keydown', (event) => /^( |Enter)$/.test(event.key) && event.stopPropagation());
    // After a failure only the page tries again, by start(): a pointer that lies here would do so for ever.
    const load = () => this.#state.reason || this.#load();
    for (const kind of ['pointerover', 'pointerdown', 'focusin']) root.addEventListener(kind, load);
  }

  connectedCallback() {
    // What was set before the browser knew this element.
    if (Object.hasOwn(this, 'packData')) {
      const { packData } = this;
      delete this.packData;
      this.packData = packData;
    }
    this.#placed = true;
    if (this.#running || this.#going) return;
    // The app's own page gives the size itself: asking would make the browser lay it out before it has all of it.
    if (!IN_PAGE) {
      const size = getComputedStyle(this.#base).fontSize;
      if (size !== '16px') this.#base.style.setProperty('--medium', size);
    }
    // A returning person is led to where they were, and does not see another screen first.
    let back = false;
    try { back = this.hasAttribute('remember') && !!localStorage.getItem('led-doctor:open'); } catch { /* then nothing is remembered */ }
    this.#base.classList.toggle('is-back', back || !!this.#session);
    if (this.#session || this.getAttribute('loading') === 'eager') this.#load();
    else {
      this.#near ??= new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#load(), { rootMargin: '400px' });
      this.#near.observe(this);
    }
  }

  disconnectedCallback() {
    // An element that is moved is put in again at once.
    queueMicrotask(() => this.isConnected || this.#end());
  }

  // A document gives an element that it adopts none of the sheets that it had.
  adoptedCallback() {
    if (!IN_PAGE && this.ownerDocument === document) this.shadowRoot.adoptedStyleSheets = [style];
    this.#end();
  }

  attributeChangedCallback(name, was, is) {
    // Those that it comes with are read when it begins.
    if (was === is || !this.#placed) return;
    if (name === 'loading') return void (is === 'eager' && this.#load());
    // Another device is another session; another language or memory is not.
    if (/pack|model/.test(name)) this.#forget();
    this.#again();
  }

  /** A device pack of the page's own, as `cargo xtask pack json` writes it. */
  get packData() { return this.#packData; }
  set packData(value) {
    this.#packData = value;
    this.#forget();
    this.#again();
  }

  /** Where the person is, as plain data. */
  get state() { return this.#state; }

  /** Loads the program now. Whether it runs. */
  async start() {
    await this.#load();
    return !!this.#running;
  }

  /** Restarts the attempt. */
  reset() { this.#running?.restart(); }

  /** What was seen and tried so far, as text. */
  report() { return this.#running?.report() ?? ''; }

  #load() {
    this.#near?.disconnect();
    if (!this.isConnected || this.#running) return Promise.resolve();
    return (this.#going ??= this.#run().catch((error) => this.#fail(error)));
  }

  async #run() {
    const { classList } = this.#base;
    const device = this.#device;
    if (classList.replace('is-failed', 'is-back')) this.#base.prepend(this.#first);
    this.#state = { version: 1, phase: 'loading' };
    const run = await (program ??= load());
    if (!this.isConnected) return void (this.#going = undefined);
    await run(this, {
      host: this.#base.querySelector('.app'),
      session: this.#session,
      early: this.#early,
      told: (state, session) => {
        // Another device was named while this one was on its way.
        if (device !== this.#device) return;
        this.#session = session;
        this.#state = state;
      },
      stands: (handle) => {
        this.#running = handle;
        // Before the page hears of it: it may take the element out and put it in again at that very moment.
        this.#going = undefined;
        this.#first.remove();
        classList.add('is-running');
      },
      failed: (error) => this.#fail(error),
      emit: (name, detail) => this.#emit(name, detail),
    });
    // Taken out meanwhile.
    if (!this.isConnected) this.#end();
  }

  // Taps for one device are no evidence about another.
  #forget() {
    this.#device += 1;
    this.#session = null;
    this.#early.take();
  }

  #again() {
    if (!this.#running && !this.#going) return;
    this.#changing ??= Promise.resolve(this.#going).then(() => {
      this.#changing = undefined;
      this.#end();
      if (this.isConnected) this.#load();
    });
  }

  #end() {
    this.#near?.disconnect();
    this.#placed = this.isConnected;
    this.#running?.end();
    this.#running = undefined;
    this.#base.classList.remove('is-running');
    this.#base.prepend(this.#first);
    this.#state = { version: 1, phase: 'waiting' };
  }

  #fail(error) {
    // So that it can be tried again.
    program = this.#running = this.#going = undefined;
    this.#base.classList.remove('is-running', 'is-back');
    this.#base.classList.add('is-failed');
    this.#first.remove();
    const { CompileError, RuntimeError } = globalThis.WebAssembly ?? {};
    const reason = !RuntimeError ? 'no-wasm' : error instanceof RuntimeError ? 'stopped' : error instanceof CompileError ? 'blocked' : 'download';
    // Shown only where the page has no text of its own.
    const sorry = this.#base.querySelector('.sorry');
    sorry.textContent = this.childElementCount ? '' : WORDS['app.failed'];
    this.#state = { version: 1, phase: 'failed', reason };
    this.#emit('error', { reason, message: String(error) });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent('led-doctor:' + name, { bubbles: true, composed: true, detail: { version: 1, ...detail } }));
  }
}
