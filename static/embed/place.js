// Makes elements of <div class="led-doctor" data-pack="…" data-model="…">fallback</div>, also of those that come later.
const place = () => {
  for (const div of document.querySelectorAll('div.led-doctor')) {
    import('./led-doctor.js');
    const element = document.createElement('led-doctor');
    for (const { name, value } of div.attributes) if (/^data-/.test(name)) element.setAttribute(name.slice(5), value);
    element.append(...div.childNodes);
    div.replaceWith(element);
  }
};
place();
new MutationObserver(place).observe(document, { childList: true, subtree: true });
