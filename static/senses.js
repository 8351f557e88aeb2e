// The verdict for the ear, for people who switched it on: two short tones of our own, and the words where the device has a voice for
// them. Off until then.
//
// The page and this file speak by events on `window`:
//   led-doctor:sound  (to here)   the person switches it, by a press of this very moment
//   led-doctor:found  (to here)   tapping found something; `detail` says what
//   led-doctor:announce-answered  (from here) what is drawn from <html data-sound> is to be redrawn
// Its state is in <html data-sense>: "can", and <html data-sound>: "on" or "off".
const { dataset } = document.documentElement;
// Begins as all that the app remembers, so that it is forgotten with the rest.
const KEPT = `${dataset.keys}sound`;

let context;
const kept = (value) => {
  try {
    if (value) localStorage.setItem(KEPT, value);
    return localStorage.getItem(KEPT);
  } catch {
    return value;
  }
};

// Rises where something was found.
const tones = () => {
  context ??= new AudioContext();
  context.resume();
  for (const [nth, pitch] of [523, 784].entries()) {
    const at = context.currentTime + 0.02 + 0.16 * nth;
    const tone = new OscillatorNode(context, { frequency: pitch });
    const loud = new GainNode(context, { gain: 0 });
    loud.gain.setTargetAtTime(0.25, at, 0.01);
    loud.gain.setTargetAtTime(0, at + 0.1, 0.04);
    tone.connect(loud).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.4);
  }
};

// Only by a voice of the language that is on the device: another would read it out of shape, or ask a server.
const speak = (words) => {
  const lang = document.documentElement.lang || 'en';
  const all = globalThis.speechSynthesis?.getVoices() ?? [];
  // That of the region first: pt-br, then any of pt. Some systems part a tag by an underscore.
  const own = (tag) => all.find((voice) => voice.localService && (voice.lang.toLowerCase().replace('_', '-') + '-').startsWith(`${tag}-`));
  const voice = own(lang) ?? own(lang.split('-')[0]);
  if (!voice) return;
  const said = new SpeechSynthesisUtterance(words);
  said.voice = voice;
  said.lang = voice.lang;
  speechSynthesis.cancel();
  speechSynthesis.speak(said);
};

if ('AudioContext' in window) {
  dataset.sense = 'can';
  dataset.sound = kept() === 'on' ? 'on' : 'off';
  addEventListener('led-doctor:sound', () => {
    dataset.sound = dataset.sound === 'on' ? 'off' : 'on';
    kept(dataset.sound);
    // Played at once, so that people know how loud it is; and browsers allow sound only after a press.
    if (dataset.sound === 'on') tones();
    dispatchEvent(new Event('led-doctor:announce-answered'));
  });
  addEventListener('led-doctor:found', ({ detail }) => {
    if (dataset.sound !== 'on') return;
    tones();
    speak(detail);
  });
}
