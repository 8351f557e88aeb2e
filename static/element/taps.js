// The pad before the program is there: every tap is kept with the browser's own time stamp, as src/ui/tap.rs would take it.

export const PRESS = 0;
export const LIFT = 1;
export const CLICK = 2;

// The most presses that are kept: no attempt has more.
const MOST = 256;

// A click this long after a press or its release is a separate press, not the echo of one; in ms.
const ECHO = 700;

export class EarlyTaps {
  // [what, when], oldest first.
  all = [];
  down = false;
  // Called when the pad is free again.
  lifted = () => {};
  #pressed = -ECHO;
  #count;

  constructor(pad, count) {
    this.#count = count;
    const note = (what, { timeStamp }) => {
      const at = timeStamp > 0 ? timeStamp : performance.now();
      if (what === CLICK && at - this.#pressed <= ECHO) return;
      if (what === LIFT && !this.down) return;
      if (what !== CLICK) this.#pressed = at;
      this.down = what === PRESS;
      pad.classList.toggle('is-down', this.down);
      if (this.all.length < 2 * MOST) this.all.push([what, at]);
      count.textContent = this.all.filter(([what]) => what !== LIFT).length;
      if (!this.down) this.lifted();
    };
    const key = (what) => (event) => {
      if (!/^( |Enter)$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      if (!event.repeat) note(what, event);
    };
    const lift = (event) => note(LIFT, event);
    const hears = {
      pointerdown: (event) => {
        if (!event.isPrimary || event.button) return;
        // Without it a finger that slides off the pad would hold for ever. Not every pointer is one.
        try { pad.setPointerCapture(event.pointerId); } catch { /* then it cannot slide off either */ }
        note(PRESS, event);
      },
      pointerup: lift,
      pointercancel: lift,
      blur: lift,
      keydown: key(PRESS),
      keyup: key(LIFT),
      click: (event) => note(CLICK, event),
      contextmenu: (event) => event.preventDefault(),
    };
    for (const kind of Object.keys(hears)) pad.addEventListener(kind, hears[kind]);
  }

  // All of them; the caller keeps them.
  take() {
    this.#count.textContent = '0';
    return this.all.splice(0);
  }
}
