// Taps as a hand makes them: real input events at real times.
import { performance } from 'node:perf_hooks';

// Node's timers are late by a millisecond or two; the last stretch is waited out awake.
const AWAKE = 5;

const until = async (time) => {
  const rest = time - performance.now();
  if (rest > AWAKE) await new Promise((resolve) => setTimeout(resolve, rest - AWAKE));
  while (performance.now() < time);
};

// Taps the middle of `locator` at `times` (milliseconds from now; a pair is a press that is held from one to the other).
// `touch` sends fingers in place of a mouse. Resolves after the last one.
export const tapAt = async (page, locator, times, { touch = false, hold = 60 } = {}) => {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (!box) throw new Error('there is nothing to tap on: the element is not drawn');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const session = await page.context().newCDPSession(page);
  const mouse = (type) => session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  const finger = (type, touchPoints) => session.send('Input.dispatchTouchEvent', { type, touchPoints });
  const down = () => (touch ? finger('touchStart', [{ x, y }]) : mouse('mousePressed'));
  const up = () => (touch ? finger('touchEnd', []) : mouse('mouseReleased'));

  const begun = performance.now();
  const sent = [];
  for (const time of times) {
    const [from, to] = Array.isArray(time) ? time : [time, time + hold];
    await until(begun + from);
    // Not awaited: the page's answer to one event must not delay the next.
    sent.push(down());
    await until(begun + to);
    sent.push(up());
  }
  await Promise.all(sent);
  await session.detach();
};
