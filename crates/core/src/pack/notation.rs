//! The rhythm notation: what a light does, written so that a support writer can read it.
//!
//! `short every 3s` · `short x5..6` · `long x3..5 then short every 3s` · `blue: steady + green: blink` ·
//! `red long x3, pause 1s, white short x2, repeat after 2s` · `red/blue alternate` · `dip x2 every 3s`
//!
//! ```text
//! signal   = layer { "+" layer }                            several lights at the same time
//! layer    = [ light ":" ] ( "dark" | "steady" | rhythm )
//! rhythm   = alternate | item { ("," | "then") item } [ [","] repeat ]
//! item     = group | pause | hold | "(" item { "," item } ")" "x" number
//! group    = [ light ] flash [ count ] { timing }
//! flash    = "short" | "long" | "flash" | "blink" | "pulse" | "burst" | "dip"
//! count    = "x" number [ ".." number ]                     1 to 30
//! timing   = "every" time                                   repeats for ever, start to start
//!          | "lit" time | "on" time                         how long one flash stays lit
//!          | "off" time                                     dark between two flashes
//!          | "apart" time                                   start to start of two flashes
//!          | "next" time                                    last start to the start of what follows
//!          | "at" rate | "very slow" | "slow" | "medium" | "fast" | "flicker"
//!          | "for" time                                     flashes for that long, then no more
//!          | "once"
//! pause    = ( "pause" | "off" ) [ time ]                   dark before what follows
//! hold     = "hold" [ time ] | "steady"                     stays lit after the flashes
//! repeat   = "repeat" [ "after" time | "every" time ] [ "among" "others" ]
//!                                                           the part since the last "then", for ever; "among others":
//!                                                           other codes may be shown between two rounds
//! alternate= light "/" light { "/" light } "alternate" [ "every" time | "at" rate | speed ]
//! time     = number [ ".." number ] ( "s" | "ms" ) [ "±" ( number "%" | number ("s" | "ms") ) ]
//! rate     = number [ ".." number ] "Hz"
//! ```
//!
//! A last item that repeats by itself (`every`, a `blink` without a count) makes all before it an introduction.
//! What is not written is not stated, and the classifier then expects nothing in particular.
//!
//! What this module does not do: it judges neither whether people can follow the rhythm nor what it means.

use crate::id::Id;
use crate::rhythm::{Flash, Flashes, Group, Layer, Show, Span};
use crate::time::within;

/// Why a text is no rhythm, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Byte offset of the trouble.
    pub at: usize,
    /// What is wrong.
    pub what: &'static str,
    /// How to remedy it.
    pub remedy: &'static str,
}

/// The longest text that is looked at, in bytes.
pub const LONGEST: usize = 400;
/// The longest time, in ms: a minute, with its tolerance.
const LONGEST_TIME: f64 = 90_000.0;
const MOST_GROUPS: usize = 64;
const MOST_LAYERS: usize = 8;

/// The words that cannot name a light.
const WORDS: &[&str] = &[
    "short",
    "long",
    "flash",
    "blink",
    "pulse",
    "burst",
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
    "medium",
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
    "s",
    "ms",
    "hz",
];

/// Whether the notation already gives this word a meaning, so that no light can have it for a name.
#[must_use]
pub fn reserved(word: &str) -> bool {
    WORDS.contains(&word) || !word.starts_with(|c: char| c.is_ascii_lowercase())
}

/// Reads a rhythm. `knows` says whether the pack has a light of that name.
///
/// # Errors
/// The first place that cannot be read.
pub fn parse(text: &str, knows: &dyn Fn(&str) -> bool) -> Result<Vec<Layer>, Fault> {
    let mut p = Parser { text, at: 0, knows };
    if text.len() > LONGEST {
        return Err(fault(
            LONGEST,
            "this rhythm is too long",
            "describe it with fewer parts",
        ));
    }
    let mut layers: Vec<Layer> = Vec::new();
    loop {
        p.space();
        let start = p.at;
        let layer = p.layer()?;
        let twice = layers.iter().any(|l| l.light == layer.light);
        if twice || layers.len() == MOST_LAYERS {
            return Err(fault(
                start,
                "two parts of this signal speak of the same light",
                "name a different light before each part, as in \"blue: steady + green: blink\"",
            ));
        }
        layers.push(layer);
        if p.done() {
            return Ok(layers);
        }
        if !p.eat("+") {
            return Err(fault(
                p.at,
                "this cannot be read here",
                "put a comma between flashes and a + between lights",
            ));
        }
    }
}

fn fault(at: usize, what: &'static str, remedy: &'static str) -> Fault {
    Fault { at, what, remedy }
}

const NO_TIME: (&str, &str) = (
    "a time is missing here",
    "write a time with its unit, as in 3s, 250ms or 2..4s",
);
const UNITS: &str = "use s for seconds or ms for milliseconds";
const BAD_RANGE: (&str, &str) = (
    "this time is out of range",
    "stay between 20ms and 90s, the smaller first",
);
const BAD_COUNT: (&str, &str) = (
    "this count is out of range",
    "write x1 to x30, or a range such as x5..6",
);
const NO_FLASH: (&str, &str) = (
    "a flash is missing here",
    "write short, long, flash, blink, pulse, burst or dip, or steady or dark for the whole light",
);

const LONE_SPEED: (&str, &str) = (
    "this speed has no flash",
    "write blink before it, as in blink flicker",
);

const MIXED: (&str, &str) = (
    "dips and flashes cannot be mixed",
    "use dip for all of them (lit, with dark dips) or for none",
);

struct Parser<'a> {
    text: &'a str,
    at: usize,
    knows: &'a dyn Fn(&str) -> bool,
}

/// A group and what its own words say about what comes after it.
struct Item {
    group: Group,
    endless: bool,
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn done(&mut self) -> bool {
        self.space();
        self.at >= self.text.len()
    }

    fn err<T>(&self, (what, remedy): (&'static str, &'static str)) -> Result<T, Fault> {
        Err(fault(self.at, what, remedy))
    }

    fn eat(&mut self, symbol: &str) -> bool {
        self.space();
        let there = self.rest().starts_with(symbol);
        if there {
            self.at += symbol.len();
        }
        there
    }

    /// The word that begins here, without moving on. `x5` is the word `x` and a number.
    fn peek(&mut self) -> &'a str {
        self.space();
        let rest = self.rest();
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or("");
        match word.strip_prefix('x') {
            Some(n) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => "x",
            _ => word,
        }
    }

    fn word(&mut self, word: &str) -> bool {
        let there = self.peek() == word;
        if there {
            self.at += word.len();
        }
        there
    }

    fn light(&mut self) -> Result<Id, Fault> {
        let word = self.peek();
        match Id::new(word) {
            Some(id) if (self.knows)(word) => {
                self.at += word.len();
                Ok(id)
            }
            _ => self.err((
                "neither a word of the notation nor a light of this pack",
                "check the spelling, or add the light to the pack's lights",
            )),
        }
    }

    fn layer(&mut self) -> Result<Layer, Fault> {
        let start = self.at;
        let word = self.peek();
        self.at += word.len();
        let light = if !word.is_empty() && self.eat(":") {
            let after = std::mem::replace(&mut self.at, start);
            let id = self.light()?;
            self.at = after;
            Some(id)
        } else {
            self.at = start;
            None
        };
        let show = if self.word("dark") {
            Show::Dark
        } else if self.word("steady") {
            Show::Steady
        } else {
            Show::Flashes(self.rhythm()?)
        };
        Ok(Layer { light, show })
    }

    fn rhythm(&mut self) -> Result<Flashes, Fault> {
        if let Some(cycle) = self.alternate()? {
            return Ok(Flashes {
                intro: Vec::new(),
                cycle,
                ..Flashes::default()
            });
        }
        let mut intro: Vec<Group> = Vec::new();
        let mut run: Vec<Group> = Vec::new();
        let mut cycle: Vec<Group> = Vec::new();
        let mut inverse = None;
        let mut among = false;
        loop {
            if self.peek() == "repeat" {
                among = self.repeat(&mut run)?;
                cycle = std::mem::take(&mut run);
                break;
            }
            let start = self.at;
            if let Some(dark) = self.pause()? {
                let Some(last) = run.last_mut().or(intro.last_mut()) else {
                    return Err(fault(
                        start,
                        "a pause cannot come first",
                        "begin with a flash",
                    ));
                };
                if let Span::Stated(..) = dark {
                    last.rest = self.sum(lit(last), dark)?;
                }
            } else if self.eat("(") {
                run.extend(self.nested(&mut inverse)?);
            } else if matches!(self.peek(), "hold" | "steady") {
                if *inverse.get_or_insert(false) {
                    return self.err(MIXED);
                }
                run.push(self.hold()?);
            } else {
                let item = self.group(&mut inverse)?;
                if item.endless {
                    intro.append(&mut run);
                    cycle.push(item.group);
                    if self.eat(",") || self.peek() == "then" {
                        return Err(fault(
                            start,
                            "what repeats for ever can only come last",
                            "give it a count and end the whole with repeat; in a list of times part all with commas: on 0.5s, off 0.5s, repeat",
                        ));
                    }
                    break;
                }
                run.push(item.group);
            }
            if intro.len() + run.len() > MOST_GROUPS {
                return Err(fault(
                    start,
                    "this rhythm has too many parts",
                    "describe it with fewer parts",
                ));
            }
            if self.word("then") {
                intro.append(&mut run);
                if self.word("dark") {
                    break;
                }
            } else if !self.eat(",") && self.peek() != "repeat" {
                break;
            }
        }
        intro.append(&mut run);
        Ok(Flashes {
            intro,
            cycle,
            inverse: inverse.unwrap_or(false),
            among,
        })
    }

    fn alternate(&mut self) -> Result<Option<Vec<Group>>, Fault> {
        let start = self.at;
        let word = self.peek();
        self.at += word.len();
        let is = !word.is_empty() && self.eat("/");
        self.at = start;
        if !is {
            return Ok(None);
        }
        let mut lights = vec![self.light()?];
        while self.eat("/") {
            lights.push(self.light()?);
        }
        if !self.word("alternate") || lights.len() > MOST_LAYERS {
            return self.err((
                "the word alternate is missing here",
                "write it as in red/blue alternate",
            ));
        }
        let rest = match self.pace()? {
            Some(pace) => pace,
            None if self.word("every") => self.time()?,
            None => Span::Unstated,
        };
        let group = |light| Group {
            flash: Flash::Any,
            light: Some(light),
            count: (1, 1),
            lit: Span::Unstated,
            every: Span::Unstated,
            rest,
        };
        Ok(Some(lights.into_iter().map(group).collect()))
    }

    fn nested(&mut self, inverse: &mut Option<bool>) -> Result<Vec<Group>, Fault> {
        let mut inner: Vec<Group> = Vec::new();
        loop {
            let start = self.at;
            if let Some(dark) = self.pause()? {
                let Some(last) = inner.last_mut() else {
                    return Err(fault(
                        start,
                        "a pause cannot come first",
                        "begin with a flash",
                    ));
                };
                if let Span::Stated(..) = dark {
                    last.rest = self.sum(lit(last), dark)?;
                }
            } else {
                let item = self.group(inverse)?;
                if item.endless {
                    return Err(fault(
                        start,
                        "what repeats for ever cannot stand in brackets",
                        "give it a count, as in short x3",
                    ));
                }
                inner.push(item.group);
            }
            if !self.eat(",") {
                break;
            }
        }
        if !self.eat(")") {
            return self.err((
                "a closing bracket is missing here",
                "write it as in (long, short x2) x3",
            ));
        }
        let Some((times, most)) = self.count()? else {
            return self.err((
                "how often is missing here",
                "write it as in (long, short x2) x3",
            ));
        };
        if times != most || inner.len().saturating_mul(usize::from(times)) > MOST_GROUPS {
            return self.err((
                "this repeats too often, or not by one number",
                "write one number, as in x3",
            ));
        }
        Ok((0..times).flat_map(|_| inner.iter().cloned()).collect())
    }

    fn group(&mut self, inverse: &mut Option<bool>) -> Result<Item, Fault> {
        let begin = self.at;
        if self.done() {
            return self.err(NO_FLASH);
        }
        let light = if reserved(self.peek()) {
            None
        } else {
            Some(self.light()?)
        };
        let word = self.peek();
        let flash = match word {
            "short" | "dip" => Flash::Short,
            "long" => Flash::Long,
            "pulse" => Flash::Pulse,
            "burst" => Flash::Burst,
            "flash" | "blink" => Flash::Any,
            // `on 365ms` is a flash of that length: makers give bare lists of on and off.
            "on" => Flash::Any,
            "flicker" | "fast" | "medium" | "slow" | "very" => return self.err(LONE_SPEED),
            _ => return self.err(NO_FLASH),
        };
        let dip = word == "dip";
        if inverse.is_some_and(|before| before != dip) {
            return self.err(MIXED);
        }
        *inverse = Some(dip);
        if word != "on" {
            self.at += word.len();
        }
        let counted = self.count()?;
        let group = Group {
            flash,
            light,
            count: counted.unwrap_or((1, 1)),
            ..Group::default()
        };
        let endless = matches!(word, "blink" | "pulse") && counted.is_none();
        let item = self.timed(Item { group, endless }, counted.is_some())?;
        debug_assert!(self.at > begin);
        Ok(item)
    }

    /// The timings that follow a group's flashes.
    fn timed(
        &mut self,
        Item {
            mut group,
            mut endless,
        }: Item,
        counted: bool,
    ) -> Result<Item, Fault> {
        let mut period = None;
        let mut off = None;
        let mut stretch = None;
        loop {
            let start = self.at;
            if let Some(pace) = self.pace()? {
                group.every = pace;
                endless |= !counted;
            } else if self.word("every") {
                period = Some((start, self.time()?));
                endless = true;
            } else if self.word("lit") || self.word("on") {
                group.lit = self.time()?;
            } else if self.word("off") {
                off = Some(self.time()?);
                endless |= !counted;
            } else if self.word("apart") {
                group.every = self.time()?;
                endless |= !counted;
            } else if self.word("next") {
                group.rest = self.time()?;
            } else if self.word("for") {
                stretch = Some(self.time()?);
            } else if self.word("once") {
                endless = false;
            } else {
                break;
            }
            if period.is_some() && !endless {
                return Err(fault(
                    start,
                    "this both repeats and does not",
                    "keep either every or once",
                ));
            }
        }
        if let Some(off) = off {
            group.every = self.sum(lit(&group), off)?;
        }
        if let Some(stretch) = stretch {
            if let Some((_, period)) = period {
                group.every = period;
            }
            group.count = self.lasting(stretch, group.every)?;
            endless = false;
        }
        if endless {
            if let Some((start, period)) = period {
                group.rest = remaining(period, &[], &group).ok_or(fault(
                    start,
                    "so many flashes do not fit in this time",
                    "give a longer time, or fewer flashes",
                ))?;
            } else if group.count == (1, 1) && group.rest == Span::Unstated {
                group.rest = group.every;
            }
        }
        if group.count == (1, 1) {
            group.every = Span::Unstated;
        }
        Ok(Item { group, endless })
    }

    fn pause(&mut self) -> Result<Option<Span>, Fault> {
        if !self.word("pause") && !self.word("off") {
            return Ok(None);
        }
        self.space();
        Ok(Some(if self.number_here() {
            self.time()?
        } else {
            Span::Unstated
        }))
    }

    fn hold(&mut self) -> Result<Group, Fault> {
        let timed = self.word("hold");
        if !timed {
            self.word("steady");
        }
        self.space();
        let lit = if timed && self.number_here() {
            self.time()?
        } else {
            Span::Stated(2_000.0, 60_000.0)
        };
        Ok(Group {
            flash: Flash::Long,
            light: None,
            count: (1, 1),
            lit,
            every: Span::Unstated,
            rest: Span::Unstated,
        })
    }

    /// Whether other codes may be shown in between.
    fn repeat(&mut self, run: &mut [Group]) -> Result<bool, Fault> {
        let start = self.at;
        self.word("repeat");
        let Some((last, before)) = run.split_last_mut() else {
            return Err(fault(
                start,
                "there is nothing here to repeat",
                "write the flashes before repeat",
            ));
        };
        if self.word("after") {
            let dark = self.time()?;
            last.rest = self.sum(lit(last), dark)?;
        } else if self.word("every") {
            let at = self.at;
            let period = self.time()?;
            last.rest = remaining(period, before, last).ok_or(fault(
                at,
                "so many flashes do not fit in this time",
                "give a longer time, or fewer flashes",
            ))?;
        }
        let among = self.word("among");
        if among && !self.word("others") {
            return self.err(("among what?", "write repeat among others"));
        }
        Ok(among)
    }

    fn count(&mut self) -> Result<Option<(u8, u8)>, Fault> {
        if !self.word("x") && !self.eat("×") {
            return Ok(None);
        }
        self.space();
        let start = self.at;
        let fewest = self.number()?;
        let most = if self.eat("..") {
            self.number()?
        } else {
            fewest
        };
        let whole = |n: f64| (1.0..=30.0).contains(&n) && n.fract() == 0.0;
        if !whole(fewest) || !whole(most) || fewest > most {
            return Err(fault(start, BAD_COUNT.0, BAD_COUNT.1));
        }
        Ok(Some((fewest as u8, most as u8)))
    }

    /// A rate or a word for one, as the time from flash to flash.
    fn pace(&mut self) -> Result<Option<Span>, Fault> {
        if self.word("at") {
            self.space();
            let start = self.at;
            let low = self.number()?;
            let high = if self.eat("..") { self.number()? } else { low };
            if !self.word("Hz") && !self.word("hz") {
                return self.err(("the unit is missing here", "write Hz, flashes a second"));
            }
            return self.span(start, 1_000.0 / high, 1_000.0 / low).map(Some);
        }
        let very = self.word("very");
        let (low, high) = match self.peek() {
            "slow" if very => (3_000.0, 8_000.0),
            _ if very => return self.err(("very what?", "write very slow")),
            "slow" => (1_000.0, 3_000.0),
            "medium" => (500.0, 1_000.0),
            "fast" => (200.0, 500.0),
            "flicker" => (20.0, 200.0),
            _ => return Ok(None),
        };
        self.at += self.peek().len();
        Ok(Some(Span::Stated(low, high)))
    }

    fn number_here(&self) -> bool {
        self.rest().starts_with(|c: char| c.is_ascii_digit())
    }

    /// A plain decimal number. Read by hand: the standard reader of floats would be the biggest part of this module.
    fn number(&mut self) -> Result<f64, Fault> {
        self.space();
        if !self.number_here() {
            return self.err((
                "a number is missing here",
                "write it in digits, as in 3 or 0.5",
            ));
        }
        let start = self.at;
        let mut value = 0.0;
        let mut scale = 0.0;
        let mut bytes = self.rest().bytes().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'0'..=b'9' => {
                    value = value * 10.0 + f64::from(byte - b'0');
                    scale *= 10.0;
                }
                b'.' if scale == 0.0 && bytes.peek().is_some_and(u8::is_ascii_digit) => scale = 1.0,
                _ => break,
            }
            self.at += 1;
        }
        if self.at - start > 9 {
            return Err(fault(start, "this number is too long", "round it"));
        }
        Ok(if scale > 0.0 { value / scale } else { value })
    }

    fn unit(&mut self) -> Result<f64, Fault> {
        if self.word("ms") {
            Ok(1.0)
        } else if self.word("s") {
            Ok(1_000.0)
        } else if matches!(self.rest().as_bytes(), [b',', digit, ..] if digit.is_ascii_digit()) {
            self.err(("there is a comma in this number", "write a point: 0.5s"))
        } else {
            self.err(("the unit is missing here", UNITS))
        }
    }

    fn time(&mut self) -> Result<Span, Fault> {
        self.space();
        let start = self.at;
        if !self.number_here() {
            return self.err(NO_TIME);
        }
        let low = self.number()?;
        let high = if self.eat("..") { self.number()? } else { low };
        let unit = self.unit()?;
        let (low, high) = (low * unit, high * unit);
        if self.eat("±") || self.eat("+-") {
            let by = self.number()?;
            let (less, more) = if self.eat("%") {
                (low * by / 100.0, high * by / 100.0)
            } else {
                let by = by * self.unit()?;
                (by, by)
            };
            return self.span(start, low - less, high + more);
        }
        self.span(start, low, high)
    }

    fn span(&self, start: usize, low: f64, high: f64) -> Result<Span, Fault> {
        bounded(low, high).ok_or(fault(start, BAD_RANGE.0, BAD_RANGE.1))
    }

    fn sum(&self, (low, high): (f64, f64), more: Span) -> Result<Span, Fault> {
        match more {
            Span::Stated(l, h) => self.span(self.at, low + l, high + h),
            Span::Unstated => Ok(Span::Unstated),
        }
    }

    /// How many flashes there are in a stretch of time.
    fn lasting(&self, stretch: Span, every: Span) -> Result<(u8, u8), Fault> {
        let (Span::Stated(short, long), (quick, slow)) = (stretch, stated(every, (300.0, 1_000.0)))
        else {
            return self.err(NO_TIME);
        };
        let fewest = within((short / slow).floor(), 1.0, 30.0);
        let most = within((long / quick).ceil(), fewest, 30.0);
        Ok((fewest as u8, most as u8))
    }
}

fn bounded(low: f64, high: f64) -> Option<Span> {
    (low >= 20.0 && low <= high && high <= LONGEST_TIME).then_some(Span::Stated(low, high))
}

fn stated(span: Span, else_: (f64, f64)) -> (f64, f64) {
    match span {
        Span::Stated(low, high) => (low, high),
        Span::Unstated => else_,
    }
}

/// How long a flash stays lit, or what its kind makes likely.
fn lit(group: &Group) -> (f64, f64) {
    stated(
        group.lit,
        match group.flash {
            Flash::Short => (50.0, 500.0),
            Flash::Long => (600.0, 3_000.0),
            Flash::Any => (50.0, 1_000.0),
            Flash::Pulse => (300.0, 3_000.0),
            Flash::Burst => (300.0, 1_000.0),
        },
    )
}

/// From the onset of the first flash to the onset of the last.
fn inside(group: &Group) -> (f64, f64) {
    let (quick, slow) = stated(
        group.every,
        match group.flash {
            Flash::Long | Flash::Pulse | Flash::Burst => (900.0, 3_000.0),
            Flash::Short | Flash::Any => (250.0, 900.0),
        },
    );
    (
        f64::from(group.count.0.saturating_sub(1)) * quick,
        f64::from(group.count.1.saturating_sub(1)) * slow,
    )
}

/// What a period leaves for the time after the last flash. `None` when the flashes do not fit in it.
fn remaining(period: Span, before: &[Group], last: &Group) -> Option<Span> {
    let Span::Stated(mut low, mut high) = period else {
        return Some(Span::Unstated);
    };
    let (low_before, high_before) = (low, high);
    let (least, most) = inside(last);
    low -= most;
    high -= least;
    for group in before {
        let (least, most) = inside(group);
        let (rest_least, rest_most) = stated(group.rest, (300.0, 3_000.0));
        low -= most + rest_most;
        high -= least + rest_least;
    }
    if low == low_before && high == high_before {
        return Some(period);
    }
    // Flashes with no stated pace may be quick: then the pause is long.
    bounded(low.max(high * 0.3), high)
}

#[cfg(not(target_arch = "wasm32"))]
pub use print::print;

/// Writing a rhythm out again: for tools and tests.
#[cfg(not(target_arch = "wasm32"))]
#[path = "notation_print.rs"]
mod print;

#[cfg(test)]
#[path = "notation_tests.rs"]
mod tests;
