//! Notes are what hangs on a record of any kind: assignees, teams, tags, comments, files and the timeline.
//!
//! A module says what its record is called ([`Noted`]) and the binary lists it; the endpoints are here, once. A comment is an
//! internal note or public, on a record of any kind; a record hears of each by [`Noted::commented`].

mod subject;
mod ties;
mod tied;
mod carry;
mod moved;
mod living;
mod filters;
mod access;
mod tag;
mod tagging;
mod assignment;
mod comment;
mod mention;
mod mentions;
mod attachment;
mod attach_to;
mod view;
mod api;
mod jobs;
mod sweep;

pub use api::{ActivityApi, AttachmentsApi, CommentsApi, FilesApi, TagsApi, ThreadApi};
pub use attach_to::attach_to;
pub use carry::carry;
pub use comment_on::{Public, comment_on, said_in_public, say_on};
pub use filters::{filters, first_own, own};
pub use living::living_ties;
pub use moved::{Moved, move_all, move_back};
pub use subject::{Noted, Said, Subject, Subjects};
pub use sweep::SweepFiles;
pub use tag::Entity as Tag;
pub use tied::{TagRef, Tied, tied, tied_and};
pub use ties::{News, Retied, Ties, assign_many, assignees, is_assigned, tag_ids};

pub use view::Visibility;

mod comment_on;

/// The web client's page of a kind of record: `leads` for `lead`.
pub fn page_of(kind: &str) -> String {
    match kind.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{kind}s"),
    }
}
