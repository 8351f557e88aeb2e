// A window over the page: a dialog of the browser's own, with words that are fetched when it opens. What hands a case over and what reads a
// film use it.
import { json } from './files.js';
import { ENGLISH, TRANSLATED } from './languages.js';

/** The words of a window in the language of the page, by the end of their key. */
export const words = async (area) => {
  const { lang } = document.documentElement;
  const files = lang === 'en' ? ENGLISH : (await json(...TRANSLATED))[lang] ?? ENGLISH;
  const all = await json(...files.later);
  return (key) => all[`${area}.${key}`] ?? key;
};

const SHEET = `
.window { box-sizing: border-box; max-width: min(30rem, 92vw); border: 0; border-radius: 1rem; padding: 1.5rem; background: Canvas; color: CanvasText; font: 1.0625rem/1.5 system-ui, sans-serif; }
.window::backdrop { background: #0009; }
.window h2 { margin: 0 0 .5rem; font-size: 1.375rem; }
.window .point { cursor: crosshair; }
.window video { display: none; }
.window label { display: block; min-height: 2.75rem; margin-bottom: .75rem; }
.window [hidden] { display: none !important; }
.window canvas { display: block; width: min(100%, 18rem); margin: 1rem auto; border: 1rem solid #fff; background: #fff; image-rendering: pixelated; }
@media (max-height: 30rem) { .window canvas { float: inline-start; width: min(50%, 60vh); margin: 0 1rem 0 0; } }
.window .film canvas { width: 100%; border: 0; image-rendering: auto; }
.window div:not(.film) { display: flex; flex-wrap: wrap; gap: .75rem; }
.window select { min-height: 2.75rem; font: inherit; }
.window button { min-height: 2.75rem; padding: .5rem 1.25rem; border: 1.5px solid; border-radius: .75rem; background: none; color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
.window :focus-visible { outline: 3px solid; outline-offset: 2px; }`;

/** An element with a text, and whatever else is set on it. */
export const el = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text, ...more });
/** Opens the window, with a heading and its content. It is gone when it is closed. */
export const ask = (title, ...children) => {
  if (!document.adoptedStyleSheets.some((sheet) => sheet.ofWindow)) {
    const sheet = Object.assign(new CSSStyleSheet(), { ofWindow: true });
    sheet.replaceSync(SHEET);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  const dialog = el('dialog', '', { className: 'window' });
  dialog.setAttribute('aria-label', title);
  dialog.append(el('h2', title), ...children);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};
/** A row of buttons: each its words, its name for tests, and what it does. */
export const buttons = (...all) => {
  const row = el('div', '');
  row.append(...all.map(([text, id, does]) => {
    const button = el('button', text, { type: 'button', onclick: does });
    button.dataset.testid = id;
    return button;
  }));
  return row;
};

