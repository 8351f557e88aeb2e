// Makes elements of <div class="led-doctor" data-pack="…" data-model="…">fallback</div>, also of those that come later. Of the data only
// what the element knows is taken: a sanitiser lets any data-… pass, and an attribute of another name may be a script.
const NAMES = ['pack', 'model', 'lang', 'theme', 'loading', 'remember', 'contact-url'];
const place = () => {
  for (const div of document.querySelectorAll('div.led-doctor')) {
    import('./led-doctor.js');
    const element = document.createElement('led-doctor');
    for (const name of NAMES) {
      const value = div.getAttribute(`data-${name}`);
      if (value !== null) element.setAttribute(name, value);
    }
    element.append(...div.childNodes);
    div.replaceWith(element);
  }
};
place();
new MutationObserver(place).observe(document, { childList: true, subtree: true });
