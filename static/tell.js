// What a help page is told: states and events, derived from the session before and after a change. No browser in here.
//
// A session is the plain object that src/session/record.rs writes.

export const VERSION = 1;

const verdictOf = ({ finding }, nameOf) =>
  finding && { signal: finding.signal, name: finding.signal && nameOf(finding.signal), how: finding.how, sure: finding.sure, period: finding.period };

// Where the person is, for `element.state`.
export const stateOf = (session, nameOf) => {
  if (!session) return { version: VERSION, phase: 'running', pack: null, model: null, stage: 'device', taps: 0, verdict: null };
  const { pack, model, stage, watch } = session;
  const [name] = typeof stage === 'string' ? [stage] : Object.keys(stage);
  return { version: VERSION, phase: 'running', pack, model, stage: name, taps: watch.taps.length, verdict: verdictOf(session, nameOf) };
};

const key = ({ fix, step }) => `${fix}/${step}`;

// The events of a change: [name, detail], in the order in which they happened.
export const eventsOf = (before, after, nameOf) => {
  // Another session, or one that was gone on with: nothing of it happened here.
  if (!before || !after || before.began !== after.began) return [];
  const events = [];
  const { pack, model } = after;
  const tell = (name, detail) => events.push([name, { pack, model, ...detail }]);

  const [had, has] = [before.watch.taps.length, after.watch.taps.length];
  // An interrupted attempt begins anew with its first tap.
  const anew = has === 1 && had > 0 && after.watch.until < before.watch.until;
  if (has === had + 1 || anew) tell('tap', { count: has, at: Math.round(after.watch.taps.at(-1).at) });

  for (const { what } of after.log.slice(before.log.length)) {
    if (what.found) tell('verdict', verdictOf(what.found, nameOf));
  }

  const [was, is] = [before.cure?.done ?? [], after.cure?.done ?? []];
  if (before.cure && before.cure.signal === after.cure?.signal) {
    const gone = (from, to) => from.filter((one) => !to.some((other) => key(other) === key(one)));
    for (const { fix, step } of gone(is, was)) tell('step', { fix, step, done: true });
    for (const { fix, step } of gone(was, is)) tell('step', { fix, step, done: false });
  }

  if (before.stage !== after.stage) {
    const signal = after.finding?.signal ?? null;
    const last = after.log.at(-1)?.what.judged;
    if (after.stage === 'resolved') tell('resolved', { signal, fixed: last?.outcome === 'fixed', fix: last?.outcome === 'fixed' ? last.fix : null });
    if (after.stage === 'support') tell('unresolved', { signal });
  }
  return events;
};
