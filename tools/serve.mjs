// Serves a finished site on this machine, with the headers that it asks every host for.
//
// node tools/serve.mjs <site> <port>, or `start` from a test.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sirv from 'sirv';

const HASHED = /\.[0-9a-f]{12}\.[a-z]+$/;

// The part of the `_headers` format that this project uses: a path, then indented headers. Later rules win.
const headerRules = (site) => {
  const rules = [];
  for (const line of readFileSync(join(site, '_headers'), 'utf8').split('\n')) {
    if (!line.trim() || line.startsWith('#')) continue;
    if (/^\s/.test(line)) {
      const [, name, value] = /^\s+([^:]+):\s*(.*)$/.exec(line);
      rules.at(-1).headers.push([name, value]);
    } else {
      const pattern = line.trim().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
      rules.push({ path: new RegExp(`^${pattern}$`), headers: [] });
    }
  }
  return rules;
};

// Resolves once the server answers: { url, close }. Port 0 takes any that is free. Requests that `ahead` accepts, it answers itself.
export const start = async ({ dir, port = 0, ahead = () => false }) => {
  const rules = headerRules(dir);
  const files = sirv(dir, {
    // Looks at the disk for each request, so that a test can put a newer version in place.
    dev: true,
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders: (response, path) => {
      for (const rule of rules) {
        if (rule.path.test(path)) rule.headers.forEach(([name, value]) => response.setHeader(name, value));
      }
      if (HASHED.test(path)) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
    },
  });
  const server = createServer((request, response) => {
    if (ahead(request, response)) return;
    // A folder is its own page, and never the page of the same name beside it.
    request.url = request.url.replace(/\/(?=\?|$)/, '/index.html');
    files(request, response, () => {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('not found');
    });
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const close = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, close };
};

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [, , dir, port] = process.argv;
  try {
    const { url } = await start({ dir, port: Number(port) });
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}; build the site with: cargo xtask dist`);
    console.log(`LED Doctor is served at ${url}, and on a help page at ${url}embed/`);
  } catch (error) {
    const taken = error.code === 'EADDRINUSE';
    console.error(taken ? `port ${port} is taken; choose another one: cargo xtask serve --port ${Number(port) + 1}` : error);
    process.exit(1);
  }
}
