//! What a solution is called in addresses.

use base::{Result, Tx};
use sea_orm::ColumnTrait;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::solution::{Column, Entity};

/// Shorter than the column, to leave room for a number.
const LONGEST: usize = 80;

/// The plain letters and digits of a text with single hyphens between; empty when it has none.
pub fn of(text: &str) -> String {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let words: Vec<&str> = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let cut: String = words.join("-").chars().take(LONGEST).collect();
    cut.trim_end_matches('-').to_owned()
}

/// A slug for this title that no other solution has. Of two who ask at once, one is told that it was taken.
pub async fn free(tx: &Tx, title: &str) -> Result<String> {
    let slug = Some(of(title)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| "solution".to_owned());
    let numbered = (2..=20).map(|number| format!("{slug}-{number}"));
    let candidates: Vec<String> = [slug.clone()].into_iter().chain(numbered).collect();
    let taken = tx.find::<Entity>().filter(Column::Slug.is_in(&candidates)).all(candidates.len() as u64).await?;
    let free = candidates.into_iter().find(|candidate| taken.iter().all(|solution| solution.slug != *candidate));
    Ok(free.unwrap_or_else(|| format!("{slug}-{:08x}", tx.id().as_u128() & 0xffff_ffff)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_what_is_left_of_a_title() {
        assert_eq!(of("How to read the meter?"), "how-to-read-the-meter");
        assert_eq!(of("  Größe & Maß – step by step "), "große-maß-step-by-step");
        assert_eq!(of("Ünïcode"), "unicode");
        assert_eq!(of("!!"), "");
        assert_eq!(of(&format!("{} b", "a".repeat(79))), "a".repeat(79));
        assert_eq!(of(&of("Größe & Maß")), of("Größe & Maß"), "its own slug");
    }
}
