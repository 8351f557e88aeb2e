// Films of a made light: a dim, noisy scene with a dot that is lit at known times.
import { open, readFile } from 'node:fs/promises';
import { openBrowser } from './browser.mjs';

export const SIZE = { width: 320, height: 240 };
export const DOT = { x: 200, y: 90, radius: 5 };

const LIBRARY = new URL('../../../node_modules/mediabunny/dist/bundles/mediabunny.min.mjs', import.meta.url);

// A film as a WebM file of VP8, which every browser plays that has a player at all: encoded by Chromium picture by picture, so each
// is at its exact moment and nothing is waited for. `lit`: [from, to] in ms; `second`: the
// same of another light; `scale`: how many times larger the picture is, the dot's `radius` in pixels of the small one.
export const encode = async ({ lit, second = [], ms, fps = 30, scale = 1, radius = DOT.radius }) => {
  const { context, close } = await openBrowser();
  const [page] = context.pages();
  // Encoders are there on a secure page only; this one is never asked of a server.
  await context.route('http://localhost/**', async (route) => (route.request().url().endsWith('.mjs')
    ? route.fulfill({ contentType: 'text/javascript', body: await readFile(LIBRARY, 'utf8') })
    : route.fulfill({ contentType: 'text/html', body: '<!doctype html>' })));
  await page.goto('http://localhost/');
  const base64 = await page.evaluate(async ({ lit, second, ms, fps, scale, radius, SIZE, DOT }) => {
    const { BufferTarget, CanvasSource, Output, WebMOutputFormat } = await import('/mediabunny.mjs');
    const canvas = Object.assign(document.createElement('canvas'), { width: SIZE.width * scale, height: SIZE.height * scale });
    const context = canvas.getContext('2d');
    context.scale(scale, scale);
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
      for (const [flashes, x] of [[lit, DOT.x], [second, DOT.x - 90]]) {
        context.fillStyle = flashes.some(([from, to]) => at >= from && at < to) ? '#ff3b30' : '#4a2320';
        context.beginPath();
        context.arc(x, DOT.y, radius, 0, 7);
        context.fill();
      }
    };
    const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
    const source = new CanvasSource(canvas, { codec: 'vp8', bitrate: 4e6 });
    output.addVideoTrack(source, { frameRate: fps });
    await output.start();
    for (let nth = 0; (nth * 1000) / fps < ms; nth += 1) {
      draw((nth * 1000) / fps);
      await source.add(nth / fps, 1 / fps);
    }
    await output.finalize();
    let text = '';
    for (const byte of new Uint8Array(output.target.buffer)) text += String.fromCharCode(byte);
    return btoa(text);
  }, { lit, second, ms, fps, scale, radius, SIZE, DOT });
  await close();
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

// Points at the dot in the picture that a page shows.
export const point = async (page) => {
  const canvas = page.locator('dialog.window canvas');
  const box = await canvas.boundingBox();
  await canvas.click({ position: { x: (DOT.x * box.width) / SIZE.width, y: (DOT.y * box.height) / SIZE.height } });
};
