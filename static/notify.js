// A notification of the browser when a wait is over, for people who asked for it.
//
// The page and this file speak by events on `window`:
//   led-doctor:announce           (to here)   the person asks for it, by a press of this very moment
//   led-doctor:time-up            (to here)   a wait with a notification is over; `detail` is its text
//   led-doctor:announce-answered  (from here) the person allowed it or did not, or would not say
// Its state is in <html data-announce>: "can" (be asked for), "granted" or "refused".
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

const stands = (permission) => {
  dataset.announce = { granted: 'granted', denied: 'refused' }[permission] ?? 'can';
};

if ('Notification' in window) {
  stands(Notification.permission);
  addEventListener('led-doctor:announce', async () => {
    stands(await Notification.requestPermission());
    dispatchEvent(new Event('led-doctor:announce-answered'));
  });
  addEventListener('led-doctor:time-up', ({ detail }) => {
    if (Notification.permission === 'granted') show(detail).catch((reason) => console.info('No notification:', reason));
  });
}
