//! JSON that the browser itself has written (`JSON.stringify`), as plain data.
//!
//! Reading a pack value by value across the border between JavaScript and wasm takes most of a start; its text crosses in one piece. A
//! general reader of JSON is several times as large as this one: here the text is known to be well formed, so nothing has to be
//! reported. What is not well formed all the same is `None`.

use crate::node::Node;

/// Deeper than any pack or session goes.
const DEEPEST: u32 = 12;
/// What goes deeper than this is not read at all: each level takes room on the stack.
const BOTTOM: u32 = 64;

/// The plain data of a text. What lies too deep is nothing.
#[must_use]
pub fn read(text: &str) -> Option<Node> {
    let mut rest = Rest(text);
    let node = rest.value(0)?;
    rest.0.is_empty().then_some(node)
}

/// What is left to read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn takes(&mut self, begin: &str) -> bool {
        let rest = self.0.strip_prefix(begin);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    /// Up to the first byte that is one of these, which stays.
    fn up_to(&mut self, ends: &[u8]) -> &'a str {
        let end = self.0.bytes().position(|byte| ends.contains(&byte));
        let (before, rest) = self
            .0
            .split_at_checked(end.unwrap_or(self.0.len()))
            .unwrap_or((self.0, ""));
        self.0 = rest;
        before
    }

    fn value(&mut self, depth: u32) -> Option<Node> {
        if depth > BOTTOM {
            return None;
        }
        let node = match self.0.as_bytes().first()? {
            b'"' => Node::Text(self.text()?),
            b'[' => {
                let mut list = Vec::new();
                self.takes("[");
                while !self.takes("]") {
                    list.push(self.value(depth + 1)?);
                    self.takes(",");
                }
                Node::List(list)
            }
            b'{' => {
                let mut table = Vec::new();
                self.takes("{");
                while !self.takes("}") {
                    let key = self.text()?;
                    self.takes(":");
                    table.push((key, self.value(depth + 1)?));
                    self.takes(",");
                }
                Node::Table(table)
            }
            _ => match self.up_to(b",]}") {
                "null" => Node::Nothing,
                "true" => Node::Flag(true),
                "false" => Node::Flag(false),
                number => Node::Number(decimal(number)?),
            },
        };
        Some(if depth < DEEPEST { node } else { Node::Nothing })
    }

    fn text(&mut self) -> Option<String> {
        self.takes("\"").then_some(())?;
        let mut text = String::new();
        loop {
            text.push_str(self.up_to(b"\"\\"));
            if self.takes("\"") {
                return Some(text);
            }
            let (escaped, length) = match self.0.as_bytes().get(1)? {
                b'n' => ("\n", 2),
                b'r' => ("\r", 2),
                b't' => ("\t", 2),
                // A control character, or half a pair: no text that people read has them.
                b'u' => ("\u{fffd}", 6),
                _ => (self.0.get(1..2)?, 2),
            };
            text.push_str(escaped);
            self.0 = self.0.get(length..)?;
        }
    }
}

/// The number of a text like `-12.5`, exact for up to 15 digits. What is so small that it is written with an exponent is 0, as the difference
/// of two times may be; what is so large is larger than any number of a pack or a session may be, and stays so.
fn decimal(text: &str) -> Option<f64> {
    let (mut number, mut scale, mut sign) = (0.0, 1.0, 1.0);
    let mut is_part = false;
    for byte in text.bytes() {
        match byte {
            b'0'..=b'9' => {
                number = 10.0 * number + f64::from(byte - b'0');
                scale *= if is_part { 10.0 } else { 1.0 };
            }
            b'.' => is_part = true,
            b'-' => sign = -1.0,
            b'e' if text.split_once('e')?.1.starts_with('-') => return Some(0.0),
            b'e' => return Some(sign * f64::MAX),
            _ => return None,
        }
    }
    (!text.is_empty()).then_some(sign * number / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_json_writes_is_read_as_it_was() {
        let texts = [
            r#"{"a":[1,2.5,-0.125,120000,0.1],"b":{"c":"é \"x\" \\ \r\n\t","d":null},"e":true,"f":false,"g":[],"h":{},"i":""}"#,
            r#""alone""#,
            "1732701234567",
            "1732701234567.25",
            "[[],[[]],{\"\":{}}]",
        ];
        for text in texts {
            let by_serde: Node = serde_json::from_str(text).unwrap();
            assert_eq!(read(text), Some(by_serde), "{text}");
        }
        assert_eq!(read("5.960464477539063e-8"), Some(Node::Number(0.0)));
        assert_eq!(read("-1e+21"), Some(Node::Number(-f64::MAX)));
        assert_eq!(
            read(r#""a\u0007b""#),
            Some(Node::Text("a\u{fffd}b".to_owned()))
        );
        assert_eq!(read("\"\\ud83d\""), Some(Node::Text("\u{fffd}".to_owned())));
    }

    #[test]
    fn whatever_comes_it_ends() {
        let whole = r#"{"a":["x\u00e9\\",-1.5e-7,null,{"b":[true]}]}"#;
        for end in 0..whole.len() {
            if let Some(torn) = whole.get(..end) {
                assert_eq!(read(torn), None, "{torn}");
            }
        }
        for odd in ["", " ", "nul", "[1", "{\"a\"", "\"\\u12", "[1 2]", "\"a\"x"] {
            assert_eq!(read(odd), None, "{odd}");
        }
        let deep = |levels| "[".repeat(levels) + &"]".repeat(levels);
        assert!(read(&deep(40)).is_some(), "what lies too deep is nothing");
        assert_eq!(read(&deep(100_000)), None);
    }
}
