use base::{Access, Reach};

use crate::{event::Entity, feed, times};

impl Access for Entity {
    const OBJECT: &'static str = "event";
    const REACH: Reach = Reach::Assignment;
}

impl Access for times::Entity {
    const OBJECT: &'static str = "event";
    /// When somebody is busy, everyone in the organisation may know.
    const REACH: Reach = Reach::Shared;
}

impl Access for feed::Entity {
    const OBJECT: &'static str = "event_feed";
    /// Reached only as one's own.
    const REACH: Reach = Reach::Subject;
}
