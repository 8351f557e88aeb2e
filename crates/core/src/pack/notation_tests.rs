//! The notation: what each way of writing means, and what is refused, where.

use super::*;

fn knows(light: &str) -> bool {
    ["red", "blue", "green", "amber", "white"].contains(&light)
}

/// What a text means, in the plainest words of the notation.
fn check(text: &str, plain: &str) {
    match parse(text, &knows) {
        Ok(layers) => {
            assert_eq!(print(&layers), plain, "{text}");
            assert_eq!(
                parse(plain, &knows).as_ref(),
                Ok(&layers),
                "{plain} is not read as {text}"
            );
        }
        Err(fault) => panic!("{text}: at {}: {}; {}", fault.at, fault.what, fault.remedy),
    }
}

fn refused(text: &str, at: usize, what: &str) {
    match parse(text, &knows) {
        Ok(layers) => panic!("{text} was read as {}", print(&layers)),
        Err(fault) => assert!(
            fault.at == at && fault.what.contains(what),
            "{text}: {fault:?}"
        ),
    }
}

#[test]
fn plain_lights() {
    check("steady", "steady");
    check("dark", "dark");
    check(" red : steady ", "red: steady");
    check(
        "blue: steady + green: blink",
        "blue: steady + green: flash x1, repeat",
    );
    check(
        "red: dark + blue: dark + green: steady",
        "red: dark + blue: dark + green: steady",
    );
}

#[test]
fn counts_and_periods() {
    check("short", "short x1");
    check("short once", "short x1");
    check("short every 3s", "short x1 next 3000ms, repeat");
    check(
        "short every 2.5..3.5s",
        "short x1 next 2500..3500ms, repeat",
    );
    check("short every 3s ± 10%", "short x1 next 2700..3300ms, repeat");
    check(
        "short every 3s +-200ms",
        "short x1 next 2800..3200ms, repeat",
    );
    check("short x5..6", "short x5..6");
    check("blink", "flash x1, repeat");
    check("blink x5", "flash x5");
    check(
        "long x3..5, short every 3s",
        "long x3..5 then short x1 next 3000ms, repeat",
    );
    check(
        "long x3..5 then short every 3s",
        "long x3..5 then short x1 next 3000ms, repeat",
    );
    check(
        "long x2, short x3, repeat after 2s",
        "long x2, short x3 next 2050..2500ms, repeat",
    );
    check(
        "short x2 apart 500ms every 5s",
        "short x2 apart 500ms next 4500ms, repeat",
    );
    check("short x4 every 5s", "short x4 next 2300..4250ms, repeat");
    check(
        "short x10 then long, short x2 repeat",
        "short x10 then long x1, short x2, repeat",
    );
}

#[test]
fn exact_lengths() {
    check(
        "short x12 on 0.25s off 0.25s, pause 1.5s, repeat",
        "short x12 lit 250ms apart 500ms next 1750ms, repeat",
    );
    check(
        "on 365ms, off 365ms, on 1.25s, off 365ms, repeat",
        "flash x1 lit 365ms next 730ms, flash x1 lit 1250ms next 1615ms, repeat",
    );
    check(
        "blink on 1s off 1s",
        "flash x1 lit 1000ms next 2000ms, repeat",
    );
    check("blink at 2Hz", "flash x1 next 500ms, repeat");
    check("blink at 2..4Hz", "flash x1 next 250..500ms, repeat");
    check("blink fast", "flash x1 next 200..500ms, repeat");
    check(
        "burst x3 apart 1.2s, repeat after 8s",
        "burst x3 apart 1200ms next 8300..9000ms, repeat",
    );
    check("pulse very slow", "pulse x1 next 3000..8000ms, repeat");
    check(
        "pulse x2, pause 1s, repeat",
        "pulse x2 next 1300..4000ms, repeat",
    );
    check("short x5 slow", "short x5 apart 1000..3000ms");
}

#[test]
fn colours_and_ends() {
    check("red/blue alternate", "red flash x1, blue flash x1, repeat");
    check(
        "red/blue alternate every 1s",
        "red flash x1 next 1000ms, blue flash x1 next 1000ms, repeat",
    );
    check(
        "red long x3, pause 1s, white short x2, repeat after 2s",
        "red long x3 next 1600..4000ms, white short x2 next 2050..2500ms, repeat",
    );
    check(
        "amber flash x2, pause, white flash x3, repeat",
        "amber flash x2, white flash x3, repeat",
    );
    check("dip every 3s", "dip x1 next 3000ms, repeat");
    check(
        "dip x2 apart 300ms every 3s",
        "dip x2 apart 300ms next 2700ms, repeat",
    );
    check(
        "blink x3 then steady",
        "flash x3, long x1 lit 2000..60000ms",
    );
    check(
        "blink x3, hold 2s, repeat",
        "flash x3, long x1 lit 2000ms, repeat",
    );
    check("blink for 5s", "flash x5..17");
    check("blink every 1s for 5s", "flash x5 apart 1000ms");
    check("blink at 1Hz for 5s", "flash x5 apart 1000ms");
    check(
        "(long, short x2) x2, repeat after 3s",
        "long x1, short x2, long x1, short x2 next 3050..3500ms, repeat",
    );
    check("short x3 then dark", "short x3");
    check(
        "long x2, short x3, repeat after 2s among others",
        "long x2, short x3 next 2050..2500ms, repeat among others",
    );
}

#[test]
fn faults_point_at_their_place() {
    refused("", 0, "flash is missing");
    refused("shart every 3s", 0, "neither a word");
    refused("short every", 11, "time is missing");
    refused("short every 3", 13, "unit");
    refused("short every 3m", 13, "unit");
    refused("short every 91s", 12, "out of range");
    refused("short every 5ms", 12, "out of range");
    refused("short x0", 7, "count");
    refused("short x6..5", 7, "count");
    refused("short x31", 7, "count");
    refused("purple: steady", 0, "neither a word");
    refused("blue: steady + blue: blink", 15, "same light");
    refused("steady + blink", 9, "same light");
    refused("pause 3s", 0, "pause cannot come first");
    refused("blink, short x3", 0, "only come last");
    refused("short x20 apart 1s every 3s", 19, "do not fit");
    refused("dip x2, short", 8, "mixed");
    refused("short x3 short", 9, "cannot be read");
    refused("red/blue", 8, "alternate");
    refused("(long, short", 12, "closing bracket");
    refused("(long x3, long) x40", 17, "out of range");
    refused("short very", 10, "very what");
    refused("short x2, repeat among", 22, "among what");
    refused("short every 9999999999s", 12, "too long");
    refused("repeat", 0, "nothing here to repeat");
}

/// What real packs ask of the notation, each with the rhythm that it means. What is no matter of rhythm (models, causes,
/// questions, evidence, scenarios) the pack format says, and its own tests hold it.
#[test]
fn every_rhythm_that_makers_state_can_be_written() {
    for (need, text, plain) in [
        ("a count in a range", "short x5..6", "short x5..6"),
        (
            "groups in order, long first",
            "long x3, short x5, repeat after 2s",
            "long x3, short x5 next 2050..2500ms, repeat",
        ),
        (
            "groups in order, short first",
            "short x3, long, repeat",
            "short x3, long x1, repeat",
        ),
        (
            "lengths stated beside the class",
            "long x2 lit 0.6..1.2s",
            "long x2 lit 600..1200ms",
        ),
        (
            "a gap within a group, a pause between groups, one before it comes again",
            "short x2 apart 0.5s ±10%, pause 1s, long x3, repeat after 2s",
            "short x2 apart 450..550ms next 1050..1500ms, long x3 next 2600..5000ms, repeat",
        ),
        (
            "a tolerance in time",
            "short every 3s ±200ms",
            "short x1 next 2800..3200ms, repeat",
        ),
        (
            "a time that nobody states",
            "short x2, pause, short x3, repeat",
            "short x2, short x3, repeat",
        ),
        (
            "very slow",
            "blink very slow",
            "flash x1 next 3000..8000ms, repeat",
        ),
        ("slow", "blink slow", "flash x1 next 1000..3000ms, repeat"),
        (
            "medium",
            "blink medium",
            "flash x1 next 500..1000ms, repeat",
        ),
        ("fast", "blink fast", "flash x1 next 200..500ms, repeat"),
        (
            "too fast to count",
            "blink flicker",
            "flash x1 next 20..200ms, repeat",
        ),
        (
            "a speed of the pack's own",
            "blink at 1..2Hz",
            "flash x1 next 500..1000ms, repeat",
        ),
        ("once and no more", "short x4 then dark", "short x4"),
        ("lit", "steady", "steady"),
        ("dark", "dark", "dark"),
        (
            "dips in a light",
            "dip x2 apart 300ms every 3s",
            "dip x2 apart 300ms next 2700ms, repeat",
        ),
        (
            "swelling and fading",
            "pulse every 4s",
            "pulse x1 next 4000ms, repeat",
        ),
        (
            "flashes for a while, then a hold",
            "blink every 1s for 5s then steady",
            "flash x5 apart 1000ms, long x1 lit 2000..60000ms",
        ),
        (
            "a colour for each group",
            "red long x3, white short x2, repeat",
            "red long x3, white short x2, repeat",
        ),
        (
            "colours in turn",
            "red/blue alternate every 1s",
            "red flash x1 next 1000ms, blue flash x1 next 1000ms, repeat",
        ),
        (
            "several lights",
            "blue: steady + green: blink",
            "blue: steady + green: flash x1, repeat",
        ),
        (
            "something first, then a tail",
            "long x5 then short every 3s",
            "long x5 then short x1 next 3000ms, repeat",
        ),
        (
            "a run that announces the digits",
            "short x10 fast, pause 2s, long x2, short x3, repeat",
            "short x10 apart 200..500ms next 2050..2500ms, long x2, short x3, repeat",
        ),
        (
            "a mark at the start and at the end",
            "hold 5s, pause 1s, short x12 on 0.25s off 0.25s, pause 1.5s, hold 1.5s, repeat",
            "long x1 lit 5000ms next 6000ms, short x12 lit 250ms apart 500ms next 1750ms, long x1 lit 1500ms, repeat",
        ),
        (
            "groups of groups",
            "(long, short x2) x2, repeat",
            "long x1, short x2, long x1, short x2, repeat",
        ),
        (
            "several codes, one after the other",
            "long x4, short, repeat among others",
            "long x4, short x1, repeat among others",
        ),
        (
            "an exact list",
            "on 365ms, off 365ms, on 1.25s, off 365ms, repeat",
            "flash x1 lit 365ms next 730ms, flash x1 lit 1250ms next 1615ms, repeat",
        ),
    ] {
        let read = parse(text, &knows).map(|layers| print(&layers));
        assert_eq!(read.as_deref(), Ok(plain), "{need}");
    }
}
