// Word beyond the page that a wait is over, for whoever asked for it.
//
// The page and this file speak by events on `window`:
//   led-doctor:announce           (to here)   the person asks for it, by a press of this very moment
//   led-doctor:time-up            (to here)   a wait of which they want word is over; `detail` says so in words
//   led-doctor:announce-refused   (from here) the browser or the person does not allow it after all
// What can be done stands in <html data-announce="can"> or "refused".
const { dataset } = document.documentElement;

const show = async (words) => {
  try {
    new Notification(words);
  } catch {
    // Phones let only a service worker do it.
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.showNotification(words);
  }
};

if ('Notification' in window && Notification.permission !== 'denied') {
  dataset.announce = 'can';
  addEventListener('led-doctor:announce', async () => {
    if ((await Notification.requestPermission()) === 'granted') return;
    dataset.announce = 'refused';
    dispatchEvent(new Event('led-doctor:announce-refused'));
  });
  addEventListener('led-doctor:time-up', ({ detail }) => {
    if (Notification.permission === 'granted') show(detail).catch((reason) => console.info('No notification:', reason));
  });
}
