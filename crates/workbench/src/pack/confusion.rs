//! Which signals tapping cannot tell apart: simulated people at every signal of every model, judged by the
//! classifier that the page uses.
//!
//! The people are the bench's. The lights are made here from the pack's own rhythms: what is stated is kept, what is not is
//! drawn from what such lights do.

use super::load::Folder;
use crate::at_light::{course, with_slips};
use led_doctor_core::pack::{Severity, SignalEntry};
use led_doctor_core::session::Device;
use led_doctor_core::session::drive::is_signal;
use led_doctor_people::dice::Dice;
use led_doctor_people::person::Stress;
use std::collections::BTreeMap;

/// What became of the people at one signal.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// How often they got each verdict: a signal, "unlisted", "none" or "open".
    pub told: BTreeMap<String, u64>,
    /// What they were asked on the way, and how often.
    pub asked: BTreeMap<String, u64>,
    /// How many were led wrong by a wrong answer alone: at the same light, with the same taps, the right answers lead right.
    pub slipped: u64,
    /// How long it took, in ms, when the verdict was right.
    pub took: Vec<f64>,
}

/// All signals of one model.
pub struct Table {
    /// The model.
    pub model: String,
    /// Its name.
    pub name: String,
    /// One row per signal.
    pub rows: Vec<(String, Row)>,
    /// The signals of a danger, and those that are harmless.
    pub dangers: Vec<String>,
    /// See `dangers`.
    pub harmless: Vec<String>,
    /// People for each signal.
    pub people: u64,
}

/// A pair is bad from this share on.
pub const BAD: f64 = 0.02;

/// Simulates every model of a pack that has its own signals.
pub fn tables(folder: &Folder, people: u64) -> Vec<Table> {
    let table = |device: &Device| Table {
        model: device.model_id().to_string(),
        name: device.name().to_owned(),
        rows: rows(device, people),
        dangers: those(device, &[Severity::Stop]),
        harmless: those(device, &[Severity::Normal, Severity::Wait]),
        people,
    };
    folder.devices().iter().map(table).collect()
}

/// The signals whose cause is one of these.
fn those(device: &Device, which: &[Severity]) -> Vec<String> {
    let is = |entry: &&SignalEntry| {
        let cause = device.cause(&entry.id);
        cause.is_some_and(|cause| which.contains(&cause.severity))
    };
    let all = device.signals().iter().filter(is);
    all.map(|entry| entry.id.to_string()).collect()
}

fn rows(device: &Device, people: u64) -> Vec<(String, Row)> {
    let row = |entry: &SignalEntry| {
        let mut row = Row::default();
        for index in 0..people {
            one(device, entry, index, &mut row);
        }
        (entry.id.to_string(), row)
    };
    device.signals().iter().map(row).collect()
}

/// One person at one signal.
fn one(device: &Device, entry: &SignalEntry, index: u64, row: &mut Row) {
    let seed = [device.model_id().as_str(), entry.id.as_str()]
        .concat()
        .bytes()
        .fold(7, |n: u64, b| n.wrapping_mul(31).wrapping_add(u64::from(b)));
    let dice = || Dice::new(seed, index);
    let stress = Stress::default();
    let course = course(device, entry, usize::MAX, &stress, &mut dice());
    let told = course.outcome();
    let is_wrong = |outcome: &str| outcome != entry.id.as_str() && is_signal(outcome);
    if told == entry.id.as_str() {
        row.took.extend(course.decided_at);
    } else if is_wrong(told) {
        let careful = with_slips(device, entry, usize::MAX, &stress, (&mut dice(), 0.0));
        row.slipped += u64::from(!is_wrong(careful.outcome()));
    }
    *row.told.entry(told.to_owned()).or_default() += 1;
    for question in course.asked {
        *row.asked.entry(question.to_string()).or_default() += 1;
    }
}

impl Row {
    /// The share that got this verdict.
    pub fn share(&self, told: &str, people: u64) -> f64 {
        self.told.get(told).copied().unwrap_or(0) as f64 / people.max(1) as f64
    }
}

impl Table {
    /// Whether a verdict of the one at the other takes a danger for harmless.
    pub fn is_dangerous(&self, truth: &str, told: &str) -> bool {
        let has = |all: &[String], id: &str| all.iter().any(|own| own == id);
        has(&self.dangers, truth) && has(&self.harmless, told)
    }

    /// Every pair of signals that people are wrongly led from one to the other in too many cases: first those that take a danger for
    /// harmless, of which one is too many, then the others, worst first.
    pub fn bad(&self) -> Vec<(&str, &str, f64)> {
        let mut bad = Vec::new();
        for (id, row) in &self.rows {
            let mistaken = |told: &&String| *told != id && is_signal(told);
            for told in row.told.keys().filter(mistaken) {
                let share = row.share(told, self.people);
                if share >= BAD || share > 0.0 && self.is_dangerous(id, told) {
                    bad.push((id.as_str(), told.as_str(), share));
                }
            }
        }
        let first = |pair: &(&str, &str, f64)| !self.is_dangerous(pair.0, pair.1);
        bad.sort_by(|a, b| first(a).cmp(&first(b)).then(b.2.total_cmp(&a.2)));
        bad
    }

    /// The table as text.
    pub fn text(&self) -> String {
        let mut text = format!("{} ({})\n", self.name, self.model);
        let width = self
            .rows
            .iter()
            .map(|(id, _)| id.len())
            .max()
            .unwrap_or(0)
            .max(6);
        text += &format!(
            "  {:width$}  right  wrong  slips   none   open  seconds  asked\n",
            "signal"
        );
        let mut right_of_all = 0.0;
        let mut wrong_of_all = 0.0;
        let mut slipped_of_all = 0.0;
        for (id, row) in &self.rows {
            let (right, none, open) = (
                row.share(id, self.people),
                row.share("none", self.people) + row.share("unlisted", self.people),
                row.share("open", self.people),
            );
            let wrong = (1.0 - right - none - open).max(0.0);
            right_of_all += right;
            wrong_of_all += wrong;
            let slipped = row.slipped as f64 / self.people.max(1) as f64;
            slipped_of_all += slipped;
            let mut took = row.took.clone();
            took.sort_by(f64::total_cmp);
            let median = took.get(took.len() / 2).copied().unwrap_or(0.0) / 1_000.0;
            let asked: Vec<String> = row
                .asked
                .iter()
                .map(|(question, n)| {
                    format!(
                        "{question} {}",
                        percent(*n as f64 / self.people.max(1) as f64)
                    )
                })
                .collect();
            text += &format!(
                "  {id:width$}  {:>5}  {:>5}  {:>5}  {:>5}  {:>5}  {median:>7.1}  {}\n",
                percent(right),
                percent(wrong),
                percent(slipped),
                percent(none),
                percent(open),
                asked.join(", ")
            );
        }
        let n = self.rows.len().max(1) as f64;
        text += &format!(
            "  {:width$}  {:>5}  {:>5}  {:>5}\n",
            "all",
            tenth(right_of_all / n),
            tenth(wrong_of_all / n),
            tenth(slipped_of_all / n)
        );
        for (from, to, share) in self.bad() {
            if self.is_dangerous(from, to) {
                text += &format!(
                    "  !! the danger {from} is taken for {to}, which is harmless: {:.1}%\n",
                    share * 100.0
                );
            } else {
                text += &format!("  ! {from} is taken for {to}: {}\n", percent(share));
            }
        }
        text
    }
}

fn tenth(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

fn percent(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// All tables as one page, drawn without any script.
pub fn page(pack: &str, tables: &[Table]) -> String {
    let mut html = String::from(
        "<!doctype html><html lang=en><meta charset=utf-8><title>Confusion report</title>\
         <style>body{font:16px system-ui;margin:2rem;max-width:60rem}text{font:11px system-ui}\
         pre{overflow-x:auto}svg{max-width:100%;height:auto}</style>",
    );
    html += &format!(
        "<h1>{}: which codes can people be told apart?</h1>",
        escape(pack)
    );
    html += "<p>Each row is the signal that was shown, each column what people were told. Darker is more often. \
             The diagonal is right.</p>";
    for table in tables {
        html += &format!(
            "<h2>{}</h2>{}<pre>{}</pre>",
            escape(&table.name),
            drawing(table),
            escape(&table.text())
        );
    }
    html + "</html>\n"
}

fn drawing(table: &Table) -> String {
    let mut columns: Vec<&str> = table.rows.iter().map(|(id, _)| id.as_str()).collect();
    columns.extend(["none", "open"]);
    let (cell, left, top) = (22, 130, 110);
    let (width, height) = (left + cell * columns.len(), top + cell * table.rows.len());
    let mut svg =
        format!("<svg viewBox=\"0 0 {width} {height}\" width={width} height={height} role=img>");
    svg += &format!(
        "<title>Signals shown and told, {}</title>",
        escape(&table.name)
    );
    for (at, column) in columns.iter().enumerate() {
        let x = left + cell * at + cell / 2;
        svg += &format!(
            "<text transform=\"translate({x} {}) rotate(-60)\">{}</text>",
            top - 6,
            escape(column)
        );
    }
    for (line, (id, row)) in table.rows.iter().enumerate() {
        let y = top + cell * line;
        svg += &format!(
            "<text x={} y={} text-anchor=end>{}</text>",
            left - 6,
            y + 15,
            escape(id)
        );
        for (at, column) in columns.iter().enumerate() {
            let share = row.share(column, table.people);
            let fill = match *column {
                _ if column == id => format!("rgb(20 110 60 / {share:.2})"),
                "none" | "open" => format!("rgb(90 90 90 / {share:.2})"),
                _ => format!("rgb(190 20 20 / {:.2})", share.sqrt()),
            };
            svg += &format!(
                "<rect x={} y={y} width={cell} height={cell} fill=\"{fill}\" stroke=\"#ccc\"><title>{} told {}: {}</title></rect>",
                left + cell * at,
                escape(id),
                escape(column),
                percent(share)
            );
        }
    }
    svg + "</svg>"
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_who_takes_a_danger_for_harmless_comes_before_all_others() {
        let row = |told: &[(&str, u64)]| Row {
            told: told.iter().map(|(id, n)| ((*id).to_owned(), *n)).collect(),
            ..Row::default()
        };
        let table = Table {
            model: "furnace".into(),
            name: "Furnace".into(),
            rows: vec![
                ("igniter".into(), row(&[("igniter", 600), ("fan", 400)])),
                (
                    "gas".into(),
                    row(&[("gas", 998), ("idle", 1), ("unlisted", 1)]),
                ),
                // A few who take one for the other are not worth a line.
                ("fan".into(), row(&[("fan", 999), ("igniter", 1)])),
            ],
            dangers: vec!["gas".into()],
            harmless: vec!["idle".into()],
            people: 1000,
        };
        let pairs: Vec<_> = table.bad().iter().map(|pair| (pair.0, pair.1)).collect();
        assert_eq!(pairs, [("gas", "idle"), ("igniter", "fan")]);
        assert!(table.text().contains("!! the danger gas is taken for idle"));
    }
}
