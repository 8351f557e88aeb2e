// The choice of a language, in the foot of the app's page. What is chosen is remembered, and the element continues in it. The page's own
// script has put the language of the visit on the element (static/element/page.js).
import { json } from './files.js';
import { CHOOSE, RIGHT_TO_LEFT, SPOKEN, TRANSLATED } from './languages.js';

const KEPT = `${document.documentElement.dataset.keys}lang`;
const place = document.querySelector('#language');
const element = document.querySelector('led-doctor');
const select = place.querySelector('select');

for (const lang of Object.keys(SPOKEN)) {
  const option = new Option(SPOKEN[lang], lang);
  option.lang = lang;
  select.append(option);
}
select.value = element.lang;
const names = () => {
  document.documentElement.lang = place.lang = element.lang;
  place.querySelector('span').textContent = CHOOSE[element.lang];
};
// The page's own words round the element: as its own script puts them at the start (static/element/page.js).
const round = async () => {
  const { lang } = element;
  const [, , round] = await json(`./first.${lang}.txt`);
  // Somebody may have chosen another one since.
  if (lang !== element.lang) return;
  for (const one of document.querySelectorAll('[data-word]')) Object.assign(one, { lang, textContent: round[one.dataset.word] });
};
names();
select.addEventListener('change', () => {
  element.lang = select.value;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(select.value) ? 'rtl' : 'ltr';
  names();
  round().catch((reason) => console.info('The foot stays in the language before:', reason));
  try { localStorage.setItem(KEPT, select.value); } catch { /* then it is for this visit alone */ }
});
place.hidden = Object.keys(SPOKEN).length < 2;

// The worker always keeps English; of another language it keeps what is asked for, so all of it is asked for.
const keep = async () => {
  const { lang } = element;
  if (lang === 'en') return;
  // What is fetched before the worker has taken over is not kept.
  if (!navigator.serviceWorker.controller) await new Promise((resolve) => { navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }); });
  const { words, packs, later } = (await json(...TRANSLATED))[lang];
  const [{ packs: shelves }] = await Promise.all([packs, words, later].map((file) => json(...file)));
  await Promise.all(shelves.map(({ file, pin }) => json(`./content/${file}`, pin)));
  document.documentElement.dataset.kept = lang;
};
const kept = () => keep().catch((reason) => console.info('Not all of this language is kept offline:', reason));
addEventListener('led-doctor:offline-ready', () => {
  kept();
  select.addEventListener('change', kept);
}, { once: true });
