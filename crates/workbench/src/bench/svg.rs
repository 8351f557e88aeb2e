//! Plots of the bench, as plain SVG.

use super::score::Reliability;
use anyhow::{Context, Result};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

/// What each scene was called.
pub fn confusion(path: &Path, rows: &BTreeMap<&str, BTreeMap<String, usize>>) -> Result<()> {
    let columns: BTreeSet<&String> = rows.values().flat_map(BTreeMap::keys).collect();
    let (cell, left, top) = (34, 190, 130);
    let (width, height) = (
        left + cell * columns.len() + 20,
        top + cell * rows.len() + 20,
    );
    let mut svg = head(width, height, "What each light was called, in percent");
    for (x, column) in columns.iter().enumerate() {
        let at = left + cell * x + cell / 2;
        writeln!(
            svg,
            r#"<text x="{at}" y="{}" transform="rotate(-50 {at} {})">{column}</text>"#,
            top - 8,
            top - 8
        )?;
    }
    for (y, (name, called)) in rows.iter().enumerate() {
        let at = top + cell * y;
        let all: usize = called.values().sum();
        writeln!(
            svg,
            r#"<text x="{}" y="{}" text-anchor="end">{name}</text>"#,
            left - 8,
            at + cell / 2 + 4
        )?;
        for (x, column) in columns.iter().enumerate() {
            let share = called.get(*column).copied().unwrap_or(0) as f64 / all.max(1) as f64;
            let (x, ink) = (left + cell * x, if share > 0.5 { "#fff" } else { "#111" });
            writeln!(
                svg,
                r##"<rect x="{x}" y="{at}" width="{cell}" height="{cell}" fill="#1a4e8a" fill-opacity="{share:.3}" stroke="#ccc"/>"##
            )?;
            if share > 0.0005 {
                writeln!(
                    svg,
                    r#"<text x="{}" y="{}" text-anchor="middle" fill="{ink}">{:.1}</text>"#,
                    x + cell / 2,
                    at + cell / 2 + 4,
                    share * 100.0
                )?;
            }
        }
    }
    save(path, svg)
}

/// How often it was right, by how sure it was.
pub fn reliability(path: &Path, reliability: &Reliability) -> Result<()> {
    let mut svg = head(440, 440, "Right, by how sure");
    let at = |p: f64| 40.0 + 360.0 * p;
    writeln!(
        svg,
        r##"<path d="M40 400 L400 40" stroke="#999" stroke-dasharray="4"/><rect x="40" y="40" width="360" height="360" fill="none" stroke="#333"/>"##
    )?;
    let most = reliability.bins.iter().map(|b| b.0).max().unwrap_or(1) as f64;
    for (n, sum, right) in reliability.bins.iter().filter(|b| b.0 > 0) {
        let (said, was) = (sum / *n as f64, *right as f64 / *n as f64);
        let radius = 3.0 + 9.0 * (*n as f64 / most).sqrt();
        writeln!(
            svg,
            r##"<circle cx="{:.1}" cy="{:.1}" r="{radius:.1}" fill="#1a4e8a" fill-opacity="0.7"><title>said {said:.3}, was {was:.3}, {n} times</title></circle>"##,
            at(said),
            440.0 - at(was)
        )?;
    }
    writeln!(
        svg,
        r#"<text x="220" y="428" text-anchor="middle">probability said</text><text x="14" y="220" transform="rotate(-90 14 220)" text-anchor="middle">share right (expected error {:.4})</text>"#,
        reliability.error()
    )?;
    save(path, svg)
}

fn head(width: usize, height: usize, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" font-family=\"sans-serif\" font-size=\"11\"><title>{title}</title><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    )
}

fn save(path: &Path, mut svg: String) -> Result<()> {
    svg.push_str("</svg>\n");
    std::fs::write(path, svg).with_context(|| format!("cannot write {}", path.display()))
}
