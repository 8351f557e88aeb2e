// What keeps the app where it is: the browser is asked not to drop it once it has helped somebody, and where only the Home Screen keeps a page
// (Safari drops one that was not used for a week), the page says so.
const element = document.querySelector('led-doctor');
const { dataset } = document.documentElement;

// An iPad calls itself a Macintosh.
const isApple = /iP(hone|ad|od)/.test(navigator.userAgent) || (/Macintosh/.test(navigator.userAgent) && navigator.maxTouchPoints > 1);
element.addEventListener('led-doctor:resolved', async () => {
  await navigator.storage?.persist?.().catch(() => false);
  if (isApple && !navigator.standalone) dataset.install = 'hint';
  dispatchEvent(new Event('led-doctor:announce-answered'));
});

// A wait that is over shows on the app's icon until the app is looked at.
addEventListener('led-doctor:time-up', () => {
  if (document.hidden) navigator.setAppBadge?.().catch(() => {});
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) navigator.clearAppBadge?.().catch(() => {});
});
