//! Mailboxes and what came into them belong to the organisation: whoever has no grant of its scope does not see them.

use base::{Access, Reach, Verb};

use crate::{case_reply, inbox, mailbox};

impl Access for mailbox::Entity {
    const OBJECT: &'static str = "mailbox";
    const REACH: Reach = Reach::Organisation;
}

/// Nobody writes one but a mail server.
impl Access for inbox::Entity {
    const OBJECT: &'static str = "inbound_mail";
    const VERBS: &'static [Verb] = &[Verb::VIEW];
    const REACH: Reach = Reach::Organisation;
}

/// Where a comment went: it is reached through its case alone.
impl Access for case_reply::Entity {
    const OBJECT: &'static str = "case_reply";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}
