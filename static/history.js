// The browser's own way back (a gesture on phones) leads back in the app, and not out of it while there is somewhere to go back to.
//
// One entry of the history means "there is a way back": it is made when one comes, and making it again is all that a step back needs.
const element = document.querySelector('led-doctor');
const back = () => element.shadowRoot.querySelector('.app [data-testid=back]');
const isGuard = () => history.state?.ledDoctor === 'back';

const guard = () => {
  if (back() && !isGuard()) history.pushState({ ledDoctor: 'back' }, '');
};
new MutationObserver(guard).observe(element.shadowRoot, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-stage'] });
guard();
// A link to a case or a code that is opened where the app is open already: it is read from the beginning.
addEventListener('hashchange', () => location.hash && location.reload());
addEventListener('popstate', () => {
  if (location.hash) return;
  // A window over the page goes first.
  const open = document.querySelector('dialog[open]');
  if (open) open.close();
  else back()?.click();
  guard();
});
