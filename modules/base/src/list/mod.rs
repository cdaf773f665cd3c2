//! Lists, one way everywhere: `search`, named filters, `sort`, `limit` with `cursor` or `offset`, and a count that never
//! gets slow. What a module offers is data ([`Listed`]), and the document, the checks and the SQL all come from it.

mod cursor;
mod filter;
mod listing;
mod page;
mod sort;
#[cfg(test)]
mod tests;

pub(crate) use cursor::Cursor;
pub use filter::{Filter, link};
pub use listing::{Listing, MARK};
pub(crate) use page::Cut;
pub use page::Page;
pub(crate) use sort::Asked;
pub use sort::Sort;

use crate::record::Record;

/// What a list can be filtered and sorted by: closed lists, so that nothing can be guessed by filtering.
pub trait Listed: Record {
    /// Where its list is: `/api/leads`. A record of it is there under its id.
    const PATH: &'static str;

    /// Whether the rows have a `search_text`.
    const SEARCHED: bool = false;
    /// The columns, beside those of every record, that the twin of the table has: the lists of those who do not see
    /// everything are fast as long as they filter by these alone.
    const REACHED: &'static [&'static str] = &[];

    fn filters() -> Vec<Filter>;

    /// The first one, descending, is the order when none is asked for.
    fn sorts() -> Vec<Sort>;
}

/// The most rows of one answer.
pub const MOST: u64 = 200;
/// Rows of an answer when no `limit` is given.
pub const USUAL: u64 = 20;
/// How far a list counts.
pub const COUNTED: u64 = 10_000;
/// How far a client can jump by `offset`; a `cursor` goes further, and faster.
pub const FARTHEST: u64 = 10_000;
