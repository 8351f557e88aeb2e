//! The rhythm notation under any input: never a panic, faults at a place in the text, and what is printed is read again.

use led_doctor_core::id::Id;
use led_doctor_core::pack::notation::{parse, print};
use led_doctor_core::rhythm::{Flash, Flashes, Group, Layer, Show, Span};
use proptest::prelude::*;

const LIGHTS: [&str; 4] = ["red", "blue", "top-left", "l2"];

fn knows(light: &str) -> bool {
    LIGHTS.contains(&light)
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        Just(Span::Unstated),
        (20u32..=60_000, 0u32..=40_000).prop_map(|(low, more)| {
            Span::Stated(f64::from(low), f64::from((low + more).min(60_000)))
        }),
    ]
}

fn light() -> impl Strategy<Value = Option<Id>> {
    prop_oneof![
        Just(None),
        prop::sample::select(&LIGHTS[..]).prop_map(Id::new)
    ]
}

fn group(dips: bool) -> impl Strategy<Value = Group> {
    let flash = if dips {
        Just(Flash::Short).boxed()
    } else {
        prop::sample::select(vec![Flash::Short, Flash::Long, Flash::Pulse, Flash::Any]).boxed()
    };
    (flash, light(), 1u8..=30, 0u8..=29, span(), span(), span()).prop_map(
        |(flash, light, fewest, more, lit, every, rest)| {
            let count = (fewest, (fewest + more).min(30));
            // A single flash has no gap within it.
            let every = if count == (1, 1) {
                Span::Unstated
            } else {
                every
            };
            Group {
                flash,
                light,
                count,
                lit,
                every,
                rest,
            }
        },
    )
}

fn show() -> impl Strategy<Value = Show> {
    let rhythm = any::<bool>().prop_flat_map(|inverse| {
        let groups = |fewest| prop::collection::vec(group(inverse), fewest..4);
        let all = (groups(0), groups(0), group(inverse), any::<bool>());
        all.prop_map(move |(mut intro, cycle, one, among)| {
            let among = among && !cycle.is_empty();
            if intro.is_empty() && cycle.is_empty() {
                intro.push(one);
            }
            Show::Flashes(Flashes {
                intro,
                cycle,
                inverse,
                among,
            })
        })
    });
    prop_oneof![1 => Just(Show::Dark), 1 => Just(Show::Steady), 6 => rhythm]
}

fn layers() -> impl Strategy<Value = Vec<Layer>> {
    let one = (light(), show()).prop_map(|(light, show)| vec![Layer { light, show }]);
    let several = prop::collection::vec(show(), 1..=LIGHTS.len()).prop_map(|shows| {
        let named = shows.into_iter().zip(LIGHTS);
        named
            .map(|(show, light)| Layer {
                light: Id::new(light),
                show,
            })
            .collect()
    });
    prop_oneof![one, several]
}

/// Text made of the notation's own words: gets further into the parser than any letters would.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "short",
        "long",
        "flash",
        "blink",
        "pulse",
        "dip",
        "dark",
        "steady",
        "hold",
        "pause",
        "off",
        "on",
        "lit",
        "every",
        "apart",
        "next",
        "at",
        "very",
        "slow",
        "fast",
        "flicker",
        "for",
        "once",
        "then",
        "repeat",
        "after",
        "among",
        "others",
        "alternate",
        "x",
        "x5",
        "x3..5",
        "x0",
        "×2",
        "3s",
        "250ms",
        "2..4s",
        "9999999999s",
        "0.5s",
        "5s±10%",
        "±",
        "2Hz",
        "..",
        ".",
        "(",
        ")",
        ",",
        "+",
        ":",
        "/",
        "red",
        "blue",
        "red:",
        "red/blue",
        "é",
        "\u{202e}",
        "",
    ]);
    prop::collection::vec(word, 0..24).prop_map(|words| words.join(" "))
}

fn survives(text: &str) -> Result<(), TestCaseError> {
    match parse(text, &knows) {
        Ok(layers) => prop_assert!(!layers.is_empty()),
        Err(fault) => {
            prop_assert!(text.is_char_boundary(fault.at.min(text.len())) && fault.at <= text.len())
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(layers in layers()) {
        let text = print(&layers);
        // The notation has a longest text; what is longer is refused, not misread.
        if text.len() <= led_doctor_core::pack::notation::LONGEST {
            prop_assert_eq!(parse(&text, &knows), Ok(layers), "{}", text);
        } else {
            prop_assert!(parse(&text, &knows).is_err());
        }
    }

    #[test]
    fn no_letters_break_it(text in ".{0,80}") {
        survives(&text)?;
    }

    #[test]
    fn no_words_break_it(text in words()) {
        survives(&text)?;
    }
}
