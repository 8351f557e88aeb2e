// A reporter of node's test runner: how long each file took, the slowest first, behind what the usual reporter prints.
import { basename } from 'node:path';

export default async function* seconds(source) {
  const files = new Map();
  for await (const { type, data } of source) {
    if (!/^test:(pass|fail)$/.test(type) || !data.file) continue;
    const file = basename(data.file);
    const { ms, tests, failed } = files.get(file) ?? { ms: 0, tests: 0, failed: 0 };
    // A suite's time is that of its tests, which may have run side by side.
    const took = data.nesting === 0 ? data.details.duration_ms : 0;
    const is = data.details.type !== 'suite';
    files.set(file, { ms: ms + took, tests: tests + is, failed: failed + (is && type === 'test:fail') });
  }
  const rows = [...files].sort(([, a], [, b]) => b.ms - a.ms);
  yield 'seconds by file\n';
  for (const [file, { ms, tests, failed }] of rows) {
    yield `${(ms / 1000).toFixed(1).padStart(7)}  ${file} (${tests} tests${failed ? `, ${failed} failed` : ''})\n`;
  }
}
