//! In words: a rhythm that was read, and that the device's list does not have.

use super::{Device, Finding};
use crate::text::Texts;

/// What was read, as a sentence: a number code, or flashes in groups. `None` where nothing clear was.
#[must_use]
pub fn reading(finding: &Finding, device: &Device, texts: &Texts) -> Option<String> {
    if let Some(code) = &finding.unlisted {
        return device.unlisted_looks(code).map(str::to_owned);
    }
    let pattern = finding.pattern.as_ref()?;
    let pause = texts.about_seconds(pattern.pause?.get());
    let mut groups = String::new();
    for group in &pattern.groups {
        if !groups.is_empty() {
            groups.push_str(texts.get("pattern.then"));
        }
        groups.push_str(&texts.count("pattern.flashes", group.count.into()));
        if let Some(light) = &group.light {
            groups.push_str(" (");
            groups.push_str(device.light_name(light));
            groups.push(')');
        }
    }
    Some(texts.fill("pattern.again", &[("groups", &groups), ("pause", &pause)]))
}
