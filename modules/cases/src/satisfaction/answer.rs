use base::{Fields, IfMatch, Result, Tx, Verb, value::Note};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    setting,
    survey::{self, Column, Entity as Survey, Model as Question},
    view::{NewSurveyAnswer, SurveyView},
};
use crate::case::{Entity, Model};

/// # Errors
/// 404 when the case is not there any more.
pub async fn show(tx: &Tx, survey: Question) -> Result<SurveyView> {
    let case = tx.get::<Entity>(survey.case_id).await?;
    Ok(SurveyView {
        org_name: tx.org_name().await?,
        case_number: case.number,
        case_name: case.name,
        rating: survey.rating,
        answered_at: survey.answered_at,
        expires_at: survey.expires_at,
        is_open: survey.take_answers(tx.now()).is_ok(),
        comment: survey.comment,
        question: survey.question,
    })
}

/// The case as it is when its customer has just been asked: what they said before is in its log.
pub async fn asked(tx: &Tx, case: &Model) -> Result<Model> {
    let today = tx.now().with_timezone(&tx.org_time_zone().await?).date_naive();
    Ok(Model {
        satisfaction_asked_on: Some(today),
        satisfaction_rating: None,
        satisfaction_comment: None,
        satisfaction_answered_at: None,
        ..case.clone()
    })
}

/// Keeps an answer, here and on the case, whose log tells it. The same again, as who presses the button twice sends it, is none.
///
/// # Errors
/// 404 when the case is not there any more; 409 `survey_expired`, `survey_answered`.
pub async fn keep(tx: &Tx, survey: &Question, answer: NewSurveyAnswer) -> Result<SurveyView> {
    // The case first, as whoever changes one locks it.
    let case = tx.open::<Entity>(survey.case_id, Verb::VIEW, &IfMatch::ANY).await?;
    let before = tx.open::<Survey>(survey.id, Verb::VIEW, &IfMatch::ANY).await?;
    before.take_answers(tx.now())?;
    let comment = answer.comment.map(String::from).filter(|comment| !comment.is_empty());
    if (before.rating, &before.comment) == (Some(answer.rating), &comment) {
        return show(tx, before).await;
    }
    let after = Question {
        rating: Some(answer.rating),
        comment: comment.clone(),
        answered_at: before.answered_at.or(Some(tx.now())),
        ..before.clone()
    };
    let kept = tx.update_as::<Survey>(&before, after, "answered", Fields::none()).await?;
    if was_asked_since(tx, &kept).await? {
        // What they say of the help that they got before is told, and counts no more.
        let told = Fields::none().with("satisfaction_rating", before.rating, answer.rating);
        let told = told.with("satisfaction_comment", before.comment, comment);
        tx.log::<Entity>(&case, "rated_earlier", told).await?;
        return show(tx, kept).await;
    }
    let rated = Model {
        satisfaction_rating: Some(answer.rating),
        satisfaction_comment: comment,
        satisfaction_answered_at: Some(tx.now()),
        ..case.clone()
    };
    tx.update_as::<Entity>(&case, rated, "rated", Fields::none()).await?;
    show(tx, kept).await
}

/// Whether the case was closed again, and asked about, after this question.
async fn was_asked_since(tx: &Tx, survey: &Question) -> Result<bool> {
    let since =
        tx.find::<Survey>().filter(Column::CaseId.eq(survey.case_id)).filter(Column::ClosedAt.gt(survey.closed_at));
    Ok(since.count(1).await? > 0)
}

/// Keeps what a customer said without a link: for generated data and imports.
///
/// # Errors
/// 404 when there is no such case.
pub async fn record(tx: &Tx, case: Uuid, contact: Uuid, rating: i32, comment: Option<Note<2_000>>) -> Result<()> {
    let case = tx.get::<Entity>(case).await?;
    let question = Question {
        case_id: case.id,
        contact_id: contact,
        closed_at: case.closed_at.unwrap_or(tx.now()),
        question: setting::show(tx).await?.question,
        // Nobody gets its token.
        token_hash: survey::hash(&survey::token()),
        expires_at: tx.now() + survey::LIVES,
        ..Question::default()
    };
    let kept = tx.insert::<Survey>(question, Fields::none()).await?;
    tx.update_as::<Entity>(&case, asked(tx, &case).await?, "survey_sent", Fields::none()).await?;
    keep(tx, &kept, NewSurveyAnswer { rating, comment }).await.map(drop)
}
