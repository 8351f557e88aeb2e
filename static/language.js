// The choice of a language, in the foot of the app's page. What is chosen is remembered, and the element goes on in it.
import { CHOOSE, RIGHT_TO_LEFT, SPOKEN, TRANSLATED } from './languages.js';

const KEPT = 'led-doctor:lang';
const place = document.querySelector('#language');
const element = document.querySelector('led-doctor');
const select = place.querySelector('select');

// A tag as browsers ask for it, then what it is a kind of: pt-br, pt.
const known = (asked) => {
  for (let tag of asked) for (tag = tag.toLowerCase(); tag; tag = tag.replace(/-?[^-]*$/, '')) if (Object.hasOwn(SPOKEN, tag)) return tag;
  return 'en';
};

for (const lang of Object.keys(SPOKEN)) {
  const option = new Option(SPOKEN[lang], lang);
  option.lang = lang;
  select.append(option);
}
const spoken = () => element.lang || known(navigator.languages);
select.value = spoken();
const names = () => {
  document.documentElement.lang = place.lang = spoken();
  place.querySelector('span').textContent = CHOOSE[spoken()];
};
names();
select.addEventListener('change', () => {
  element.lang = select.value;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(select.value) ? 'rtl' : 'ltr';
  names();
  try { localStorage.setItem(KEPT, select.value); } catch { /* then it is for this visit alone */ }
});
place.hidden = Object.keys(SPOKEN).length < 2;

// The worker keeps English by itself; of another language it keeps what is asked for, so all of it is asked for.
const keep = async () => {
  const lang = spoken();
  if (lang === 'en') return;
  // What is fetched before the worker has taken over is not kept.
  if (!navigator.serviceWorker.controller) await new Promise((resolve) => { navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }); });
  const [name, integrity] = TRANSLATED;
  const { words, packs, later } = (await (await fetch(new URL(name, import.meta.url), { integrity })).json())[lang];
  const get = async ([name, integrity]) => (await fetch(new URL(name, import.meta.url), { integrity })).json();
  const [{ packs: shelves }] = await Promise.all([get(packs), get(words), get(later)]);
  await Promise.all(shelves.map(({ file, pin }) => get([`./content/${file}`, pin])));
  document.documentElement.dataset.kept = lang;
};
const kept = () => keep().catch((reason) => console.info('Not all of this language is kept offline:', reason));
addEventListener('led-doctor:offline-ready', () => {
  kept();
  select.addEventListener('change', kept);
}, { once: true });
