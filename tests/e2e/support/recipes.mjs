// The code that the documents give, as it is written there.
import { readFile } from 'node:fs/promises';

const text = await readFile(new URL('../../../docs/embed.md', import.meta.url), 'utf8');

// The block of code of docs/embed.md that holds these words, for a site at `ours` and a page at `theirs`.
export const recipe = (holds, ours, theirs = '') => {
  const blocks = [...text.matchAll(/```\w+\n([\s\S]*?)\n```/g)].map(([, block]) => block);
  const found = blocks.filter((block) => block.includes(holds));
  if (found.length !== 1) throw new Error(`docs/embed.md has ${found.length} blocks with ${holds}`);
  return found[0].replaceAll('https://your.host', ours).replaceAll('https://help.example', theirs);
};

// The addresses in a table of docs/embed.md that open the app.
export const links = (ours) => [...text.matchAll(/^\| `https:\/\/your\.host([^`]+)` \|/gm)].map(([, path]) => ours + path);

const rules = JSON.parse(await readFile(new URL('../../fixtures/sanitisers.json', import.meta.url), 'utf8'));

// What a help desk keeps of some HTML, by its published list, in the browser's own parser: elements that are not in it go, what is in
// them stays; so do attributes, and addresses of other kinds.
export const sanitised = async (page, desk, html) =>
  page.evaluate(([html, { global, protocols, elements }]) => {
    const tree = new DOMParser().parseFromString(html, 'text/html').body;
    const matches = (name, pattern) => (pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern);
    const isSafe = (value) => {
      try { return protocols.includes(new URL(value, location.href).protocol); } catch { return false; }
    };
    for (const script of tree.querySelectorAll('script, style')) script.remove();
    for (const element of [...tree.querySelectorAll('*')]) {
      const own = Object.hasOwn(elements, element.localName) && elements[element.localName];
      if (!own) {
        element.replaceWith(...element.childNodes);
        continue;
      }
      for (const { name, value } of [...element.attributes]) {
        const isKept = [...global, ...own].some((pattern) => matches(name, pattern)) && (!/^(href|src)$/.test(name) || isSafe(value));
        if (!isKept) element.removeAttribute(name);
      }
    }
    return tree.innerHTML;
  }, [html, rules[desk]]);
