// Taps as a hand makes them: real input events at real times.
import { performance } from 'node:perf_hooks';

// Node's timers are late by a millisecond or two; the last stretch is waited out awake.
const AWAKE = 5;

const until = async (time) => {
  const rest = time - performance.now();
  if (rest > AWAKE) await new Promise((resolve) => setTimeout(resolve, rest - AWAKE));
  while (performance.now() < time);
};

// Presses and lifts at `times`, which are as below; `down` and `up` get the pad, and the moment in seconds since 1970. Resolves after
// the last one.
export const play = async (times, { down, up, hold = 60 }) => {
  const begun = performance.now();
  const stamp = (time) => (performance.timeOrigin + begun + time) / 1000;
  const sent = [];
  for (const time of times) {
    const [from, to, pad = 0] = Array.isArray(time) ? time : [time, time + hold];
    await until(begun + from);
    // Not awaited: the page's answer to one event must not delay the next.
    sent.push(down(pad, stamp(from)));
    await until(begun + to);
    sent.push(up(pad, stamp(to)));
  }
  await Promise.all(sent);
};

// Taps the middle of `locator` at `times` (milliseconds from now; a pair is a press that is held from one to the other; a
// third part is the place of the pad, where `locator` is several). `touch` sends fingers in place of a mouse. Resolves after
// the last one.
export const tapAt = async (page, locator, times, { touch = false, hold } = {}) => {
  const pads = await locator.all();
  if (pads.length === 0) throw new Error('there is nothing to tap on: the element is not drawn');
  await pads[0].scrollIntoViewIfNeeded();
  const middles = [];
  for (const pad of pads) {
    const box = await pad.boundingBox();
    if (!box) throw new Error('there is nothing to tap on: the element is not drawn');
    middles.push({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  }
  const session = await page.context().newCDPSession(page);
  // Each event carries the moment at which it was due, as a touch screen stamps it: a busy machine delivers it late, and it still counts
  // for that moment.
  const mouse = (type, at, timestamp) => session.send('Input.dispatchMouseEvent', { type, ...at, button: 'left', clickCount: 1, timestamp });
  const finger = (type, touchPoints, timestamp) => session.send('Input.dispatchTouchEvent', { type, touchPoints, timestamp });
  const down = (at, when) => (touch ? finger('touchStart', [at], when) : mouse('mousePressed', at, when));
  const up = (at, when) => (touch ? finger('touchEnd', [], when) : mouse('mouseReleased', at, when));

  await play(times, { down: (pad, when) => down(middles[pad], when), up: (pad, when) => up(middles[pad], when), hold });
  await session.detach();
};
