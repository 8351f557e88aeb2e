// The first screen as data: [tag, attributes, ...children]. The element draws it where there is no HTML of it yet; the build
// writes it into the page of the app.
//
// It looks like the interface's own pad to the pixel (src/ui/tap.rs), so that nothing moves under a finger when that comes.

/* global WORDS, LANG, IS_RTL: filled in by the build from text/. */

export const first = [
  'div',
  { class: 'base', part: 'base' },
  [
    'div',
    { class: 'ld first', lang: LANG, ...(IS_RTL ? { dir: 'rtl' } : {}) },
    ['header', { class: 'top' }, ['span', { class: 'brand' }, WORDS['app.name']]],
    ['div', { class: 'stage on-device' }, ['div', { class: 'fold' }, ['h1', {}, WORDS['device.title']], ['p', { class: 'status' }], ['p', { class: 'lead' }, WORDS['device.lead']]]],
    [
      'div',
      { class: 'stage tapping on-pad', part: 'stage' },
      [
        'div',
        { class: 'fold' },
        ['h1', {}, WORDS['tap.title']],
        ['p', { class: 'status' }],
        [
          'div',
          { class: 'bench' },
          ['div', { class: 'bench-top' }, ['p', { class: 'lead' }, WORDS['tap.hint']], ['div', { class: 'track' }], ['p', { class: 'settle' }, WORDS['settle.start']], ['div', { class: 'says' }]],
          [
            'div',
            { class: 'pad-place' },
            ['button', { class: 'pad', part: 'pad', type: 'button', 'data-testid': 'tap-pad', 'aria-label': WORDS['tap.pad-label'] }, ['span', { class: 'pad-face' }, WORDS['tap.pad']]],
            ['span', { class: 'pad-count', 'data-testid': 'tap-count' }, '0'],
          ],
        ],
      ],
    ],
  ],
  ['div', { class: 'app' }],
  ['div', { class: 'help' }, ['p', { class: 'sorry', role: 'alert', lang: LANG }], ['slot', {}], ['slot', { name: 'contact' }]],
];

export const draw = ([tag, attributes, ...children]) => {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, attributes[name]);
  element.append(...children.map((child) => (typeof child === 'string' ? child : draw(child))));
  return element;
};
