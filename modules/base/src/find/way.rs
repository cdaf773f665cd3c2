use sea_orm::{
    Condition, ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};

use crate::{
    error::{Error, Result},
    list::COUNTED,
    record::Record,
    tx::Tx,
};

/// Beyond so many rows in the trash it is not tried to spare a count.
const TRASH: u64 = 2_000;
/// How far ids are counted to find out whether there are plenty.
pub const FAR: u64 = COUNTED + TRASH + 1;

/// How the rows are reached that an actor may see, or that a search finds.
pub(crate) enum Way {
    All,
    /// Their ids drive the query.
    Few(Condition),
    /// The order drives the query, and each row that it meets is tried.
    Many {
        condition: Condition,
        /// The same for counting, where there is no order.
        counting: Condition,
        /// More than a list counts, when nothing else is asked.
        plenty: bool,
    },
}

impl Way {
    pub fn condition(&self) -> Condition {
        match self {
            Self::All => Condition::all(),
            Self::Few(condition) | Self::Many { condition, .. } => condition.clone(),
        }
    }

    pub fn counting(&self) -> Condition {
        match self {
            Self::Many { counting, .. } => counting.clone(),
            _ => self.condition(),
        }
    }

    pub fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    pub fn is_few(&self) -> bool {
        matches!(self, Self::Few(_))
    }

    /// Whether these rows, narrowed down by `other`, are still more than a list counts.
    pub fn is_plenty_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Many { plenty, .. }, Self::All) | (Self::All, Self::Many { plenty, .. }) => *plenty,
            _ => false,
        }
    }
}

/// Ids of rows, in the trash or not, that one index has by itself: a column `id` and at most [`FAR`] of them.
pub(crate) enum Ids {
    Once(SelectStatement),
    /// A row may come more than once.
    Again(SelectStatement),
}

pub(crate) struct Enough {
    /// Ids seen, up to [`FAR`].
    pub seen: u64,
    pub plenty: bool,
}

/// Whether more rows than a list counts have these ids, without a look at any of them: so many ids that with all of the
/// organisation's trash taken away there are still more.
pub(crate) async fn enough<E: Record>(tx: &Tx, ids: Ids) -> Result<Enough> {
    let (ids, different) = match ids {
        Ids::Once(ids) => (ids, "count(*)"),
        Ids::Again(ids) => (ids, "count(DISTINCT \"id\")"),
    };
    let counted = |rows: SelectStatement, name: &'static str| {
        Query::select()
            .expr_as(Expr::cust("count(*)"), Alias::new(name))
            .from_subquery(rows, Alias::new("rows"))
            .to_owned()
    };
    let mut seen = counted(ids, "seen");
    seen.expr_as(Expr::cust(different), Alias::new("different"));
    let trash = Query::select()
        .expr_as(Expr::val(1), Alias::new("one"))
        .from(E::default())
        .and_where(Expr::col((E::default(), E::base().org_id)).eq(tx.actor().org()))
        .and_where(Expr::col((E::default(), E::base().deleted_at)).is_not_null())
        .limit(TRASH + 1)
        .to_owned();
    let both = Query::select()
        .columns(["seen", "different", "trashed"].map(Alias::new))
        .from_subquery(seen, Alias::new("ids"))
        .from_subquery(counted(trash, "trashed"), Alias::new("trash"))
        .to_owned();
    let row = tx.conn().query_one(&both).await?.ok_or_else(|| Error::internal("a count without a row"))?;
    let number = |name: &str| row.try_get::<i64>("", name).map(|number| u64::try_from(number).unwrap_or(0));
    let (different, trashed) = (number("different")?, number("trashed")?);
    Ok(Enough { seen: number("seen")?, plenty: trashed <= TRASH && different > COUNTED + trashed })
}
