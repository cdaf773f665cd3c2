use std::marker::PhantomData;

use base::{Body, Changed, Created, Db, Fields, IfMatch, Member, News, Page, Result, Told, Trashed, Tx, Verb};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{limit as limit_of, names};
use crate::{
    access,
    comment::{self, Entity},
    jobs::TellMentioned,
    mention, mentions,
    subject::{Noted, Said, Subject, Subjects},
    view::{Comment, CommentChange, NewComment, Visibility},
};

/// The comments on records of one kind.
pub struct CommentsApi<R> {
    db: Db,
    kind: PhantomData<fn() -> R>,
}

impl<R> CommentsApi<R> {
    pub fn new(db: Db) -> Self {
        Self { db, kind: PhantomData }
    }
}

#[OpenApi(prefix_path = R::PATH)]
impl<R: Noted> CommentsApi<R> {
    /// List the comments on a record
    ///
    /// The newest first.
    #[oai(path = "/comment/:id/", method = "get")]
    async fn list(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// Only those for members, or only those for customers too.
        visibility: Query<Option<Visibility>>,
        /// Comments of this page.
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u64>>,
        /// The `next` of the page before.
        #[oai(validator(max_length = 2000))]
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Comment>>> {
        self.db
            .read(&member, async |tx| {
                let subject = Subject::of::<R>(tx, id.0).await?;
                let rows =
                    tx.pile::<Entity>(on(&subject, visibility.0), limit_of(limit.0)?, cursor.0.as_deref()).await?;
                let authors = names(tx, rows.rows.iter().map(|row| row.created_by)).await?;
                Ok(Json(rows.show(|rows| rows.into_iter().map(|row| Comment::of(row, &authors)).collect())))
            })
            .await
    }

    /// Comment on a record
    ///
    /// Whoever sees the record may comment on it. A comment is internal unless it says `public`. Members who are mentioned, in the text as `@jane@acme.example` or by user
    /// id in `mentions`, get a mail; one who cannot see the record when the mail is due gets none, and it tells them nothing.
    #[oai(path = "/comment/:id/", method = "post")]
    async fn create(&self, member: Member, id: Path<Uuid>, new: Body<NewComment>) -> Result<Created<Comment>> {
        self.db
            .write(&member, async |tx| {
                let subject = Subject::of::<R>(tx, id.0).await?;
                let row = write(tx, &subject, new.0).await?;
                hear::<R>(tx, &row).await?;
                let authors = names(tx, [row.created_by].into_iter()).await?;
                Ok(Created::at("/api/comments", Comment::of(row, &authors)))
            })
            .await
    }
}

/// A comment by its own id, on whichever record it stands.
pub struct ThreadApi {
    pub db: Db,
    pub subjects: Subjects,
}

#[OpenApi(prefix_path = "/api/comments")]
impl ThreadApi {
    /// Change a comment
    ///
    /// Its author may, and an admin.
    #[oai(path = "/:comment_id/", method = "patch", operation_id = "change_comment")]
    async fn change(
        &self,
        member: Member,
        comment_id: Path<Uuid>,
        seen: IfMatch,
        change: Body<CommentChange>,
    ) -> Result<Changed<Comment>> {
        self.db
            .write(&member, async |tx| {
                let before = self.open(tx, comment_id.0, &seen).await?;
                let mut after = before.clone();
                after.body = change.0.body.into_option().map_or(after.body, Into::into);
                if let Some(visibility) = change.0.visibility.into_option() {
                    after.is_internal = visibility == Visibility::Internal;
                }
                let row = tx.update::<Entity>(&before, after, Fields::none()).await?;
                if before.is_internal && !row.is_internal {
                    self.subjects.hear(tx, &Said::of(&row)).await?;
                }
                let authors = names(tx, [row.created_by].into_iter()).await?;
                Ok(Changed(Comment::of(row, &authors)))
            })
            .await
    }

    /// Delete a comment
    ///
    /// Its author may, and an admin.
    #[oai(path = "/:comment_id/", method = "delete", operation_id = "delete_comment")]
    async fn delete(&self, member: Member, comment_id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = self.open(tx, comment_id.0, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                let fields = Fields::none().with("comment_id", Some(row.id), None::<Uuid>);
                tx.log_on(&row.record_kind, row.record_id, "comment_deleted", fields).await?;
                Ok(Trashed)
            })
            .await
    }

    async fn open(&self, tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<comment::Model> {
        let row = tx.get::<Entity>(id).await?;
        self.subjects.find(tx, &row.record_kind, row.record_id).await?;
        let row = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
        access::author_or_admin(tx, &row)?;
        Ok(row)
    }
}

fn on(subject: &Subject, visibility: Option<Visibility>) -> Condition {
    Condition::all()
        .add(comment::Column::RecordKind.eq(subject.kind()))
        .add(comment::Column::RecordId.eq(subject.id()))
        .add_option(visibility.map(|wanted| comment::Column::IsInternal.eq(wanted == Visibility::Internal)))
}

/// Lets the record know that a comment was written on it.
pub(crate) async fn hear<R: Noted>(tx: &Tx, row: &comment::Model) -> Result<()> {
    R::commented(tx, &Said::of(row)).await
}

/// Writes a comment and tells whom it mentions.
pub(crate) async fn write(tx: &Tx, subject: &Subject, new: NewComment) -> Result<comment::Model> {
    let mentioned = mentions::resolve(tx, new.body.as_str(), &new.mentions).await?;
    let row = comment::Model {
        record_kind: subject.kind().to_owned(),
        record_id: subject.id(),
        body: new.body.into(),
        is_internal: new.visibility == Visibility::Internal,
        ..Default::default()
    };
    let row = tx.insert::<Entity>(row, Fields::none()).await?;
    tx.link::<mention::Entity>(mentioned.iter().map(|user| mention::Model::of(row.id, *user))).await?;
    tx.tell(Told::of(News::Mentioned, subject.kind(), subject.id(), mentioned.iter().copied()));
    for user in mentioned.into_iter().filter(|user| Some(*user) != tx.actor().user()) {
        tx.enqueue_for(user, TellMentioned::of(&row, user)).await?;
    }
    let fields = Fields::none().with("comment_id", None::<Uuid>, row.id);
    tx.log_on(subject.kind(), subject.id(), "commented", fields).await?;
    Ok(row)
}
