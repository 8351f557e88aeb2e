//! The line drawings: simple on purpose, and always with words beside them.

use crate::pack::{Drawing, Picture};
use yew::prelude::*;

/// A device.
pub fn drawing(kind: Drawing) -> Html {
    let shape = match kind {
        Drawing::Mini => html! { <>
            <rect x="16" y="6" width="32" height="32" rx="12" /><circle cx="32" cy="21" r="7" /><circle class="drawing-light" cx="42" cy="12" r="2.5" />
            <path d="M32 38v10M20 56c0-6 5-8 12-8s12 2 12 8z" />
        </> },
        Drawing::Camera => html! { <>
            <rect x="10" y="10" width="44" height="44" rx="10" /><circle cx="32" cy="32" r="11" /><circle cx="32" cy="32" r="4" /><circle class="drawing-light" cx="46" cy="18" r="2.5" />
        </> },
        Drawing::Doorbell => html! { <>
            <rect x="20" y="4" width="24" height="56" rx="10" /><circle cx="32" cy="16" r="6" /><circle cx="32" cy="44" r="8" /><circle class="drawing-light" cx="32" cy="44" r="3" />
        </> },
        Drawing::Hub => html! { <>
            <rect x="8" y="22" width="48" height="22" rx="7" /><circle class="drawing-light" cx="20" cy="33" r="3" /><circle class="drawing-light" cx="30" cy="33" r="3" /><path d="M44 44v8h8" />
        </> },
        Drawing::Board => html! { <>
            <rect x="6" y="14" width="52" height="36" rx="4" /><rect x="24" y="26" width="14" height="12" rx="2" /><path d="M12 20h36" /><circle class="drawing-light" cx="12" cy="42" r="2.5" />
        </> },
        Drawing::Laptop => html! { <>
            <rect x="12" y="12" width="40" height="28" rx="3" /><path d="M4 48h56l-4-8H8z" /><circle class="drawing-light" cx="12" cy="45" r="2" />
        </> },
        Drawing::Desktop => html! { <>
            <rect x="18" y="6" width="28" height="52" rx="4" /><path d="M24 14h16M24 20h16" /><circle class="drawing-light" cx="32" cy="34" r="3" />
        </> },
        Drawing::Car => html! { <>
            <path d="M6 42v-8l8-4 6-12h22l8 12 8 3v9z" /><circle cx="19" cy="43" r="5" /><circle cx="45" cy="43" r="5" /><path d="M20 30h28" />
        </> },
        Drawing::Device => html! { <>
            <rect x="12" y="16" width="40" height="32" rx="8" /><circle class="drawing-light" cx="32" cy="32" r="4" />
        </> },
    };
    html! { <svg class="drawing" viewBox="0 0 64 64" aria-hidden="true" focusable="false">{ shape }</svg> }
}

/// What a step means.
pub fn picture(kind: Picture) -> Html {
    let shape = match kind {
        Picture::RouterUnplug => html! { <>
            <rect x="8" y="34" width="56" height="20" rx="5" /><path d="M18 34V18M54 34V18" /><circle class="drawing-light" cx="20" cy="44" r="2.5" />
            <path d="M64 44h14" /><path d="M92 44h18M92 38v12M92 38h-6M92 50h-6" /><path class="drawing-accent" d="M78 34l6 6M84 34l-6 6" />
        </> },
        Picture::Batteries => html! { <>
            <rect x="12" y="14" width="74" height="16" rx="4" /><path d="M86 18h5v8h-5" /><path class="drawing-accent" d="M76 18v8M72 22h8M20 22h8" />
            <rect x="17" y="38" width="74" height="16" rx="4" /><path d="M17 42h-5v8h5" /><path class="drawing-accent" d="M27 42v8M23 46h8M76 46h8" />
        </> },
        Picture::ResetBottom => html! { <>
            <rect x="40" y="6" width="34" height="34" rx="12" /><circle cx="57" cy="22" r="7" /><path d="M57 40v4" />
            <circle class="drawing-light" cx="50" cy="40" r="2.5" /><path class="drawing-accent" d="M38 62l11-18M45 46l4-2 1 4" />
        </> },
        Picture::ResetSide => html! { <>
            <rect x="22" y="20" width="56" height="26" rx="7" /><circle cx="36" cy="33" r="3" /><circle cx="46" cy="33" r="3" />
            <rect class="drawing-light" x="77" y="28" width="4" height="10" rx="2" /><path class="drawing-accent" d="M112 33H86M92 28l-6 5 6 5" />
        </> },
        Picture::QrCode => html! { <>
            <rect x="36" y="6" width="52" height="52" rx="8" /><rect x="44" y="14" width="12" height="12" /><rect x="68" y="14" width="12" height="12" /><rect x="44" y="38" width="12" height="12" />
            <path d="M66 36h6v6h-6zM76 46h4v4h-4zM66 48h4M60 30h4" />
        </> },
        Picture::Distance => html! { <>
            <rect x="4" y="32" width="26" height="14" rx="4" /><path d="M10 32V20" /><rect x="50" y="28" width="18" height="18" rx="4" /><rect x="92" y="26" width="22" height="22" rx="6" /><circle cx="103" cy="37" r="5" />
            <path class="drawing-accent" d="M34 38h10M74 38h12" />
        </> },
    };
    html! { <svg class="picture" viewBox="0 0 120 68" aria-hidden="true" focusable="false">{ shape }</svg> }
}
