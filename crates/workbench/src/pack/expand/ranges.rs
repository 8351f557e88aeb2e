//! Codes that mean the same: `"2-1..5"` stands for 2-1, 2-2, 2-3, 2-4 and 2-5.

use crate::pack::tree::{Fault, Node, Value};

/// How an editor knows a code, or several.
pub const PATTERN: &str = "^[0-9]{1,2}(-[0-9]{1,2})?(\\.\\.[0-9]{1,2})?$";

/// Writes the ranges out in the tables of codes of every model, and in what a model leaves out. In structure and words alike, before
/// the two are laid together.
pub fn write_out(tree: &mut Node, faults: &mut Vec<Fault>) {
    let Some(models) = tree.table_mut("model") else {
        return;
    };
    for (_, model) in models {
        if let Some(codes) = model.table_mut("code") {
            let written = std::mem::take(codes);
            for (id, code) in written {
                for id in each(&id, &code, faults) {
                    codes.push((id, code.clone()));
                }
            }
        }
        if let Some(Node {
            value: Value::List(ids),
            ..
        }) = model.get_mut("without")
        {
            let written = std::mem::take(ids);
            for node in written {
                let text = node.text().unwrap_or("").to_owned();
                for id in each(&text, &node, faults) {
                    ids.push(Node {
                        value: Value::Text(id),
                        ..node.clone()
                    });
                }
            }
        }
    }
}

/// The codes that an id stands for: itself, where it is no range.
fn each(id: &str, node: &Node, faults: &mut Vec<Fault>) -> Vec<String> {
    let Some((from, last)) = id.split_once("..") else {
        return vec![id.to_owned()];
    };
    let (before, first) = match from.rsplit_once('-') {
        Some((digit, first)) => (format!("{digit}-"), first),
        None => (String::new(), from),
    };
    match (first.parse::<u8>(), last.parse::<u8>()) {
        (Ok(first), Ok(last)) if first < last && last <= 30 => {
            (first..=last).map(|n| format!("{before}{n}")).collect()
        }
        _ => {
            faults.push(Fault {
                place: node.key.clone(),
                what: format!("{id} is no range of codes"),
                remedy: "write the first and the last, as in \"2-1..5\" or \"6..9\", up to 30"
                    .into(),
            });
            Vec::new()
        }
    }
}
