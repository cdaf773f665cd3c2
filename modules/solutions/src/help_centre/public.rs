use std::{collections::HashMap, num::NonZeroU32, time::Duration};

use base::{Caller, Error, Listing, Pace, Platform, Request, Result, Tx, list::Page};
use notes::tied;
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    answer::Public,
    door,
    row::Model,
    view::{PublicSolution, PublicSolutionRef, PublicSolutions},
};
use crate::{
    slug,
    solution::{self, Column, Entity},
};

/// Published solutions, for everybody: without a login, by the key of the help centre.
pub struct PublicSolutionsApi {
    platform: Platform,
    pace: Pace,
}

impl PublicSolutionsApi {
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        Self { platform, pace: Pace::new(AT_ONCE, EVERY) }
    }
}

/// Pages of one help centre for one network at once, and one in so long from then on.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(60).expect("more than none");
const EVERY: Duration = Duration::from_secs(1);
/// Rows of an answer when no `limit` is given.
const USUAL: u64 = 20;

#[OpenApi(prefix_path = "/api/solutions/public")]
impl PublicSolutionsApi {
    /// List published solutions
    ///
    /// Public, the newest first; 404 while the help centre is closed. `search` finds by the beginnings of words in title and
    /// content.
    #[oai(path = "/:key/", method = "get", operation_id = "list_public_solutions")]
    async fn list(
        &self,
        key: Path<String>,
        caller: Caller,
        /// Words, each of which must begin a word of the solution.
        #[oai(validator(max_length = 200, pattern = "^[^\\u0000]*$"))]
        search: Query<Option<String>>,
        /// Rows of this page.
        #[oai(validator(minimum(value = "1"), maximum(value = "50")))]
        limit: Query<Option<u64>>,
        /// The `next` of the page before.
        #[oai(validator(max_length = 2000))]
        cursor: Query<Option<String>>,
    ) -> Result<Public<PublicSolutions>> {
        let asked = [
            Some(("is_published", "true".to_owned())),
            Some(("limit", limit.0.unwrap_or(USUAL).to_string())),
            search.0.map(|search| ("search", search)),
            cursor.0.map(|cursor| ("cursor", cursor)),
        ];
        let query = serde_urlencoded::to_string(asked.into_iter().flatten().collect::<Vec<_>>());
        let listing = Listing::<Entity>::parse(&query.map_err(Error::internal)?)?;
        self.open(&key.0, &caller, async |tx, centre| {
            let page = tx.page(&listing).await?;
            let page: Page<PublicSolutionRef> = page.show_with(async |rows| refs(tx, rows).await).await?;
            let Page { results, next, count, count_is_exact } = page;
            Ok(PublicSolutions { title: centre.title, results, next, count, count_is_exact })
        })
        .await
    }

    /// Show a published solution
    ///
    /// Public. 404 for one that is not published.
    #[oai(path = "/:key/:slug/", method = "get", operation_id = "show_public_solution")]
    async fn show(&self, key: Path<String>, slug: Path<String>, caller: Caller) -> Result<Public<PublicSolution>> {
        self.open(&key.0, &caller, async |tx, _| {
            if slug::of(&slug.0) != slug.0 {
                return Err(Error::not_found());
            }
            let wanted = Column::Slug.eq(slug.0.as_str());
            let found = tx.find::<Entity>().filter(wanted).filter(Column::IsPublished.eq(true)).one().await?;
            let row = found.ok_or_else(Error::not_found)?;
            let tags = tags(tx, &[row.id]).await?.remove(&row.id).unwrap_or_default();
            Ok(PublicSolution {
                title: row.title,
                slug: row.slug,
                content: row.content,
                tags,
                published_at: row.published_at,
                updated_at: row.updated_at,
            })
        })
        .await
    }
}

impl PublicSolutionsApi {
    /// Reads in the organisation of this help centre, as the organisation itself.
    async fn open<T>(
        &self,
        key: &str,
        caller: &Caller,
        work: impl AsyncFnOnce(&Tx, Model) -> Result<T>,
    ) -> Result<Public<T>> {
        self.pace.count(caller.ip, key)?;
        self.platform
            .read(async |tx| {
                let centre = door::find(tx, key).await?;
                tx.enter(centre.org_id, Request::default(), async |tx| work(tx, centre).await.map(Public)).await
            })
            .await
    }
}

async fn refs(tx: &Tx, rows: Vec<solution::Model>) -> Result<Vec<PublicSolutionRef>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut tags = tags(tx, &ids).await?;
    let one = |row: solution::Model| PublicSolutionRef {
        title: row.title,
        slug: row.slug,
        tags: tags.remove(&row.id).unwrap_or_default(),
        published_at: row.published_at,
    };
    Ok(rows.into_iter().map(one).collect())
}

async fn tags(tx: &Tx, ids: &[Uuid]) -> Result<HashMap<Uuid, Vec<String>>> {
    let all = tied::<Entity>(tx, ids).await?;
    Ok(all.into_iter().map(|(id, tied)| (id, tied.tags.into_iter().map(|tag| tag.name).collect())).collect())
}
