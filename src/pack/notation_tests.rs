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
        Err(fault) => panic!("{text}: at {}: {}; {}", fault.at, fault.what, fault.mend),
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
    check("pulse very slow", "flash x1 next 3000..8000ms, repeat");
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
}

#[test]
fn faults_point_at_their_place() {
    refused("", 0, "flash is missing");
    refused("shart every 3s", 0, "neither a word");
    refused("short every", 11, "time is missing");
    refused("short every 3", 13, "unit");
    refused("short every 3m", 13, "unit");
    refused("short every 90s", 12, "out of range");
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
    refused("short every 9999999999s", 12, "too long");
    refused("repeat", 0, "nothing here to repeat");
}
