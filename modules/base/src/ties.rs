//! The assignees, teams and tags of many records with their names, in one statement: a page of a list can afford no more.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::{error::Result, tx::Tx};

/// What a record is tied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Member,
    Team,
    Tag,
}

/// One tie of a record, named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    pub record: Uuid,
    pub to: To,
    pub id: Uuid,
    pub name: String,
    /// Of a tag.
    pub colour: Option<String>,
}

impl Tx {
    pub async fn ties(&self, kind: &str, records: &[Uuid]) -> Result<Vec<Tie>> {
        if records.is_empty() {
            return Ok(Vec::new());
        }
        let mut ties = self.ties_through("assignment", "member_user_id", ("users", 0), kind, records);
        ties.union(UnionType::All, self.ties_through("assignment", "team_id", ("team", 1), kind, records));
        ties.union(UnionType::All, self.ties_through("record_tag", "tag_id", ("tag", 2), kind, records));
        let rows = self.conn().query_all(&ties).await?;
        rows.into_iter()
            .map(|row| {
                let to = match row.try_get::<i32>("", "what")? {
                    0 => To::Member,
                    1 => To::Team,
                    _ => To::Tag,
                };
                Ok(Tie {
                    record: row.try_get("", "record_id")?,
                    to,
                    id: row.try_get("", "id")?,
                    name: row.try_get("", "name")?,
                    colour: row.try_get("", "colour")?,
                })
            })
            .collect()
    }

    fn ties_through(
        &self,
        link: &str,
        key: &str,
        (table, what): (&str, i32),
        kind: &str,
        records: &[Uuid],
    ) -> SelectStatement {
        let link_column = |name: &str| (Alias::new(link), Alias::new(name));
        let column = |name: &str| (Alias::new(table), Alias::new(name));
        let mut ties = Query::select();
        ties.column(link_column("record_id"))
            .expr_as(Expr::cust(what.to_string()), Alias::new("what"))
            .columns([column("id"), column("name")])
            .from(Alias::new(link))
            .inner_join(Alias::new(table), Expr::col(link_column(key)).equals(column("id")))
            .and_where(Expr::col(link_column("org_id")).eq(self.actor().org()))
            .and_where(Expr::col(link_column("record_kind")).eq(kind))
            .and_where(Expr::col(link_column("record_id")).is_in(records.iter().copied()));
        if table == "tag" {
            ties.expr_as(Expr::col(column("colour")), Alias::new("colour"));
        } else {
            ties.expr_as(Expr::cust("NULL"), Alias::new("colour"));
        }
        if table != "users" {
            ties.and_where(Expr::col(column("org_id")).eq(self.actor().org()));
            ties.and_where(Expr::col(column("deleted_at")).is_null());
        }
        ties
    }
}
