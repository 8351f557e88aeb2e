//! What is remembered on the device, and what other tabs do to it.

use super::{App, Options};
use crate::session::Stage;
use crate::time::Wall;
use crate::web::storage;

impl App {
    /// Remembers the open session.
    pub(super) fn remember(&mut self, options: &Options) {
        if let Some((_, session)) = self
            .at
            .as_mut()
            .filter(|(_, session)| options.remember && !session.is_fresh())
        {
            self.kept &= storage::save(session);
            // Said once, and not on the pad, where what stands under a finger must not move.
            if !self.kept && self.unkept.is_none() && session.stage != Stage::Tap {
                self.unkept = Some(true);
            }
        }
    }

    /// Forgets an earlier session; a discarded one it brings back.
    pub(super) fn discard(&mut self, began: Wall) {
        if !self.discarded.contains(&began) {
            self.discarded.push(began);
            storage::discard(began);
            return;
        }
        self.discarded.retain(|other| *other != began);
        let mut earlier = self.earlier.iter_mut();
        if let Some(session) = earlier.find(|session| session.began == began) {
            self.kept &= storage::save(session);
            // It is remembered, not open.
            storage::close();
        }
    }

    /// Reads what was begun earlier.
    pub(super) fn list(&mut self, options: &Options) {
        self.discarded.clear();
        self.earlier = if options.remember {
            storage::all()
        } else {
            Vec::new()
        };
    }

    /// Goes on from where another tab, or another element of this page, has led the session meanwhile. Whether it has: then what
    /// was on screen is not so any more, and what was pressed there was meant for something else.
    pub(super) fn catch_up(&mut self, options: &Options) -> bool {
        let stands = self.at.as_ref().filter(|_| options.remember);
        stands.is_some_and(|(_, own)| storage::revision(own.began) != Some(own.revision))
            && self.adopt(options)
    }

    /// Another tab may have gone on with the same session: the later one stands.
    fn adopt(&mut self, options: &Options) -> bool {
        let Some((device, session)) = &mut self.at else {
            return false;
        };
        let stored = storage::begun(session.began);
        // Another tab forgot it: then it is forgotten here as well, and not written back.
        if stored.is_none() && self.kept && !session.is_fresh() {
            self.at = None;
            self.list(options);
            return true;
        }
        let later = stored.filter(|stored| stored.revision > session.revision);
        match later.and_then(|later| later.revived(device)) {
            Some(later) => {
                *session = later;
                true
            }
            None => false,
        }
    }
}
