//! The people of an organisation by their user ids: who they are is kept outside every organisation, that they belong to
//! this one inside it.

use std::collections::HashMap;

use chrono_tz::Tz;
use poem_openapi::Object;
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement},
};
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    tx::Tx,
};

/// A related record, as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Related")]
pub struct Ref {
    pub id: Uuid,
    pub name: String,
}

impl Ref {
    pub fn of(id: Uuid, names: &HashMap<Uuid, String>) -> Option<Self> {
        Some(Self { id, name: names.get(&id)?.clone() })
    }
}

/// Somebody in the organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: String,
    /// A member who was deactivated keeps a name on what they did.
    pub is_active: bool,
}

impl Tx {
    /// Those of these e-mail addresses, in lower case, that belong to active members.
    pub async fn members_by_email(&self, emails: &[String]) -> Result<Vec<Uuid>> {
        if emails.is_empty() {
            return Ok(Vec::new());
        }
        let (user, member) = (Alias::new("users"), Alias::new("member"));
        let members = Query::select()
            .column((member.clone(), Alias::new("user_id")))
            .from(member.clone())
            .inner_join(
                user.clone(),
                Expr::col((member.clone(), Alias::new("user_id"))).equals((user.clone(), Alias::new("id"))),
            )
            .and_where(Expr::col((member.clone(), Alias::new("org_id"))).eq(self.actor().org()))
            .and_where(Expr::col((member, Alias::new("is_active"))).eq(true))
            .and_where(Expr::col((user, Alias::new("email_lower"))).is_in(emails))
            .to_owned();
        let rows = self.conn().query_all(&members).await?;
        Ok(rows.into_iter().map(|row| row.try_get("", "user_id")).collect::<Result<_, _>>()?)
    }

    /// The active members, each as `holder_id` and `principal_id`: for [`Totals::by_holder`](crate::Totals::by_holder).
    #[must_use]
    pub fn members_as_holders(&self) -> SelectStatement {
        let member = |name: &str| Expr::col((Alias::new("member"), Alias::new(name)));
        Query::select()
            .expr_as(member("user_id"), Alias::new("holder_id"))
            .expr_as(member("user_id"), Alias::new("principal_id"))
            .from(Alias::new("member"))
            .and_where(member("org_id").eq(self.actor().org()))
            .and_where(member("is_active").eq(true))
            .to_owned()
    }

    /// Who these users are, of those who are or were members here.
    pub async fn people(&self, users: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Person>> {
        let users: Vec<Uuid> = users.into_iter().collect();
        if users.is_empty() {
            return Ok(HashMap::new());
        }
        let (user, member) = (Alias::new("users"), Alias::new("member"));
        let user_column = |name: &str| (user.clone(), Alias::new(name));
        let member_column = |name: &str| (member.clone(), Alias::new(name));
        let people = Query::select()
            .columns([user_column("id"), user_column("name"), user_column("email")])
            .column(member_column("is_active"))
            .from(member.clone())
            .inner_join(user.clone(), Expr::col(member_column("user_id")).equals(user_column("id")))
            .and_where(Expr::col(member_column("org_id")).eq(self.actor().org()))
            .and_where(Expr::col(user_column("id")).is_in(users))
            .to_owned();
        let rows = self.conn().query_all(&people).await?;
        rows.into_iter()
            .map(|row| {
                let person = Person {
                    name: row.try_get("", "name")?,
                    email: row.try_get("", "email")?,
                    is_active: row.try_get("", "is_active")?,
                };
                Ok((row.try_get("", "id")?, person))
            })
            .collect()
    }
}

impl Tx {
    /// What this organisation is called.
    pub async fn org_name(&self) -> Result<String> {
        self.of_org("name").await
    }

    /// The time zone by which this organisation's days begin.
    pub async fn org_time_zone(&self) -> Result<Tz> {
        Ok(self.of_org("timezone").await?.parse().unwrap_or(Tz::UTC))
    }

    async fn of_org(&self, column: &str) -> Result<String> {
        let found = Query::select()
            .column(Alias::new(column))
            .from(Alias::new("organisation"))
            .and_where(Expr::col(Alias::new("id")).eq(self.actor().org()))
            .to_owned();
        let row = self.conn().query_one(&found).await?.ok_or_else(Error::not_found)?;
        Ok(row.try_get("", column)?)
    }
}
