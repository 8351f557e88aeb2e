// Makes the element's script and style from static/element and static/led-doctor.css, into target/element: the script as a
// module, the same as a plain script to be written into the app's own page, and the first screen as HTML for that page.
//
// Trunk calls it before every build; the interface's words are compiled by then.
//
// node tools/element.mjs [folder]: the folder of content/ and element/; target/ when left out
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild-wasm';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = process.argv[2] ?? `${root}target`;
const out = `${target}/element/`;
// The oldest browsers that have all the rest that the element needs.
export const TARGET = ['chrome102', 'firefox102', 'safari16'];

// The devices that have a pad for each light, as a selector of the element: on them the first screen shows none.
const pads = JSON.parse(await readFile(`${out}pads.json`, 'utf8'));
const word = (id) => (/^[a-z]/.test(id) ? id : `"${id}"`);
const severalPads = Object.entries(pads).flatMap(([pack, models]) => {
  const several = Object.keys(models).filter((model) => models[model]);
  if (several.length === Object.keys(models).length) return [`[pack=${word(pack)}]`];
  return several.map((model) => `[pack=${word(pack)}][model=${word(model)}]`);
});

// A help page may set its own rem to anything, so lengths hang on the element's unit; `@dark` is written once and means twice.
const own = async (file) => {
  const css = (await readFile(root + file, 'utf8'))
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(-?\d*\.?\d+)rem\b/g, (_, number) => (Number(number) === 1 ? 'var(--u)' : `calc(var(--u)*${number})`))
    .replace(':--several-pads', severalPads.join())
    .replace(/@dark \{([\s\S]*?)\n\}/g, (_, rules) =>
      `@media (prefers-color-scheme: dark) { :host(:not([theme="light"])) .ld {${rules}} } :host([theme="dark"]) .ld {${rules}}`);
  return (await transform(css, { loader: 'css', minify: true, target: TARGET })).code.trim();
};

const text = (words) => String(words).replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const html = ([tag, attributes, ...children]) => {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${text(value)}"`);
  const inner = children.map((child) => (typeof child === 'string' ? text(child) : html(child)));
  return `<${tag}${written.join('')}>${inner.join('')}</${tag}>`;
};

const words = JSON.parse(await readFile(`${target}/content/ui.en.json`, 'utf8'));
const FIRST_WORDS = ['app.name', 'app.failed', 'device.title', 'device.lead', 'tap.title', 'tap.hint', 'tap.pad', 'tap.pad-label', 'settle.start'];
const wordsOf = (words) =>
  Object.fromEntries(
    FIRST_WORDS.map((key) => {
      if (!words[key]) throw new Error(`the words have no ${key}, which the first screen needs`);
      return [`WORDS_${key.replace(/\W/g, '_')}`, JSON.stringify(words[key])];
    }),
  );
const first = await own('static/element/first.css');
const settings = {
  bundle: true,
  target: TARGET,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  // Files of the finished site, which are not there yet.
  external: ['./pwa.js', './handover.js'],
  define: { ...wordsOf(words), LANG: '"en"', IS_RTL: 'false' },
  plugins: [
    {
      name: 'first screen',
      setup: ({ onLoad }) => {
        onLoad({ filter: /first\.css$/ }, () => ({ contents: first, loader: 'text' }));
        onLoad({ filter: /static\/element\/.*\.js$/ }, async ({ path }) => ({
          contents: (await readFile(path, 'utf8')).replace(/WORDS\['(.+?)'\]/g, (_, key) => `WORDS_${key.replace(/\W/g, '_')}`),
        }));
      },
    },
  ],
};
const element = `${root}static/element/`;
const inline = { contents: "import './page.js'; import './define.js';", resolveDir: element };

await mkdir(out, { recursive: true });
// A language is a file in text/, and nothing else: what is there is what the page offers.
const content = await readdir(`${target}/content`);
const spoken = content.map((name) => /^ui\.(.+)\.json$/.exec(name)?.[1]).filter(Boolean);
const others = spoken.filter((lang) => lang !== 'en');
settings.define.SPOKEN = JSON.stringify(others);
await build({ ...settings, entryPoints: [`${element}define.js`], format: 'esm', define: { ...settings.define, IN_PAGE: 'false' }, outfile: `${out}element.js` });
await build({
  ...settings,
  stdin: inline,
  // Its names stay its own. Not esbuild's own wrapping, which brings a loader of modules along.
  format: 'esm',
  banner: { js: '(()=>{' },
  footer: { js: '})()' },
  define: { ...settings.define, IN_PAGE: 'true', 'import.meta.url': 'document.baseURI' },
  outfile: `${out}page.js`,
});
await writeFile(`${out}look.css`, await own('static/led-doctor.css'));

const { outputFiles } = await build({ ...settings, entryPoints: [`${element}screen.js`], format: 'esm', write: false });
const { first: screen } = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
await writeFile(`${out}first.html`, `<template shadowrootmode="open"><style>${first}</style>${html(screen)}</template>`);

// English is named in the script; the places of the others are in a separate file, which only their readers fetch.
const named = (name) => [`./content/${name}`, `pin-of:${name}`];
const files = (lang) => {
  // Where no pack is translated yet, the packs are in the language without its region, and else in English.
  const parts = lang.split('-');
  const tags = parts.map((_, nth) => parts.slice(0, parts.length - nth).join('-'));
  const packs = tags.map((tag) => `packs.${tag}.json`).find((name) => content.includes(name)) ?? 'packs.json';
  return { words: named(`ui.${lang}.json`), packs: named(packs), later: named(`later.${lang}.json`) };
};
const names = {};
for (const lang of spoken) names[lang] = JSON.parse(await readFile(`${target}/content/ui.${lang}.json`, 'utf8'));
const translated = Object.fromEntries(others.map((lang) => [lang, files(lang)]));
await writeFile(`${out}translated.json`, JSON.stringify(translated));
await writeFile(
  `${out}languages.js`,
  `export const ENGLISH = ${JSON.stringify(files('en'))};
export const SPOKEN = ${JSON.stringify(Object.fromEntries(spoken.map((lang) => [lang, names[lang].name])))};
export const CHOOSE = ${JSON.stringify(Object.fromEntries(spoken.map((lang) => [lang, names[lang]['language.choose']])))};
export const RIGHT_TO_LEFT = ${JSON.stringify(spoken.filter((lang) => names[lang]['app.direction'] === 'rtl'))};
export const TRANSLATED = ['./translated.json', 'pin-of:translated.json'];
`,
);
// The first screen of the app's page in each other language: direction, the pad's label, the texts of the page round it, and its own in the
// order of the document. English is for those who choose it later. A help page takes a script in its own language instead, whose first
// screen is in it from the start.
const key = (text) => Object.keys(names.en).find((key) => FIRST_WORDS.includes(key) && names.en[key] === text);
const manifest = JSON.parse(await readFile(`${root}static/manifest.webmanifest`, 'utf8'));
const texts = ([, , ...children]) => children.flatMap((child) => (typeof child === 'string' ? [child] : texts(child)));
await rm(`${out}first`, { recursive: true, force: true });
await mkdir(`${out}first`);
for (const lang of spoken) {
  const own = (text) => names[lang][key(text)] ?? text;
  const [, , ld] = screen;
  const later = JSON.parse(await readFile(`${target}/content/later.${lang}.json`, 'utf8'));
  const round = [later['page.privacy'], later['page.accessibility'], later['page.licences'], names[lang]['app.failed']];
  const first = [names[lang]['app.direction'], names[lang]['tap.pad-label'], round, ...texts(ld).map(own)];
  await writeFile(`${out}first/first.${lang}.txt`, JSON.stringify(first));
  if (lang === 'en') continue;
  // What is installed speaks it, too.
  const [tap, pick, steps] = manifest.shortcuts;
  const shortcuts = [
    { ...tap, name: later['manifest.tap'] },
    { ...pick, name: later['manifest.pick'] },
    { ...steps, name: later['manifest.steps'] },
  ];
  const screenshots = manifest.screenshots.map((shot, nth) => ({ ...shot, label: names[lang][['tap.title', 'plan.title', 'device.title'][nth]] }));
  const spoken = { ...manifest, lang, dir: first[0], description: later['manifest.description'], shortcuts, screenshots };
  await writeFile(`${out}first/manifest.${lang}.webmanifest`, JSON.stringify(spoken));
  await build({ ...settings, entryPoints: [`${element}define.js`], format: 'esm', define: { ...settings.define, ...wordsOf(names[lang]), LANG: JSON.stringify(lang), IS_RTL: String(names[lang]['app.direction'] === 'rtl'), IN_PAGE: 'false' }, outfile: `${out}first/led-doctor-${lang}.js` });
}
