//! Colours of the style sheets: what carries meaning can be distinguished from its background, in the light and in the dark (WCAG 1.4.11).
//! Text is checked in the browser, on the finished page.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;

/// Rims, bars and the focus, and their backgrounds.
const PAIRS: [(&str, &str); 10] = [
    ("pad-rim", "paper"),
    ("pad-rim", "pad-face"),
    ("red", "pad-down"),
    ("red", "paper"),
    ("edge", "card"),
    ("edge", "paper"),
    ("accent", "paper"),
    ("accent", "card"),
    ("accent", "pad-face"),
    ("track", "paper"),
];

/// The colours of both sheets by name: `--name: #rgb;` or `--name: var(--led-doctor-name, #rgb);`, in the light or in `@dark`.
fn colours(is_dark: bool) -> BTreeMap<String, [f64; 3]> {
    let sheets = [
        include_str!("../static/element/first.css"),
        include_str!("../static/led-doctor.css"),
    ];
    let mut colours = BTreeMap::new();
    for sheet in sheets {
        let dark = sheet.split_once("@dark {").map(|(_, rest)| rest);
        let dark = dark.and_then(|rest| rest.split_once('}')).unwrap().0;
        let light = sheet.split_once(".ld {").unwrap().1;
        let light = light.split_once('}').unwrap().0;
        for line in if is_dark { dark } else { light }.lines() {
            let Some((name, value)) = line
                .trim()
                .strip_prefix("--")
                .and_then(|line| line.split_once(':'))
            else {
                continue;
            };
            let Some((_, hex)) = value.rsplit_once('#') else {
                continue;
            };
            let hex = hex.trim_end_matches([')', ';']);
            let digits: Vec<f64> = match hex.len() {
                3 => hex
                    .chars()
                    .map(|c| f64::from(c.to_digit(16).unwrap() * 17))
                    .collect(),
                6 => (0..3)
                    .map(|n| {
                        f64::from(
                            u8::from_str_radix(hex.get(2 * n..2 * n + 2).unwrap(), 16).unwrap(),
                        )
                    })
                    .collect(),
                _ => panic!("{line} is no colour"),
            };
            colours.insert(name.to_owned(), digits.try_into().unwrap());
        }
    }
    colours
}

/// The relative luminance of WCAG 2.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = part / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

#[test]
fn colours_can_be_told_from_what_they_stand_on() {
    for is_dark in [false, true] {
        let colours = colours(is_dark);
        for (one, other) in PAIRS {
            let (a, b) = (luminance(colours[one]), luminance(colours[other]));
            let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
            assert!(
                ratio >= 3.0,
                "{one} on {other}, dark: {is_dark}: {ratio:.2} : 1"
            );
        }
    }
}
