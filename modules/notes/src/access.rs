//! Comments and files are as visible as the record that they hang on, which a [`Subject`](crate::Subject) proves; so they
//! need no grant of their own. Their author may change them, and so may whoever may change everything.

use base::{Access, Error, Reach, Result, Row, Scope, Tx, Verb};

use crate::{attachment, comment, tag};

impl Access for tag::Entity {
    const OBJECT: &'static str = "tag";
    const REACH: Reach = Reach::Shared;
}

impl Access for comment::Entity {
    const OBJECT: &'static str = "comment";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}

impl Access for attachment::Entity {
    const OBJECT: &'static str = "attachment";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}

/// 403 unless the actor wrote it, or has every grant.
pub fn author_or_admin(tx: &Tx, row: &impl Row) -> Result<()> {
    let author = row.created_by().is_some() && row.created_by() == tx.actor().user();
    let admin = tx.actor().reach("*", "*") == Some(Scope::Org);
    (author || admin).then_some(()).ok_or_else(Error::forbidden)
}
