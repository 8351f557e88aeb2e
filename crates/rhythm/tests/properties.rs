//! What must hold for any taps: no panic, no jump, no dependence on when the clock was started.

mod support;

use led_doctor_rhythm::id::Id;
use led_doctor_rhythm::{
    Chart, Decision, Flash, Flashes, Group, Hypothesis, Judgement, Layer, Listener, Look, Meaning,
    Show, Signal, Span, Tap, Watch, explain, judge,
};
use proptest::prelude::*;
use support::*;

fn probability(judgement: &Judgement, signal: &str) -> f64 {
    let is = |what: &Hypothesis| matches!(what, Hypothesis::Signal(id) if *id == *signal);
    judgement
        .ranking
        .iter()
        .find(|r| is(&r.what))
        .map_or(0.0, |r| r.probability)
}

/// Intervals that people make: from a bounce to a long wait.
fn intervals() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(
        prop_oneof![20.0..400.0, 400.0..1500.0, 2500.0..3500.0, 20.0..9000.0],
        0..14,
    )
}

fn watch_of(gaps: &[f64], silence: f64, from: f64) -> Watch {
    let mut at = from;
    let mut taps = vec![at];
    for gap in gaps {
        at += gap;
        taps.push(at);
    }
    watch(&taps, at + silence)
}

/// Taps along with a light that flashes every 3 s, unsteady by up to 8 %.
fn along() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-240.0..240.0, 3..9).prop_map(|off| {
        off.iter()
            .enumerate()
            .map(|(i, off)| 500.0 + 3000.0 * i as f64 + off / 2.0)
            .collect()
    })
}

fn hostile_time() -> impl Strategy<Value = f64> {
    prop_oneof![
        -1e3..1e5,
        Just(0.0),
        Just(-0.0),
        Just(f64::MAX),
        Just(f64::MIN),
        Just(f64::MIN_POSITIVE),
        -1e300..1e300,
    ]
}

fn hostile_watch() -> impl Strategy<Value = Watch> {
    let light = prop_oneof![Just(None), Just(Id::new("red")), Just(Id::new("no-such"))];
    let tap =
        (hostile_time(), prop::option::of(hostile_time()), light).prop_map(|(at, held, light)| {
            Tap {
                at: ms(at),
                held: held.map(ms),
                light,
            }
        });
    let look = prop_oneof![
        Just(None),
        Just(Some(Look::Steady)),
        Just(Some(Look::Dark)),
        Just(Some(Look::TooFast))
    ];
    (
        prop::collection::vec(tap, 0..40),
        hostile_time(),
        any::<bool>(),
        look,
    )
        .prop_map(|(taps, until, stopped, look)| Watch {
            taps,
            until: ms(until),
            stopped,
            look,
            ..Watch::default()
        })
}

fn hostile_span() -> impl Strategy<Value = Span> {
    prop_oneof![
        Just(Span::Unstated),
        (hostile_time(), hostile_time()).prop_map(|(a, b)| Span::Stated(a, b)),
        Just(Span::Stated(f64::NAN, f64::INFINITY)),
        (20.0..5000.0).prop_map(|a| Span::Stated(a, a)),
    ]
}

fn hostile_chart() -> impl Strategy<Value = Chart> {
    let flash = prop::sample::select(vec![
        Flash::Short,
        Flash::Long,
        Flash::Pulse,
        Flash::Burst,
        Flash::Any,
    ]);
    let group = (
        flash,
        any::<(u8, u8)>(),
        hostile_span(),
        hostile_span(),
        hostile_span(),
    )
        .prop_map(|(flash, count, lit, every, rest)| Group {
            flash,
            light: Id::new("red"),
            count,
            lit,
            every,
            rest,
        })
        .boxed();
    let groups = || prop::collection::vec(group.clone(), 0..6);
    let show = prop_oneof![
        Just(Show::Dark),
        Just(Show::Steady),
        (groups(), groups(), any::<(bool, bool)>()).prop_map(|(intro, cycle, (inverse, among))| {
            Show::Flashes(Flashes {
                intro,
                cycle,
                inverse,
                among,
            })
        }),
    ];
    let layers = prop::collection::vec(show.prop_map(|show| Layer { light: None, show }), 0..3);
    let weight = prop_oneof![Just(1.0), Just(f64::NAN), Just(-1.0), hostile_time()];
    let signals = prop::collection::vec((weight, layers), 0..6);
    signals.prop_map(|signals| {
        let signal = |(i, (weight, layers)): (usize, (f64, Vec<Layer>))| Signal {
            id: id(&format!("s{i}")),
            weight,
            layers,
            expects: vec![],
            meaning: match i % 4 {
                0 => Meaning::Fault,
                1 => Meaning::Passes,
                2 => Meaning::Danger,
                _ => Meaning::Nothing,
            },
            listed: i % 3 != 1,
        };
        Chart::new(
            signals.into_iter().enumerate().map(signal).collect(),
            vec![],
        )
    })
}

fn sane(judgement: &Judgement) {
    let sum: f64 = judgement.ranking.iter().map(|r| r.probability).sum();
    assert!((sum - 1.0).abs() < 1e-6, "{sum}");
    assert!(
        judgement
            .ranking
            .iter()
            .all(|r| (0.0..=1.0).contains(&r.probability))
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn when_the_clock_began_does_not_matter(gaps in intervals(), silence in 0.0..12_000.0, shift in 0.0..1e6) {
        let chart = outdoor();
        let (here, there) = (judge(&chart, &watch_of(&gaps, silence, 500.0)), judge(&chart, &watch_of(&gaps, silence, 500.0 + shift)));
        prop_assert_eq!(&here.decision, &there.decision);
        for ranked in &here.ranking {
            let other = there.ranking.iter().find(|r| r.what == ranked.what).map_or(0.0, |r| r.probability);
            prop_assert!((ranked.probability - other).abs() < 1e-3);
        }
    }

    #[test]
    fn a_tempo_within_tolerance_is_the_same_code(taps in along(), scale in 0.95..1.05) {
        let chart = outdoor();
        let scaled: Vec<f64> = taps.iter().map(|t| t * scale).collect();
        let judgement = judge(&chart, &watch(&scaled, scaled.last().copied().unwrap_or(0.0)));
        prop_assert!(probability(&judgement, "offline") > 0.8, "{:?}", judgement.ranking);
    }

    #[test]
    fn one_stray_never_turns_a_verdict_into_another(gaps in intervals(), silence in 0.0..12_000.0, stray in 0.0..1.0) {
        let chart = outdoor();
        let clean = watch_of(&gaps, silence, 500.0);
        let mut slipped = clean.clone();
        slipped.taps.push(Tap { at: ms(500.0 + stray * (clean.until.get() - 500.0)), held: None, light: None });
        let (before, after) = (judge(&chart, &clean).decision, judge(&chart, &slipped).decision);
        if let (Decision::Signal(before), Decision::Signal(after)) = (&before, &after) {
            // A second tap makes two flashes of one: then the stray belongs to what was seen.
            prop_assert!(before == after || clean.taps.len() < 4, "{before} became {after}: {slipped:?}");
        }
    }

    #[test]
    fn more_of_the_same_speaks_for_it(taps in along()) {
        let chart = outdoor();
        let mut least = 0.0_f64;
        for n in 2..=taps.len() {
            let judgement = judge(&chart, &watch(&taps[..n], taps[n - 1]));
            let now = probability(&judgement, "offline");
            prop_assert!(now > 0.95 * least, "{least} fell to {now} at tap {n}");
            least = least.max(now);
        }
        prop_assert!(taps.len() < 4 || least > 0.9);
    }

    #[test]
    fn listening_and_judging_are_the_same(gaps in intervals(), edits in prop::collection::vec((0_usize..14, -500.0..500.0), 0..4)) {
        let chart = outdoor();
        let whole = watch_of(&gaps, 500.0, 500.0);
        let mut listener = Listener::default();
        for n in 0..=whole.taps.len() {
            let until = whole.taps.get(n.saturating_sub(1)).map_or(ms(0.0), |t| t.at);
            let part = Watch { taps: whole.taps[..n].to_vec(), until, ..Watch::default() };
            prop_assert_eq!(listener.judge(&chart, &part), judge(&chart, &part));
        }
        let mut edited = whole;
        for (index, by) in edits {
            if index < edited.taps.len() {
                edited.taps[index].at = ms(edited.taps[index].at.get() + by);
            }
            prop_assert_eq!(listener.judge(&chart, &edited), judge(&chart, &edited));
        }
    }

    #[test]
    fn no_watch_is_too_strange(watch in hostile_watch()) {
        for chart in [outdoor(), mini(), sync_module(), doorbell()] {
            sane(&judge(&chart, &watch));
            for signal in chart.signals() {
                let told = explain(&chart, &watch, &signal.id);
                prop_assert_eq!(told.map(|t| t.taps.len()), Some(watch.taps.len()));
            }
        }
    }

    #[test]
    fn no_chart_is_too_strange(chart in hostile_chart(), watch in hostile_watch()) {
        sane(&judge(&chart, &watch));
    }
}

#[test]
fn ten_thousand_taps_and_hours_of_silence_are_bounded() {
    let taps: Vec<f64> = (0..10_000).map(|i| f64::from(i) * 3000.0).collect();
    let chart = outdoor();
    assert_eq!(
        Decision::Signal(id("offline")),
        judge(&chart, &watch(&taps, 30_000_000.0)).decision
    );
    sane(&judge(&chart, &watch(&[0.0], 36_000_000.0)));
}

#[test]
fn coarse_clocks_and_a_constant_delay_change_nothing() {
    for step in [16.67, 100.0] {
        let clock = |t: f64| (t / step).round() * step + 180.0;
        let taps = [350.0, 3210.0, 6070.0, 9130.0].map(clock);
        assert_eq!(
            Decision::Signal(id("offline")),
            judge(&outdoor(), &watch(&taps, taps[3])).decision
        );
        let quick = [300.0, 790.0, 1310.0, 1790.0, 2300.0].map(clock);
        assert_eq!(
            Decision::Signal(id("battery-low")),
            judge(&outdoor(), &watch(&quick, quick[4] + 4000.0)).decision
        );
    }
}
