// Films the light, or reads a film of it: pictures go one by one through a separate program, and what they show goes to the app as an
// attempt. Nothing is recorded, stored or sent. The program and this file are fetched when somebody wants them, and kept offline like the rest.
import init, { Reader } from './led-doctor-film.js';
import { playThrough, STEP } from './playing.js';
import { ask, buttons, el, words } from './window.js';

// Pictures are read at about this width; a film is looked at a little closer first.
const LIVE = 320;
const FILE = 640;
// The camera's own settings come to rest first, in ms.
const SETTLES = 1500;
// A light that was pointed at is looked at closely: with so many dots each way at most.
const CLOSE = 400;
// How often a live picture is judged, in ms.
const JUDGED = 700;
// A film that was shared from another app waits here until it is opened, and no longer.
const SHARED = ['led-doctor-shared', './shared-film'];

let ready;
const program = () => {
  ready ??= fetch(new URL('./led-doctor-film_bg.wasm', import.meta.url), { integrity: 'pin-of:led-doctor-film_bg.wasm' }).then((response) => init({ module_or_path: response }));
  ready.catch(() => (ready = undefined));
  return ready;
};

const stage = () => document.querySelector('led-doctor').state.stage;

// What was read, to the app: see src/ui/app/filmed.rs. `goesOn`: another reading follows.
const give = ({ flashes, until, short, long, colour }, goesOn) => {
  const lit = [];
  for (let at = 0; at < flashes.length; at += 2) lit.push(Math.round(flashes[at]) + (flashes[at + 1] >= 0 ? `+${Math.round(flashes[at + 1])}` : ''));
  dispatchEvent(new CustomEvent('led-doctor:filmed', { detail: `${[lit.join(' '), ...[until, short, long].map(Math.round), colour].join(';')}${goesOn ? '.' : ''}` }));
};

// A picture of the video on a canvas, and its bytes.
const eye = (video, width) => {
  const canvas = el('canvas', '');
  canvas.setAttribute('role', 'img');
  canvas.width = Math.min(width, video.videoWidth);
  canvas.height = Math.max(1, Math.round((canvas.width * video.videoHeight) / video.videoWidth));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const look = () => context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return { canvas, look, bytes: () => context.getImageData(0, 0, canvas.width, canvas.height).data };
};
// Shows a reader the light itself, with all the dots that the video has, where somebody pointed: it may be smaller than a pixel of the canvas.
const closer = (video, canvas) => {
  const close = el('canvas', '');
  const context = close.getContext('2d', { willReadFrequently: true });
  return (reader) => {
    const [left, top, size] = reader.window();
    // A phone that is turned turns its video.
    const [across, down] = [video.videoWidth / canvas.width, video.videoHeight / canvas.height];
    const side = Math.min(CLOSE, Math.round(size * across));
    if (!(side > 0)) return;
    // Empties it, too: the part may reach beyond the picture.
    close.width = close.height = side;
    context.drawImage(video, left * across, top * down, size * across, size * down, 0, 0, side, side);
    reader.look(context.getImageData(0, 0, side, side).data, side);
  };
};
// Whether two pictures are equal to the bit.
const isSame = (one, other) => {
  const [a, b] = [one, other].map((bytes) => bytes && new Uint32Array(bytes.buffer));
  return a.every((dot, nth) => dot === b[nth]);
};

// Where on the canvas somebody pointed.
const pointed = (canvas, { clientX, clientY }) => {
  const box = canvas.getBoundingClientRect();
  return [((clientX - box.left) * canvas.width) / box.width, ((clientY - box.top) * canvas.height) / box.height];
};

// A numbered ring round a place, seen on any ground.
const ring = (canvas, x, y, number) => {
  const context = canvas.getContext('2d');
  const size = canvas.width / 20;
  for (const [colour, width] of [['#000', 5], ['#fff', 2]]) {
    Object.assign(context, { strokeStyle: colour, fillStyle: colour, lineWidth: (width * canvas.width) / FILE, font: `bold ${size}px sans-serif` });
    context.beginPath();
    context.arc(x, y, size, 0, 7);
    context.stroke();
    // Beside the ring, and inside of the picture.
    const place = [x > canvas.width - 3 * size ? x - 1.6 * size : x + size, y < 3 * size ? y + 1.8 * size : y - size];
    if (width > 2) context.strokeText(number, ...place);
    else context.fillText(number, ...place);
  }
};

// Sounds while the light is on, for people who cannot see it; before it is found, short tones that rise as the camera comes near it.
const tone = () => {
  const context = new AudioContext();
  const loud = new GainNode(context, { gain: 0 });
  const sound = new OscillatorNode(context, { frequency: 660 });
  sound.connect(loud).connect(context.destination);
  sound.start();
  const guide = (nearness) => {
    sound.frequency.value = 220 * 4 ** nearness;
    loud.gain.setTargetAtTime(0.1, context.currentTime, 0.005);
    loud.gain.setTargetAtTime(0, context.currentTime + 0.08, 0.02);
  };
  const set = (on) => {
    sound.frequency.value = 660;
    loud.gain.setTargetAtTime(on ? 0.2 : 0, context.currentTime, 0.005);
  };
  return { guide, set, end: () => context.close() };
};

// How bright the picture is round a place: the brightest channel of some dots.
const brightness = (bytes, { width }, x, y) => {
  let sum = 0;
  let count = 0;
  for (let row = Math.round(y) - 2; row <= y + 2; row += 1) {
    for (let column = Math.round(x) - 2; column <= x + 2; column += 1) {
      const at = 4 * (row * width + column);
      if (!(bytes[at] >= 0)) continue;
      sum += Math.max(bytes[at], bytes[at + 1], bytes[at + 2]);
      count += 1;
    }
  }
  return count ? sum / count : 0;
};

// Why a camera cannot be had, in words.
const refused = (t, name) => {
  if (/NotAllowed|Security/.test(name)) return t('not-allowed');
  return /NotFound|Overconstrained/.test(name) ? t('no-camera') : t('busy');
};

/** Opens the window. */
export const open = async () => {
  const t = await words('film');
  const body = el('div', '', { className: 'film' });
  const said = el('p', '', { role: 'status' });
  const dialog = ask(t('title'), body, said);
  // What has to end when the window closes or another part of it begins.
  let ends = [];
  const end = () => ends.splice(0).forEach((one) => one());
  const close = () => dialog.close();
  dialog.addEventListener('close', end);
  // A chooser of files hides the page as well; only a camera is switched off by it.
  let live = false;
  const hidden = () => document.hidden && live && close();
  document.addEventListener('visibilitychange', hidden);
  addEventListener('pagehide', close);
  dialog.addEventListener('close', () => {
    document.removeEventListener('visibilitychange', hidden);
    removeEventListener('pagehide', close);
  });
  const show = (...parts) => body.replaceChildren(...parts);
  const say = (words) => { if (said.textContent !== words) said.textContent = words; };

  // The whole of what was read is the attempt; the app continues from it.
  const finish = (reader, reading = reader.read()) => {
    end();
    if (reading.refused) return begin(t(reading.refused));
    give(reading, false);
    close();
  };

  const fromFile = async (file) => {
    end();
    const video = el('video', '', { muted: true, playsInline: true, preload: 'auto' });
    const address = URL.createObjectURL(file);
    ends.push(() => { video.pause(); video.removeAttribute('src'); URL.revokeObjectURL(address); });
    video.src = address;
    const loaded = await new Promise((resolve) => {
      video.onloadeddata = () => resolve(video.videoWidth > 0);
      video.onerror = () => resolve(false);
    });
    if (!dialog.open) return end();
    const is = loaded && (await program().then(() => true, () => false));
    if (!dialog.open) return end();
    if (!is) return begin(t('broken'));
    const { canvas, look, bytes } = eye(video, FILE);
    const lookClosely = closer(video, canvas);
    look();
    canvas.className = 'point';
    canvas.setAttribute('aria-label', t('point'));
    let reader;
    ends.push(() => reader?.free());
    // Counts the passes: what belongs to an earlier one ends.
    let pass = 0;
    const start = (x, y) => {
      const own = (pass += 1);
      reader?.free();
      reader = new Reader(canvas.width, canvas.height, x, y);
      canvas.className = '';
      const progress = el('progress', '', { max: 1, value: 0 });
      progress.setAttribute('aria-label', t('title'));
      show(canvas, progress, buttons([t('stop'), 'film-stop', () => { pass += 1; video.pause(); judge(); }]));
      say(t('reading').replace('{percent}', 0));
      let last;
      let read = -Infinity;
      const goes = (time, isStep) => {
        look();
        if (video.duration > 0) progress.value = Math.min(1, time / video.duration);
        const picture = bytes();
        // Steps are finer than pictures: one that shows the same as before is none, but a light that stays as it is must be seen to stay.
        if (isStep && time - read < 1.5 * STEP && isSame(picture, last)) return true;
        [last, read] = [picture, time];
        const more = reader.push(picture, (time * 1000) / slow.value);
        lookClosely(reader);
        return more;
      };
      playThrough(video, goes, () => dialog.open && video.src && pass === own).then((is) => {
        if (is) judge();
        else if (is === false) begin(t('broken'));
      });
    };
    const judge = () => {
      const reading = reader.read();
      const { x, y, others = [] } = reading;
      if (others.length) which([x, y, ...others]);
      else finish(reader, reading);
    };
    // Several lights were seen, and none was pointed at: each gets a ring in the first picture, and a button.
    const which = (places) => {
      const all = Array.from({ length: places.length / 2 }, (_, nth) => places.slice(2 * nth, 2 * nth + 2));
      reader.free();
      reader = undefined;
      video.onseeked = () => {
        look();
        all.forEach(([x, y], nth) => ring(canvas, x, y, nth + 1));
      };
      video.currentTime = 0;
      canvas.className = 'point';
      say(t('which'));
      show(canvas, buttons(...all.map((place, nth) => [nth + 1, `film-light-${nth + 1}`, () => start(...place)]), [t('close'), 'film-close', close]));
    };
    // A film whose time was stretched looks like any other: only the person who filmed it knows.
    const slow = el('select', '');
    slow.dataset.testid = 'film-slow';
    slow.append(new Option('–', 1), ...[2, 4, 8, 16].map((times) => new Option(`${times} ×`, times)));
    const stretched = el('label', `${t('slow')} `);
    stretched.append(slow);
    canvas.onclick = (event) => canvas.className && start(...pointed(canvas, event));
    say('');
    show(el('p', t('point')), canvas, stretched, buttons([t('find'), 'film-find', () => start(NaN, NaN)], [t('close'), 'film-close', close]));
  };

  const fromCamera = async () => {
    end();
    let stream;
    try {
      await program();
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } } });
    } catch (error) {
      return begin(refused(t, error.name));
    }
    const off = () => stream.getTracks().forEach((track) => track.stop());
    if (!dialog.open) return off();
    live = true;
    ends.push(off, () => { live = false; });
    const video = el('video', '', { muted: true, playsInline: true, srcObject: stream });
    await video.play().catch(() => {});
    const { canvas, look, bytes } = eye(video, LIVE);
    const lookClosely = closer(video, canvas);
    canvas.className = 'point';
    canvas.setAttribute('aria-label', t('point'));
    const [track] = stream.getVideoTracks();
    // All of these are wishes: few cameras grant them, and the reader lives without.
    const settled = setTimeout(() => {
      const can = track.getCapabilities?.() ?? {};
      const locks = ['exposureMode', 'focusMode', 'whiteBalanceMode'].filter((mode) => can[mode]?.includes('manual'));
      if (locks.length) track.applyConstraints({ advanced: locks.map((mode) => ({ [mode]: 'manual' })) }).catch(() => {});
    }, SETTLES);
    ends.push(() => clearTimeout(settled));

    let reader;
    let place = [NaN, NaN];
    const anew = () => {
      reader?.free();
      reader = new Reader(canvas.width, canvas.height, ...place);
    };
    anew();
    ends.push(() => reader.free());
    canvas.onclick = (event) => { place = pointed(canvas, event); anew(); };
    track.onended = () => finish(reader);

    const state = el('p', '', { ariaLive: 'off' });
    let sound;
    const box = el('input', '', { type: 'checkbox' });
    box.onchange = () => {
      sound?.end();
      sound = box.checked ? tone() : undefined;
      state.ariaLive = box.checked ? 'polite' : 'off';
    };
    ends.push(() => sound?.end());
    const label = el('label', '');
    label.append(box, ` ${t('sound')}`);
    show(el('p', t('point')), canvas, state, label, buttons([t('stop'), 'film-stop', () => finish(reader)], [t('close'), 'film-close', close]));
    say(t('watching'));

    const began = performance.now();
    let judged = began;
    let at;
    let range = [255, 0];
    const next = (now, { captureTime, mediaTime }) => {
      if (!dialog.open) return;
      // The app has made up its mind.
      if (stage() !== 'tap') return close();
      look();
      const picture = bytes();
      if (!reader.push(picture, captureTime ?? mediaTime * 1000)) return finish(reader);
      lookClosely(reader);
      if (at && sound) {
        const level = brightness(picture, canvas, ...at);
        // What was dark and bright lately: forgotten within some seconds.
        range = [Math.min(range[0] + 0.3, level), Math.max(range[1] - 0.3, level)];
        const lit = range[1] - range[0] > 16 && level > (range[0] + range[1]) / 2;
        sound.set(lit);
        const word = lit ? t('on') : t('off');
        if (state.textContent !== word) state.textContent = word;
      }
      if (now - judged >= JUDGED && now - began >= SETTLES) {
        const reading = reader.read();
        // The longer it takes, the seldomer it is asked: pictures must not be missed for it.
        judged = performance.now() + 4 * (performance.now() - now);
        if (reading.refused) {
          say(reading.refused === 'too-short' ? t('watching') : t(reading.refused));
          at = undefined;
          sound?.guide(reader.nearness());
        }
        else {
          at = [reading.x, reading.y];
          say(t('read').replace('{n}', reading.flashes.length / 2));
          give(reading, true);
        }
      }
      video.requestVideoFrameCallback(next);
    };
    video.requestVideoFrameCallback(next);
  };

  const begin = (problem = '') => {
    end();
    const input = el('input', '', { type: 'file', accept: 'video/*', hidden: true });
    input.dataset.testid = 'film-input';
    input.onchange = () => input.files[0] && fromFile(input.files[0]);
    const live = navigator.mediaDevices?.getUserMedia && HTMLVideoElement.prototype.requestVideoFrameCallback ? [[t('camera'), 'film-camera', fromCamera]] : [];
    show(el('p', t('lead')), el('p', t('limits'), { className: 'small' }), input, buttons(...live, [t('file'), 'film-file', () => input.click()], [t('close'), 'film-close', close]));
    say(problem);
  };

  const film = await shared();
  if (film) await fromFile(film);
  else begin();
};

// A film that was shared with the app, taken out of where it waits.
const shared = async () => {
  const [name, path] = SHARED;
  if (!(await globalThis.caches?.has(name).catch(() => false))) return undefined;
  const response = await (await caches.open(name)).match(path);
  await caches.delete(name);
  return response?.blob();
};

/** Shows that a film was shared, until a device is chosen; with one that is open it begins. */
export const came = async () => {
  if (stage() === 'tap') return open();
  const [shared, t] = await Promise.all([words('share'), words('film')]);
  const dialog = ask(t('title'), el('p', shared('came')), buttons([t('close'), 'film-close', () => dialog.close()]));
};
