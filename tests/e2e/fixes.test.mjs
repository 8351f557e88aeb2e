// One whole plan in the page, without a network, click by click to its end. Every plan of every model, and its report:
// crates/workbench/tests/plans.rs.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { doPlan, onPlan, report } from './support/cure.mjs';
import { offlineReady, visit } from './support/site.mjs';
import { model } from './support/walk.mjs';

test('a lost connection of an outdoor camera, every fix done and none of them helps: the report is that of the session', async (t) => {
  const { page, server } = await visit(t, { path: model('outdoor') });
  await offlineReady(page);
  await server.close();
  await onPlan(page, 'offline', 'unsure');
  const done = await doPlan(page);
  assert.ok(Object.keys(done).length >= 6, 'every fix was offered');
  const all = (await readFile(new URL('../../crates/workbench/tests/reports/outdoor.txt', import.meta.url), 'utf8')).replace(/^- \d+ min: /gm, '- (when) min: ');
  const text = await report(page);
  assert.ok(all.includes(text), text);
});
