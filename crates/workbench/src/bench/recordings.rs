//! Recordings of real people, in a folder that is no part of the project: `SET/taps.csv` with the columns
//! `subject,trial,modality,stimulus_ioi_ms,stimulus_time_ms,tap_time_ms`.

use super::bound;
use super::percent;
use super::score::{self, Tally};
use anyhow::{Context, Result};
use led_doctor_core::id::Id;
use led_doctor_core::pack::notation;
use led_doctor_core::rhythm::{Chart, Signal, Tap, Watch, judge};
use led_doctor_core::time::Millis;
use std::collections::BTreeMap;
use std::path::Path;

/// One trial: who tapped, its period in ms, the taps along with the stimulus and those after it.
struct Trial {
    person: String,
    period: f64,
    along: Vec<f64>,
    alone: Vec<f64>,
}

/// A chart of these rhythms.
pub fn chart(rhythms: &[(&str, &str)]) -> Chart {
    let signal = |(id, rhythm): &(&str, &str)| {
        Some(Signal {
            id: Id::new(id)?,
            layers: notation::parse(rhythm, &|_| false).ok()?,
            ..Signal::default()
        })
    };
    Chart::new(rhythms.iter().filter_map(signal).collect(), Vec::new())
}

/// Prints how the recorded people are understood.
pub fn bench(folder: &Path) -> Result<()> {
    println!("\nReal people: windows of so many taps");
    let periods = chart(&[
        ("p600", "short every 600ms"),
        ("p1200", "short every 1200ms"),
        ("p1800", "short every 1800ms"),
        ("p2400", "short every 2400ms"),
        ("p3000", "short every 3s"),
        ("burst", "short x5..6 apart 200..400ms"),
        ("once", "short"),
    ]);
    let common = chart(&[
        ("fast", "short at 3..4Hz"),
        ("p1000", "short every 1s"),
        ("p3000", "short every 3s"),
        ("burst", "short x5..6 apart 200..400ms"),
        ("once", "short"),
    ]);
    if let Some(trials) = read(folder, "baath_madison_2012")? {
        let of = |t: &Trial| Some(format!("p{:.0}", t.period));
        table(
            "slow metronomes, five periods",
            &periods,
            &trials,
            of,
            |t| &t.along,
            true,
        );
        table(
            "slow metronomes, five periods, later taps",
            &periods,
            &trials,
            of,
            |t| &t.along,
            false,
        );
        bound_of_first(&trials);
        let slow: Vec<Trial> = trials.into_iter().filter(|t| t.period == 3000.0).collect();
        table(
            "3 s among fast, 1 Hz, 3 s, burst, once",
            &common,
            &slow,
            of,
            |t| &t.along,
            true,
        );
    }
    if let Some(trials) = read(folder, "hassall_drumtrainer_ds004152")? {
        let (one, other): (Vec<Trial>, Vec<Trial>) =
            trials.into_iter().partition(|t| t.period == 1000.0);
        table(
            "drum trainer, 1 Hz, self-paced",
            &common,
            &one,
            |_| Some("p1000".into()),
            |t| &t.alone,
            false,
        );
        let (six, four): (Vec<Trial>, Vec<Trial>) =
            other.into_iter().partition(|t| t.period == 600.0);
        table(
            "drum trainer, 600 ms, no such code",
            &common,
            &six,
            |_| None,
            |t| &t.alone,
            false,
        );
        bound_of_beats(&six, &one);
        table(
            "drum trainer, 400 ms, no such code",
            &common,
            &four,
            |_| None,
            |t| &t.alone,
            false,
        );
    }
    Ok(())
}

/// Prints the result of every rule for the first three taps at a metronome.
fn bound_of_first(trials: &[Trial]) {
    let first = |t: &Trial| match t.along.as_slice() {
        [a, b, c, ..] => Some(bound::First {
            person: t.person.clone(),
            period: t.period,
            intervals: (b - a, c - b),
        }),
        _ => None,
    };
    let first: Vec<bound::First> = trials.iter().filter_map(first).collect();
    println!(
        "    bound, first 3 taps: fitted to the other people {:5.1}%, fitted to these very trials {:5.1}%",
        100.0 * bound::others(&first),
        100.0 * bound::cuts(&first)
    );
}

/// Prints how far two tempos that people kept by themselves can be separated by any cut between them.
fn bound_of_beats(quick: &[Trial], slow: &[Trial]) {
    for count in [5, 8] {
        let medians = |trials: &[Trial]| -> Vec<f64> {
            let each = trials.iter().flat_map(|t| windows(&t.alone, count, false));
            each.map(bound::median).collect()
        };
        let (quick, slow) = (medians(quick), medians(slow));
        let (at, below, above) = bound::cut(&quick, &slow);
        println!(
            "    bound, {count} taps: best cut {at:.0} ms parts 600 ms {:5.1}% from 1 Hz {:5.1}%; at 600 ms {:4.2}% tapped as at 1 Hz",
            100.0 * below,
            100.0 * above,
            100.0 * bound::astray(&quick, &slow)
        );
    }
}

/// The windows of a trial that are judged: the first, or the first few.
fn windows(taps: &[f64], count: usize, first: bool) -> impl Iterator<Item = &[f64]> {
    taps.chunks_exact(count).take(if first { 1 } else { 20 })
}

fn read(folder: &Path, set: &str) -> Result<Option<Vec<Trial>>> {
    let path = folder.join(set).join("taps.csv");
    if !path.exists() {
        println!("  no {}", path.display());
        return Ok(None);
    }
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let mut trials: BTreeMap<(&str, &str), Trial> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [subject, trial, _, period, stimulus, tap] = fields.as_slice() else {
            continue;
        };
        let trial = trials.entry((subject, trial)).or_insert(Trial {
            person: (*subject).to_owned(),
            period: period.parse().unwrap_or(0.0),
            along: Vec::new(),
            alone: Vec::new(),
        });
        if let Ok(tap) = tap.parse() {
            if stimulus.is_empty() {
                trial.alone.push(tap)
            } else {
                trial.along.push(tap)
            }
        }
    }
    Ok(Some(trials.into_values().collect()))
}

fn table(
    name: &str,
    chart: &Chart,
    trials: &[Trial],
    truth: impl Fn(&Trial) -> Option<String>,
    taps: fn(&Trial) -> &Vec<f64>,
    first: bool,
) {
    println!("  {name}");
    for count in [3_usize, 4, 5, 8, 12] {
        let mut tally = Tally::default();
        for trial in trials {
            let truth = truth(trial);
            for window in windows(taps(trial), count, first) {
                let start = window.first().copied().unwrap_or(0.0) - 500.0;
                let at = |t: f64| Millis::new(t - start).unwrap_or_default();
                let watch = Watch {
                    taps: window
                        .iter()
                        .map(|&t| Tap {
                            at: at(t),
                            held: None,
                            light: None,
                        })
                        .collect(),
                    until: at(window.last().copied().unwrap_or(0.0)),
                    ..Watch::default()
                };
                let judgement = judge(chart, &watch);
                if std::env::var("SHOW").is_ok_and(|s| s == format!("{name} {count}"))
                    && score::called(&judgement.decision) != truth.as_deref().unwrap_or("none")
                {
                    let ranks: Vec<String> = judgement
                        .ranking
                        .iter()
                        .take(4)
                        .map(|r| format!("{:?} {:.3}", r.what, r.probability))
                        .collect();
                    let gaps: Vec<String> = window
                        .windows(2)
                        .map(|w| {
                            format!(
                                "{:.0}",
                                w.last().copied().unwrap_or(0.0)
                                    - w.first().copied().unwrap_or(0.0)
                            )
                        })
                        .collect();
                    println!("{truth:?} {:?} {gaps:?} {ranks:?}", judgement.decision);
                }
                tally.judged(&judgement.decision, &judgement, truth.as_deref());
            }
        }
        let decided = tally.n - tally.called.get("undecided").copied().unwrap_or(0);
        println!(
            "    {count:2} taps: top {}  decided {}  confidently wrong {:5.2}%  ({})",
            percent(tally.top, tally.n),
            percent(decided, tally.n),
            100.0 * tally.wrong as f64 / tally.n.max(1) as f64,
            tally.n
        );
    }
}
