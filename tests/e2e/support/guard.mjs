// What no page of this app may ever do, watched during every test: complain in the console, throw, or speak to
// another origin.
import assert from 'node:assert/strict';

export class Guard {
  #allowed = [];
  #problems = [];

  constructor(context, ...origins) {
    const watch = (page) => {
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) {
          this.#find(`console.${message.type()}: ${message.text()} (${message.location().url})`);
        }
      });
      page.on('pageerror', (error) => this.#find(`page error: ${error.message}`));
    };
    context.pages().forEach(watch);
    context.on('page', watch);
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol) && !origins.includes(url.origin)) {
        this.#find(`request to another origin: ${url}`);
      }
    });
  }

  // For a test that provokes a complaint on purpose.
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  #find(problem) {
    if (!this.#allowed.some((pattern) => pattern.test(problem))) this.#problems.push(problem);
  }

  check() {
    assert.deepEqual(this.#problems, []);
  }
}
