// The npm package as people take it: packed, unpacked, and used without a build from a plain page, from React and from Vue.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild-wasm';
import { hears } from './support/host.mjs';
import { prepare } from './support/site.mjs';
import { id, pad } from './support/walk.mjs';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

// A site of one page that holds the unpacked package at ./led-doctor/.
const siteWith = async (t, page, script) => {
  const dir = await mkdtemp(join(tmpdir(), 'led-doctor-npm-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', dir], { cwd: `${root}target/npm` });
  const [{ filename }] = JSON.parse(stdout);
  await run('tar', ['-xzf', join(dir, filename), '-C', dir]);
  await cp(join(dir, 'package'), join(dir, 'led-doctor'), { recursive: true });
  await writeFile(join(dir, '_headers'), '');
  await writeFile(join(dir, 'index.html'), `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help</title><link rel="icon" href="data:,"></head><body>${page}</body></html>`);
  if (script) await writeFile(join(dir, 'page.js'), script);
  return dir;
};

const works = async (t, dir) => {
  const { page, context, url } = await prepare(t, { dir });
  await context.addInitScript(() => {
    globalThis.heard = [];
    for (const type of ['ready', 'tap']) addEventListener(`led-doctor:${type}`, ({ detail }) => globalThis.heard.push({ type, ...detail }));
  });
  await page.goto(url);
  await hears(page, 'ready');
  await pad(page).first().click();
  await hears(page, 'tap');
  assert.equal(await id(page, 'tap-count').innerText(), '1');
  return page;
};

test('from a plain page, by what the package exports', async (t) => {
  const dir = await siteWith(t, '<led-doctor pack="blink" model="outdoor"></led-doctor><script type="module" src="led-doctor/led-doctor.js"></script>');
  const about = JSON.parse(await readFile(join(dir, 'led-doctor/package.json'), 'utf8'));
  const manifest = JSON.parse(await readFile(join(dir, 'led-doctor', about.customElements), 'utf8'));
  assert.equal(manifest.modules[0].declarations[0].tagName, 'led-doctor');
  assert.match(await readFile(join(dir, 'led-doctor', about.types), 'utf8'), /export class LedDoctorElement/);
  await readFile(join(dir, 'led-doctor', about.exports['.'].default));
  await works(t, dir);
});

test('npm would publish it: nothing is missing, and it says where its source is', async () => {
  const about = JSON.parse(await readFile(`${root}target/npm/package.json`, 'utf8'));
  assert.deepEqual(about.repository, { type: 'git', url: 'git+https://code.example/led-doctor.git' });
  assert.equal(about.bugs.url, 'https://code.example/led-doctor/issues');
  assert.equal(about.homepage, 'https://help.example/led-doctor/');
  const { stdout, stderr } = await run('npm', ['publish', '--dry-run', '--json', '--offline'], { cwd: `${root}target/npm` });
  assert.doesNotMatch(stderr, /auto-corrected|errors corrected/, 'npm corrects nothing');
  const [published] = [JSON.parse(stdout)].flatMap((answer) => (answer.files ? [answer] : Object.values(answer)));
  const names = published.files.map(({ path }) => path);
  for (const name of ['led-doctor.js', 'led-doctor.d.ts', 'custom-elements.json', 'README.md', 'CHANGELOG.md', 'LICENSE-MIT', 'LICENSE-APACHE', 'THIRD-PARTY.txt', 'sbom.cdx.json']) assert.ok(names.includes(name), name);
});

test('its types are what TypeScript takes, and a wrong use is an error', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'led-doctor-types-'));
  t.after(() => rm(dir, { recursive: true, force: true }));
  // An empty project of somebody else, with the archive installed as npm does it.
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', dir], { cwd: `${root}target/npm` });
  const [{ filename, unpackedSize, size }] = JSON.parse(stdout);
  t.diagnostic(`the archive: ${size} bytes, unpacked ${unpackedSize}`);
  await writeFile(join(dir, 'package.json'), '{ "private": true, "type": "module" }');
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${filename}`], { cwd: dir });
  const compiled = async (code) => {
    await writeFile(join(dir, 'page.ts'), code);
    return run(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom', 'page.ts'], { cwd: dir }).then(() => '', (error) => error.stdout);
  };
  const right = `
    import 'led-doctor';
    import type { LedDoctorElement } from 'led-doctor';
    const element: LedDoctorElement = document.querySelector('led-doctor')!;
    element.addEventListener('led-doctor:verdict', ({ detail }) => { const sure: number | null = detail.sure; console.log(sure, element.report()); });`;
  assert.equal(await compiled(right), '');
  assert.match(await compiled(right.replace('number | null', 'boolean')), /not assignable/);
  // A bundler that leaves it whole finds it by its name.
  await writeFile(join(dir, 'page.js'), "import 'led-doctor';");
  const { outputFiles } = await build({ entryPoints: [join(dir, 'page.js')], bundle: true, format: 'esm', write: false, external: ['led-doctor'] });
  assert.match(outputFiles[0].text, /import "led-doctor"/);
  assert.match(createRequire(join(dir, 'page.js')).resolve('led-doctor'), /led-doctor\.js$/);
});

test('imported where there is no browser, it does nothing', async (t) => {
  const dir = await siteWith(t, '');
  await import(join(dir, 'led-doctor/led-doctor.js'));
});

test('from React, with an event of the element in its state', async (t) => {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createElement as h, useState } from 'react';
        import { createRoot } from 'react-dom/client';
        const Page = () => {
          const [taps, set] = useState(0);
          return h('div', null, h('led-doctor', { pack: 'blink', model: 'outdoor', 'onled-doctor:tap': ({ detail }) => set(detail.count) }), h('output', null, 'taps: ' + taps));
        };
        createRoot(document.getElementById('root')).render(h(Page));`,
      resolveDir: root,
    },
    bundle: true,
    format: 'esm',
    write: false,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const dir = await siteWith(t, '<div id="root"></div><script type="module" src="led-doctor/led-doctor.js"></script><script type="module" src="page.js"></script>', outputFiles[0].text);
  const page = await works(t, dir);
  await page.getByText('taps: 1').waitFor();
});

test('from Vue, with a pack of its own as a property', async (t) => {
  const pack = await readFile(`${root}tests/fixtures/own-pack.json`, 'utf8');
  const dir = await siteWith(
    t,
    '<div id="root"></div><script type="module" src="led-doctor/led-doctor.js"></script><script type="module" src="page.js"></script>',
    `import { createApp } from './vue.js';
     const app = createApp({
       data: () => ({ taps: 0, pack: null }),
       template: '<led-doctor v-if="pack" loading="eager" model="bell" :packData.prop="pack" @led-doctor:tap="taps = $event.detail.count" /><output>taps: {{ taps }}</output>',
       async created() { this.pack = Object.freeze(await (await fetch('./own.json')).json()); },
     });
     app.config.compilerOptions.isCustomElement = (tag) => tag === 'led-doctor';
     app.mount('#root');`,
  );
  await mkdir(dir, { recursive: true });
  await cp(`${root}node_modules/vue/dist/vue.esm-browser.prod.js`, join(dir, 'vue.js'));
  await writeFile(join(dir, 'own.json'), pack);
  const page = await works(t, dir);
  await page.getByText('taps: 1').waitFor();
  assert.equal((await page.locator('led-doctor').evaluate(({ state }) => state)).pack, 'own-acme');
});
