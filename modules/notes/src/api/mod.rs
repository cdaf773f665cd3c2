mod activity;
mod attachments;
mod comments;
mod tags;

pub use activity::ActivityApi;
pub use attachments::{AttachmentsApi, FilesApi};
pub use comments::{CommentsApi, ThreadApi};
pub(crate) use comments::{hear, write as write_comment};
pub use tags::TagsApi;

use std::collections::HashMap;

use base::{Error, Result, Tx};
use uuid::Uuid;

/// The names of whoever wrote these rows.
async fn names(tx: &Tx, users: impl Iterator<Item = Option<Uuid>>) -> Result<HashMap<Uuid, String>> {
    let people = tx.people(users.flatten().collect::<std::collections::BTreeSet<_>>()).await?;
    Ok(people.into_iter().map(|(id, person)| (id, person.name)).collect())
}

/// How many a list of notes shows at once: 1 to 200, 50 when nothing is said.
fn limit(asked: Option<u64>) -> Result<u64> {
    let limit = asked.unwrap_or(50);
    let fits = (1..=200).contains(&limit);
    fits.then_some(limit).ok_or_else(|| Error::bad_request("invalid_parameter", "`limit` is a number from 1 to 200."))
}
