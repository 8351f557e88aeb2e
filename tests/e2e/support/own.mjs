// A pack of somebody's own, and its way into the page.
import { readFile } from 'node:fs/promises';
import { id } from './walk.mjs';

// One that is right, as text.
export const text = await readFile(new URL('../../fixtures/own-pack.json', import.meta.url), 'utf8');

// The same with a change made to it.
export const pack = (change) => {
  const own = JSON.parse(text);
  change(own);
  return JSON.stringify(own);
};

// Chooses it as a file.
export const bring = (page, json) =>
  id(page, 'own-file').setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(json) });
