//! Search by the beginnings of words, the same on both engines: the words are made here, not by a database's parser.

use sea_orm::{
    Condition, QueryFilter, QuerySelect, Select,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::{
    error::Result,
    find::{self, FAR, Ids, Way},
    record::Record,
    tx::Tx,
};

/// Longer words are found by their first 64 characters.
const LONGEST: usize = 64;

/// Up to this many hits drive a search; beyond, its order does. Gathering them takes a tenth of a second at worst, and
/// walking from the newest row to hits that are all old takes seconds.
const RARE: u64 = FAR - 1;

/// What a row is found by: the words of its texts, each once, joined by one space.
pub fn text<'a>(parts: impl IntoIterator<Item = Option<&'a str>>) -> String {
    let mut found: Vec<String> = Vec::new();
    for word in parts.into_iter().flatten().flat_map(words) {
        if !found.contains(&word) {
            found.push(word);
        }
    }
    found.join(" ")
}

/// The words of a text: lower case, without accents, letters and digits only.
fn words(text: &str) -> Vec<String> {
    let plain: String = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect();
    let cut = |word: &str| word.chars().take(LONGEST).collect();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(cut).collect()
}

/// The words that somebody searches for: up to 8 of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// A text without a letter and a digit has no words, and finds nothing.
    pub fn of(text: &str) -> Self {
        let mut words = words(text);
        words.truncate(8);
        Self(words)
    }

    /// The words of texts that say most of what they are about, each by itself: text by text the longest ones, 12 at most.
    pub(crate) fn telling(texts: &[&str]) -> Vec<Self> {
        let mut telling: Vec<Self> = Vec::new();
        for text in texts {
            let mut found = words(text);
            found.retain(|word| word.chars().count() > 2);
            found.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), word.clone()));
            for word in found.into_iter().map(|word| Self(vec![word])) {
                if telling.len() < 12 && !telling.contains(&word) {
                    telling.push(word);
                }
            }
        }
        telling
    }

    /// Rare words drive the query through the word index; words that more than [`RARE`] rows have are soon met by walking
    /// the rows in their order.
    pub(crate) async fn way<E: Record>(&self, tx: &Tx) -> Result<Way> {
        if self.0.is_empty() {
            return Ok(self.led_by::<E>(tx));
        }
        if tx.is_postgres() {
            let hits = self.postgres_hits::<E>(tx);
            let enough = find::enough::<E>(tx, Ids::Again(hits.clone().limit(FAR).to_owned())).await?;
            if enough.seen <= RARE {
                return Ok(self.led_by::<E>(tx));
            }
            let condition = Condition::all().add(Expr::col((E::default(), E::base().id)).in_subquery(hits));
            return Ok(Way::Many { counting: condition.clone(), condition, plenty: enough.plenty });
        }
        if find::count(tx, self.sqlite_hits::<E>().limit(FAR).to_owned()).await? <= RARE {
            return Ok(self.led_by::<E>(tx));
        }
        let condition = self.within::<E>();
        Ok(Way::Many { counting: condition.clone(), condition, plenty: false })
    }

    /// The rows by the word index: the way for words that few rows have.
    pub(crate) fn led_by<E: Record>(&self, tx: &Tx) -> Way {
        let (row, hits) = if tx.is_postgres() {
            (Expr::col((E::default(), E::base().id)), self.postgres_hits::<E>(tx))
        } else {
            (Expr::col((E::default(), Alias::new("seq"))), self.sqlite_hits::<E>())
        };
        if self.0.is_empty() {
            return Way::Few(Condition::all().add(Expr::val(1).eq(0)));
        }
        Way::Few(Condition::all().add(row.in_subquery(hits)))
    }

    /// The words looked for in the text of a row at hand, without an index: at its beginning or behind a space. Not
    /// behind the space that a concatenation would put there, for that copies the text of each row.
    pub(crate) fn within<E: Record>(&self) -> Condition {
        let text = || Expr::col((E::default(), Alias::new("search_text")));
        let begins = |word: &String| text().like(format!("{word}%")).or(text().like(format!("% {word}%")));
        self.0.iter().map(begins).fold(Condition::all(), Condition::add)
    }

    /// Whether at most `most` rows of the organisation can have them all: told by the longest one alone, for meeting the
    /// rows that have several may take long.
    pub(crate) async fn are_rare<E: Record>(&self, tx: &Tx, most: u64) -> Result<bool> {
        let longest = Self(self.0.iter().max_by_key(|word| word.len()).cloned().into_iter().collect());
        if longest.0.is_empty() {
            return Ok(true);
        }
        let mut hits = if tx.is_postgres() { longest.postgres_hits::<E>(tx) } else { longest.sqlite_hits::<E>() };
        Ok(find::count(tx, hits.limit(most + 1).to_owned()).await? <= most)
    }

    /// The rows of `select` that have the words, from the words to the rows: how common words are counted on SQLite.
    pub(crate) fn joined<E: Record>(&self, mut select: Select<E>) -> Select<E> {
        let index = index_of::<E>();
        let same = Expr::col((Alias::new(&index), Alias::new("rowid"))).equals((E::default(), Alias::new("seq")));
        QuerySelect::query(&mut select).inner_join(Alias::new(&index), same);
        select.filter(self.matched(&index))
    }

    /// The table `search_word`, kept by triggers: its comparisons are leakproof, so row security leaves its index in use.
    fn postgres_hits<E: Record>(&self, tx: &Tx) -> SelectStatement {
        let column = |name: &str| Expr::col(Alias::new(name));
        let hits = |word: &String| {
            Query::select()
                .expr_as(Expr::col(Alias::new("record_id")), Alias::new("id"))
                .from(Alias::new("search_word"))
                .and_where(column("org_id").eq(tx.actor().org()))
                .and_where(column("record_kind").eq(E::KIND))
                .and_where(column("word").gte(word.as_str()))
                .and_where(column("word").lt(format!("{word}{}", char::MAX)))
                .to_owned()
        };
        let mut words = self.0.iter();
        let first = words.next().map(hits).unwrap_or_default();
        words.fold(first, |mut all, word| all.and_where(column("record_id").in_subquery(hits(word))).to_owned())
    }

    /// The FTS5 table of the record, kept by triggers.
    fn sqlite_hits<E: Record>(&self) -> SelectStatement {
        let index = index_of::<E>();
        Query::select()
            .expr_as(Expr::cust("rowid"), Alias::new("id"))
            .from(Alias::new(&index))
            .and_where(self.matched(&index))
            .to_owned()
    }

    fn matched(&self, index: &str) -> Expr {
        let query = self.0.iter().map(|word| format!("\"{word}\"*")).collect::<Vec<_>>().join(" ");
        Expr::cust_with_values(format!("\"{index}\" MATCH ?"), [query])
    }
}

fn index_of<E: Record>() -> String {
    format!("{}_search", E::default().table_name())
}
