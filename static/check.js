// The checker of packs that people bring, fetched when somebody brings one.
import init, { check } from './led-doctor-check.js';

let ready;

/** `{ problems, pack }` of a pack written as JSON: all that is wrong with it, or the pack as the program reads it. */
export const checked = async (json) => {
  ready ??= fetch(new URL('./led-doctor-check_bg.wasm', import.meta.url), { integrity: 'pin-of:led-doctor-check_bg.wasm' }).then(
    (response) => init({ module_or_path: response }),
  );
  ready.catch(() => (ready = undefined));
  await ready;
  return check(json);
};
