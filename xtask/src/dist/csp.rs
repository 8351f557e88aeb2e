//! Inline code in the pages: allowed by its hash, in the page itself and in the headers.

use super::names;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// The page that carries inline code.
const PAGE: &str = "index.html";

/// Puts the hashes of the page's inline scripts and styles into its policy, and writes the headers.
pub fn fill(site: &Path) -> Result<()> {
    let path = site.join(PAGE);
    let html =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (scripts, styles) = (hashes(&html, "script"), hashes(&html, "style"));
    let allowed = |policy: &str| {
        policy
            .replace("script-src 'self'", &format!("script-src 'self'{scripts}"))
            .replace("style-src 'self'", &format!("style-src 'self'{styles}"))
    };
    fs::write(&path, allowed(&html))?;
    let headers = include_str!("_headers");
    let (of_page, of_others) = headers
        .split_once("# Other pages")
        .context("_headers has no part for other pages")?;
    fs::write(
        site.join("_headers"),
        [&allowed(of_page), "# Other pages", of_others].concat(),
    )?;
    Ok(())
}

fn hashes(html: &str, tag: &str) -> String {
    between(html, tag)
        .map(|code| format!(" '{}'", names::integrity(code.as_bytes())))
        .collect()
}

/// The code between tags of a page.
pub fn inline(html: &str) -> impl Iterator<Item = &str> {
    ["script", "style"]
        .into_iter()
        .flat_map(move |tag| between(html, tag))
}

fn between<'h>(html: &'h str, tag: &str) -> impl Iterator<Item = &'h str> {
    let (begin, end) = (format!("<{tag}"), format!("</{tag}>"));
    let parts: Vec<&str> = html.split(&begin).skip(1).collect();
    parts.into_iter().filter_map(move |part| {
        let (attributes, code) = part.split_once('>')?;
        // A tag that names a file holds no code, and structured data is none.
        let code = code.split(&end).next()?;
        let is_code = !attributes.contains("src=") && !attributes.contains("ld+json");
        is_code.then_some(code)
    })
}

#[cfg(test)]
mod tests {
    use super::inline;

    #[test]
    fn inline_code_is_what_stands_between_tags_that_name_no_file() {
        let html = "<style>a{}</style><script src=a.js></script><script>b()</script><p>c</p>";
        assert_eq!(inline(html).collect::<Vec<_>>(), ["b()", "a{}"]);
    }
}
