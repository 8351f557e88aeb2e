// Goes through a film picture by picture: played where the browser announces its pictures, and stepped through where it does not.

// A film of which no picture is announced for this long, in ms, is stepped through.
const SILENT = 1000;
/** From step to step, in seconds. */
export const STEP = 1 / 60;
// A film is played more slowly when more than this share of its pictures was missed, or two in a row; not while it begins to play,
// for this many pictures.
const MISSED = 0.1;
const BEGINS = 10;
// A step that takes longer, in ms, does not come: what was read until then is all there is.
const STUCK = 5000;
// A film that ended later than this after the last picture that was seen, in seconds, was played on unseen: in a hidden tab, perhaps.
const UNSEEN = 0.5;

/**
 * Reads a film. `goes(seconds, isStep)` takes the picture that is shown, and returns whether it wants more. Resolves to whether the film could
 * be read, or to nothing once it is not `wanted` any more.
 */
export const playThrough = (video, goes, wanted) => new Promise((resolve) => {
  let isOver = false;
  let isStepped = false;
  let before = -1;
  let presented = 0;
  let seen = 0;
  let missed = 0;
  let silent;
  // A browser may pause what is not visible, and leave it so.
  const resume = () => !document.hidden && video.paused && !isStepped && video.play().catch(() => {});
  const end = (is) => {
    if (isOver) return;
    isOver = true;
    clearTimeout(silent);
    document.removeEventListener('visibilitychange', resume);
    Object.assign(video, { onended: null, onerror: null, onseeked: null });
    resolve(wanted() ? is : undefined);
  };
  const step = async (from) => {
    if (isStepped || isOver) return;
    isStepped = true;
    video.pause();
    for (let at = from; !(at >= video.duration); at += STEP) {
      const is = await new Promise((there) => {
        setTimeout(there, STUCK, false);
        video.onseeked = () => there(true);
        video.currentTime = at;
      });
      // A film whose length is not known ends where it cannot be taken further.
      if (!is || isOver || !wanted() || video.currentTime < at - STEP || !goes(at, true)) break;
    }
    end(true);
  };
  const next = (_, { mediaTime, presentedFrames }) => {
    if (isOver || isStepped) return;
    clearTimeout(silent);
    if (!wanted()) return end(true);
    // What was on its way before a jump back belongs to no place.
    if (!video.seeking) {
      const unseen = presentedFrames - presented - 1;
      presented = presentedFrames;
      seen += 1;
      if (seen > BEGINS) missed += unseen;
      const isTooFast = unseen > 1 || (video.playbackRate === 1 && missed > MISSED * seen);
      if (seen > BEGINS && isTooFast && video.playbackRate > 0.25) {
        // Pictures went by unseen: back to where they were, and more slowly. Now and then a single one is bridged by the reader.
        video.playbackRate /= 2;
        [seen, missed] = [0, 0];
        video.currentTime = before;
      } else if (mediaTime > before) {
        before = mediaTime;
        if (!goes(mediaTime, false)) return end(true);
      }
    }
    video.requestVideoFrameCallback(next);
  };
  video.onerror = () => end(false);
  if (!video.requestVideoFrameCallback) return void step(0);
  document.addEventListener('visibilitychange', resume);
  silent = setTimeout(() => step(0), SILENT);
  video.requestVideoFrameCallback(next);
  video.onended = () => {
    if (before < 0) step(0);
    else if (video.duration - before > UNSEEN) step(before);
    else end(true);
  };
  video.playbackRate = 1;
  video.currentTime = 0;
  // What cannot be played may still be stepped through; what is broken reports an error.
  video.play().catch(() => step(0));
});
