use std::collections::BTreeSet;

use base::{Error, Result, Tx};
use uuid::Uuid;

/// The members whom a comment mentions: `@jane@acme.example` in its text, and the ids beside it, which must be members'.
pub async fn resolve(tx: &Tx, text: &str, ids: &[Uuid]) -> Result<BTreeSet<Uuid>> {
    let people = tx.people(ids.iter().copied()).await?;
    if ids.iter().any(|id| !people.get(id).is_some_and(|person| person.is_active)) {
        return Err(Error::fault("/mentions", "unknown_reference", "There is no such member."));
    }
    let written = tx.members_by_email(&addresses(text)).await?;
    Ok(ids.iter().copied().chain(written).collect())
}

/// At most 50 addresses with an `@` before them.
fn addresses(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '<' | '>'));
    let mentioned = words.filter_map(|word| word.strip_prefix('@')).filter(|address| address.contains('@'));
    mentioned.map(|address| address.trim_end_matches(['.', '!', '?', ':']).to_lowercase()).take(50).collect()
}
