//! What no observer could do better with the recorded people: bounds beside the classifier's figures.
//!
//! Each is the best that a rule does which knows no more than the taps and was fitted to **these very recordings**, and so has an
//! unfair advantage over the classifier, which was not. Two readings are given where they differ: in-sample (the rule was fitted to the
//! trials that it is measured on: an optimistic bound, which rises with the rule's freedom) and on people left out (the rule was
//! fitted to all others: what such a rule is worth on somebody new). The families of rules are wide but not all rules: a bound says
//! what is in the intervals' sizes, in their order, and no more. With a few hundred trials each is known to about a point.

/// The intervals between a trial's first three taps, who tapped, and at which period (ms).
pub struct First {
    pub person: String,
    pub period: f64,
    pub intervals: (f64, f64),
}

/// Share of trials whose period the best ordered cuts on the mean of both intervals find, the cuts set on the very trials.
pub fn cuts(trials: &[First]) -> f64 {
    let periods = periods(trials);
    let mut order: Vec<&First> = trials.iter().collect();
    let mean = |t: &First| t.intervals.0 + t.intervals.1;
    order.sort_by(|a, b| mean(a).total_cmp(&mean(b)));
    // Most trials that are right if the newest is taken for this period and none before it for a longer one.
    let mut best = vec![0_usize; periods.len()];
    for trial in &order {
        let mut shorter = 0;
        for (most, period) in best.iter_mut().zip(&periods) {
            shorter = shorter.max(*most);
            *most = shorter + usize::from(trial.period == *period);
        }
    }
    best.into_iter().max().unwrap_or(0) as f64 / trials.len().max(1) as f64
}

/// Share of trials whose period is found by the density of both intervals among all other people's trials, at the best of a few
/// widths of its kernel.
pub fn others(trials: &[First]) -> f64 {
    let widths = [0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.12];
    let right = |width: f64| {
        let is_right = |trial: &&First| likeliest(trials, trial, width) == Some(trial.period);
        trials.iter().filter(is_right).count()
    };
    widths.into_iter().map(right).max().unwrap_or(0) as f64 / trials.len().max(1) as f64
}

fn likeliest(trials: &[First], trial: &First, width: f64) -> Option<f64> {
    let density = |period: f64| -> f64 {
        let own = trials
            .iter()
            .filter(|t| t.period == period && t.person != trial.person);
        let near = own.map(|t| {
            let off = |a: f64, b: f64| ((a - b) / (width * period)).powi(2);
            let (a, b) = (t.intervals, trial.intervals);
            (-0.5 * (off(a.0, b.0) + off(a.1, b.1))).exp()
        });
        near.sum::<f64>() / (period * period)
    };
    periods(trials)
        .into_iter()
        .max_by(|a, b| density(*a).total_cmp(&density(*b)))
}

fn periods(trials: &[First]) -> Vec<f64> {
    let mut all: Vec<f64> = trials.iter().map(|t| t.period).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// Two kinds of windows of taps, separated by their median interval alone: the best cut (ms), set on the very windows so that the
/// worse of the two shares is as good as it can be, and the share of each kind on its side of it.
pub fn cut(quick: &[f64], slow: &[f64]) -> (f64, f64, f64) {
    let share = |all: &[f64], is: &dyn Fn(f64) -> bool| {
        all.iter().filter(|m| is(**m)).count() as f64 / all.len().max(1) as f64
    };
    let at = |cut: f64| (cut, share(quick, &|m| m < cut), share(slow, &|m| m >= cut));
    // Of cuts with the same worse share the one with the better other share.
    let worth = |&(_, a, b): &(f64, f64, f64)| a.min(b) + 1e-6 * a.max(b);
    let every = quick.iter().chain(slow).map(|m| at(*m));
    every
        .max_by(|a, b| worth(a).total_cmp(&worth(b)))
        .unwrap_or_default()
}

/// Share of the windows whose median interval lies among the middle nine tenths of the others': people who were asked for one
/// beat and tapped another, which their taps alone do not show.
pub fn astray(windows: &[f64], others: &[f64]) -> f64 {
    let mut order = others.to_vec();
    order.sort_by(f64::total_cmp);
    let at = |share: f64| order.get((order.len() as f64 * share) as usize).copied();
    let (Some(low), Some(high)) = (at(0.05), at(0.95)) else {
        return 0.0;
    };
    let among = windows.iter().filter(|m| (low..=high).contains(*m));
    among.count() as f64 / windows.len().max(1) as f64
}

/// The median of a window's intervals, in ms.
pub fn median(window: &[f64]) -> f64 {
    let pairs = window.iter().zip(window.iter().skip(1));
    let mut gaps: Vec<f64> = pairs.map(|(a, b)| b - a).collect();
    gaps.sort_by(f64::total_cmp);
    let at = |index: usize| gaps.get(index).copied().unwrap_or(0.0);
    (at(gaps.len().saturating_sub(1) / 2) + at(gaps.len() / 2)) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_leave_only_what_overlaps() {
        let trial = |person: &str, period: f64, both: f64| First {
            person: person.to_owned(),
            period,
            intervals: (both, both),
        };
        let apart = [
            trial("a", 600.0, 610.0),
            trial("b", 600.0, 590.0),
            trial("a", 1200.0, 1190.0),
            trial("b", 1200.0, 1210.0),
        ];
        assert_eq!((cuts(&apart), others(&apart)), (1.0, 1.0));
        let crossed = [
            trial("a", 600.0, 610.0),
            trial("b", 600.0, 900.0),
            trial("a", 1200.0, 800.0),
            trial("b", 1200.0, 1210.0),
        ];
        assert_eq!(cuts(&crossed), 0.75);
    }

    #[test]
    fn one_cut_parts_two_kinds_as_well_as_it_can() {
        let (at, quick, slow) = cut(&[500.0, 600.0, 1000.0], &[900.0, 1000.0, 1100.0]);
        assert!(at > 600.0 && (quick, slow) == (2.0 / 3.0, 1.0));
        assert_eq!(
            astray(&[600.0, 1000.0], &[900.0, 1000.0, 1010.0, 1100.0]),
            0.5
        );
        assert_eq!(median(&[0.0, 500.0, 1100.0, 1600.0]), 500.0);
    }
}
