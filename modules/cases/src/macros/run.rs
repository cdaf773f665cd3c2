//! A macro on a case: its actions in their order, each with the rights of who runs it, and all of them or none.

use base::{Error, Fields, IfMatch, Result, Tx, Verb, value::Note};
use uuid::Uuid;

use super::{
    action::{MacroAction, MacroComment},
    placeholder::Meaning,
    reach,
    row::{Entity as Macro, MacroVisibility, Model as Row},
    step::{self, Step},
    view::{MacroPreview, MacroSaid},
};
use crate::case::{Entity, Model};

/// # Errors
/// 404 when there is no such case; 422 when there is no such macro; and what an action is refused with, by its pointer in the macro.
pub async fn run(tx: &Tx, case: Uuid, seen: &IfMatch, which: Uuid) -> Result<Model> {
    let mut row = tx.open::<Entity>(case, Verb::VIEW, seen).await?;
    let found = find(tx, which).await?;
    // Whoever sees the case may not see what others call their own.
    let name = (found.visibility == MacroVisibility::Shared).then_some(&found.name);
    let ran = Fields::none().with("macro", None::<&str>, name).with("macro_id", None::<Uuid>, found.id);
    tx.log::<Entity>(&row, "macro_run", ran).await?;
    let meaning = Meaning::of(tx, &row).await?;
    for step in step::of(tx, case, &found.actions.0).await? {
        match step {
            Step::Change(change, behind) => {
                let amended = tx.amend::<Entity>(case, &IfMatch::ANY, |row| change.write(row)).await;
                row = amended.map_err(|error| behind.blame(error))?;
            }
            Step::Say(comment, behind) => {
                say(tx, case, comment, &meaning).await.map_err(|error| behind.blame(error))?;
            }
        }
    }
    // A comment may have answered it, and who gave it away may not see it any more.
    Ok(tx.find::<Entity>().ids([case]).await?.pop().unwrap_or(row))
}

/// What it would say.
///
/// # Errors
/// As [`run`], but for what the actions are refused with.
pub async fn preview(tx: &Tx, case: Uuid, which: Uuid) -> Result<MacroPreview> {
    let row = tx.get::<Entity>(case).await?;
    let found = find(tx, which).await?;
    let meaning = Meaning::of(tx, &row).await?;
    let said = |(n, action): (usize, &MacroAction)| {
        let comment = action.comment.as_ref()?;
        let (action, body) = (u32::try_from(n).unwrap_or(u32::MAX), meaning.put_into(comment.body.as_str()));
        Some(MacroSaid { action, visibility: comment.visibility, body })
    };
    Ok(MacroPreview { comments: found.actions.0.iter().enumerate().filter_map(said).collect() })
}

async fn find(tx: &Tx, which: Uuid) -> Result<Row> {
    let found = tx.find::<Macro>().only(reach::seen(tx)).ids([which]).await?.pop();
    found.ok_or_else(|| Error::fault("/macro_id", "unknown_reference", "There is no such macro."))
}

async fn say(tx: &Tx, case: Uuid, comment: &MacroComment, meaning: &Meaning) -> Result<()> {
    let body = Note::parse(&meaning.put_into(comment.body.as_str()))
        .map_err(|refused| Error::fault("", refused.code, refused.detail))?;
    notes::say_on::<Entity>(tx, case, body, comment.visibility).await.map(drop)
}
