// The page's own script: writes down what it hears, and gives the frame the height it asks for.
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
