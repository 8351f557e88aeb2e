//! Device packs: what a maker's lights mean and what to do about it.
