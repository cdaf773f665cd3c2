//! Rows that may have to do with what somebody wrote.

use std::collections::HashMap;

use sea_orm::{
    Condition, ConnectionTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Alias, Expr, IntoCondition, Query, UnionType},
};
use uuid::Uuid;

use crate::{error::Result, list::Listed, record::Row, search::Words, tx::Tx};

/// Up to this many rows are looked at for each word: of a word that more have, this one or that one makes no difference.
const LOOKED_AT: u64 = 200;
/// The best of these are looked for.
const BEST: usize = 50;

impl Tx {
    /// Of the rows that `asked` asks for, at most `most` that share words with these texts, the likeliest first: a word counts
    /// for more the fewer rows have it. The text that says most comes first: of the ones behind it, as many words are looked
    /// for as it leaves room for. Two statements.
    pub async fn suggest<E: Listed>(
        &self,
        texts: &[&str],
        asked: impl IntoCondition,
        most: u64,
    ) -> Result<Vec<E::Model>> {
        let asked: Condition = asked.into_condition();
        let rows_with = |(place, word): (usize, &Words)| {
            let rows = self.find::<E>().met_by_ids();
            let rows = rows.filter(asked.clone()).filter(word.led_by::<E>(self).condition()).limit(LOOKED_AT);
            Query::select()
                .column(Alias::new("id"))
                .expr_as(Expr::cust(place.to_string()), Alias::new("what"))
                .from_subquery(rows.select_only().column(E::base().id).into_query(), Alias::new("own"))
                .to_owned()
        };
        let words = Words::telling(texts);
        let mut arms = words.iter().enumerate().map(rows_with);
        let Some(first) = arms.next() else { return Ok(Vec::new()) };
        let hits = arms.fold(first, |mut all, arm| all.union(UnionType::All, arm).to_owned());
        let mut having: Vec<Vec<Uuid>> = vec![Vec::new(); words.len()];
        for row in self.conn().query_all(&hits).await? {
            let place = usize::try_from(row.try_get::<i32>("", "what")?).unwrap_or_default();
            having[place].push(row.try_get("", "id")?);
        }
        let scores = scores(&having);
        let mut best: Vec<Uuid> = scores.keys().copied().collect();
        best.sort_by(|a, b| scores[b].total_cmp(&scores[a]).then(b.cmp(a)));
        best.truncate(BEST);
        let mut rows = self.find::<E>().filter(asked).ids(best.iter().copied()).await?;
        rows.sort_by_key(|row| best.iter().position(|id| *id == row.id()));
        rows.truncate(usize::try_from(most).unwrap_or(usize::MAX));
        Ok(rows)
    }
}

fn scores(having: &[Vec<Uuid>]) -> HashMap<Uuid, f64> {
    let mut scores: HashMap<Uuid, f64> = HashMap::new();
    for rows in having {
        let weight = 1.0 / f64::from(u32::try_from(rows.len()).unwrap_or(u32::MAX).max(1));
        for row in rows {
            *scores.entry(*row).or_default() += weight;
        }
    }
    scores
}
