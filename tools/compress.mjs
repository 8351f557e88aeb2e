// Writes .br and .gz beside every file that gets smaller by it.
// node tools/compress.mjs <site>
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const [site] = process.argv.slice(2);
if (!site) throw new Error('usage: node tools/compress.mjs <site>');

const brotli = (bytes) =>
  promisify(brotliCompress)(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

const entries = await readdir(site, { recursive: true, withFileTypes: true });
for (const entry of entries) {
  // A picture is compressed already; a host reads _headers as it is.
  if (!entry.isFile() || !/\.(html|m?js|css|json|wasm|svg|webmanifest)$/.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const bytes = await readFile(path);
  for (const [kind, compressed] of [
    ['br', await brotli(bytes)],
    ['gz', await promisify(gzip)(bytes, { level: 9 })],
  ]) {
    if (compressed.length < bytes.length) await writeFile(`${path}.${kind}`, compressed);
  }
}
