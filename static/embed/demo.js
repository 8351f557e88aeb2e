// The page's own script: plays the lamp, writes down what it hears, and gives the frame the height it asks for.
const log = document.querySelector('#log');
const write = (who, { type, detail }) => {
  const line = document.createElement('li');
  const { version, ...said } = detail;
  line.textContent = `${who} ${type} ${JSON.stringify(said)}`;
  log.prepend(line);
  while (log.childElementCount > 60) log.lastChild.remove();
};
for (const name of ['ready', 'tap', 'verdict', 'step', 'resolved', 'unresolved', 'error']) {
  document.addEventListener(`led-doctor:${name}`, (event) => write(`#${event.target.id}`, event));
}

const frame = document.querySelector('iframe');
const from = new URL('../embed.html', location.href);
from.search = new URLSearchParams({ pack: 'blink', model: 'mini', origin: location.origin });
frame.src = from.href;
addEventListener('message', (event) => {
  // A frame that is kept in its sandbox has no origin; one of another origin is checked by that.
  if (event.source !== frame.contentWindow || event.origin !== 'null') return;
  const { type, height } = event.data ?? {};
  // Never higher than a screen full of sense: the number comes from somebody else.
  if (type === 'led-doctor:resize' && height > 0) frame.style.height = `${Math.min(height, 6000)}px`;
  else if (typeof type === 'string' && event.data.detail) write('frame', event.data);
});

// The lamp plays a signal of the first element's device, to be tapped along with. What comes above three flashes in a second is not among them.
const { pack, model } = Object.fromEntries([...document.querySelector('#first').attributes].map(({ name, value }) => [name, value]));
const codes = (await (await fetch(`lamp.${pack}.json`)).json())[model];
const [select, play, looks] = ['#code', '#play', '#looks'].map((name) => document.querySelector(name));
const leds = document.querySelectorAll('.led');
for (const [nth, { name }] of codes.entries()) select.add(new Option(name, nth));
select.value = Math.max(0, codes.findIndex(({ id }) => id === 'offline'));

const PAUSE = 4000;
let began = 0;
const light = (now) => {
  if (!began) return;
  const { lanes, repeats } = codes[select.value];
  const end = Math.max(...lanes.flatMap(({ lit }) => lit));
  // What a device shows once is shown once.
  if (!repeats && now - began > end + PAUSE) return void set(false);
  const at = (now - began) % (end + PAUSE);
  for (const [nth, led] of leds.entries()) {
    const { colour, lit = [] } = lanes[nth] ?? {};
    const on = lit.some((from, place) => place % 2 === 0 && at >= from && at < lit[place + 1]);
    led.setAttribute('class', `led ${on ? `is-${colour}` : ''}`);
    led.style.visibility = nth && !lanes[nth] ? 'hidden' : '';
  }
  requestAnimationFrame(light);
};
const set = (on) => {
  began = on ? performance.now() : 0;
  play.setAttribute('aria-pressed', on);
  play.textContent = on ? 'Stop' : 'Play';
  for (const led of leds) led.setAttribute('class', 'led');
  if (on) requestAnimationFrame(light);
};
const say = () => { looks.textContent = codes[select.value].looks; };
play.addEventListener('click', () => set(!began));
select.addEventListener('change', () => { say(); if (began) set(true); });
say();
leds[1].style.visibility = 'hidden';
