// Films of a made light: a dim, noisy scene with a dot that is lit at known times.
import { open } from 'node:fs/promises';

export const SIZE = { width: 320, height: 240 };
export const DOT = { x: 200, y: 90, radius: 5 };

// A film as a browser records it, as bytes: made in the page itself, in real time. `lit`: [from, to] in ms.
export const record = async (page, { lit, ms, type = 'video/webm;codecs=vp8' }) => {
  const base64 = await page.evaluate(async ({ lit, ms, type, SIZE, DOT }) => {
    const canvas = Object.assign(document.createElement('canvas'), SIZE);
    const context = canvas.getContext('2d');
    const draw = (at) => {
      context.fillStyle = '#2b2f33';
      context.fillRect(0, 0, SIZE.width, SIZE.height);
      // Something to hold on to, and something that is always bright.
      for (let nth = 0; nth < 24; nth += 1) {
        context.fillStyle = ['#515a62', '#3a4046', '#6b7680'][nth % 3];
        context.fillRect((nth * 53) % SIZE.width, (nth * 37) % SIZE.height, 22, 14);
      }
      context.fillStyle = '#d8d8d0';
      context.fillRect(40, 180, 30, 12);
      context.fillStyle = lit.some(([from, to]) => at >= from && at < to) ? '#ff3b30' : '#4a2320';
      context.beginPath();
      context.arc(DOT.x, DOT.y, DOT.radius, 0, 7);
      context.fill();
    };
    draw(0);
    const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: type, videoBitsPerSecond: 4e6 });
    const parts = [];
    recorder.ondataavailable = ({ data }) => parts.push(data);
    const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.start();
    const began = performance.now();
    await new Promise((resolve) => {
      const next = () => {
        const at = performance.now() - began;
        draw(at);
        if (at < ms) requestAnimationFrame(next);
        else resolve();
      };
      requestAnimationFrame(next);
    });
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  }, { lit, ms, type, SIZE, DOT });
  return Buffer.from(base64, 'base64');
};

// The same as YUV4MPEG2, for a camera that plays a file. The browser plays it again from its beginning.
export const writeCamera = async (path, { lit, ms, fps = 30 }) => {
  const { width, height } = SIZE;
  const file = await open(path, 'w');
  await file.write(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`);
  const scene = Buffer.alloc((width * height * 3) / 2, 128);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) scene[y * width + x] = 44 + ((x * 7 + (y >> 3) * 29) % 24) + (x >> 4) % 3 * 14;
  const [dark, bright] = [60, 200].map((luma) => {
    const picture = Buffer.from(scene);
    for (let y = DOT.y - DOT.radius; y <= DOT.y + DOT.radius; y += 1) {
      for (let x = DOT.x - DOT.radius; x <= DOT.x + DOT.radius; x += 1) {
        if ((x - DOT.x) ** 2 + (y - DOT.y) ** 2 <= DOT.radius ** 2) picture[y * width + x] = luma;
      }
    }
    return picture;
  });
  for (let frame = 0; frame < (ms * fps) / 1000; frame += 1) {
    const at = (frame * 1000) / fps;
    await file.write('FRAME\n');
    await file.write(lit.some(([from, to]) => at >= from && at < to) ? bright : dark);
  }
  await file.close();
};
