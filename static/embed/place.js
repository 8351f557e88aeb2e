// Makes elements of <div class="led-doctor" data-pack="…" data-model="…">fallback</div>, also of those that come later. Of the data only
// what the element knows is taken: a sanitiser lets any data-… pass, and an attribute of another name may be a script.
const NAMES = ['pack', 'model', 'lang', 'theme', 'loading', 'remember', 'contact-url'];
// The script in the reader's language, else in the one without its region, else in English.
const load = (lang) => import(`./led-doctor${lang && `-${lang}`}.js`).catch(() => lang && load(lang.replace(/-?[^-]*$/, '')));
const place = () => {
  for (const div of document.querySelectorAll('div.led-doctor')) {
    const element = document.createElement('led-doctor');
    for (const name of NAMES) {
      const value = div.getAttribute(`data-${name}`);
      if (value !== null) element.setAttribute(name, value);
    }
    element.append(...div.childNodes);
    div.replaceWith(element);
    const { lang } = element.closest('[lang]') ?? element;
    load(/^(?!en\b)[a-z-]+$/i.test(lang) ? lang.toLowerCase() : '');
  }
};
place();
new MutationObserver(place).observe(document, { childList: true, subtree: true });
