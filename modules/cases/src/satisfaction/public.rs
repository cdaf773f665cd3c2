use std::{num::NonZeroU32, time::Duration};

use base::{Body, Caller, Pace, Platform, Request as Asked, Result, Tx, noted};
use poem::{FromRequest, Request, RequestBody};
use poem_openapi::{OpenApi, param::Path, payload::Json};

use super::{
    answer, door,
    filled::Filled,
    page::Page,
    survey::Model,
    view::{NewSurveyAnswer, SurveyView},
};

/// Questions to customers, by the links that they got.
pub struct SurveysApi {
    platform: Platform,
    pace: Pace,
}

/// Requests of one network at once, and one in so long from then on.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(30).expect("more than none");
const EVERY: Duration = Duration::from_secs(2);
/// All links are one door: who guesses at them is held up.
const DOOR: &str = "survey";

impl SurveysApi {
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        Self { platform, pace: Pace::new(AT_ONCE, EVERY) }
    }
}

#[OpenApi(prefix_path = "/api/cases/survey")]
impl SurveysApi {
    /// Show a question to a customer
    ///
    /// Public, by the secret of the link. To look at it answers nothing, so what scans mails for links does no harm. 404 for a
    /// link that there is none of.
    #[oai(path = "/:token/", method = "get", operation_id = "show_survey")]
    async fn show(&self, token: Path<String>, caller: Caller) -> Result<Json<SurveyView>> {
        self.read(&token.0, &caller, async |tx, survey| answer::show(tx, survey).await.map(Json)).await
    }

    /// Answer a question as a customer
    ///
    /// Public, by the secret of the link, for 30 days: 409 `survey_expired` from then on. Another answer can be given for 7 days, and
    /// takes the place of the first; 409 `survey_answered` from then on. The same answer again changes nothing.
    #[oai(path = "/:token/", method = "post", operation_id = "answer_survey")]
    async fn answer(&self, token: Path<String>, visit: Visit, new: Body<NewSurveyAnswer>) -> Result<Json<SurveyView>> {
        self.write(&token.0, &visit, async |tx, survey| answer::keep(tx, &survey, new.0.clone()).await.map(Json)).await
    }

    /// Show a question as a page
    ///
    /// Public: where the link in the mail leads to. A page for people, which sends its answer to its own address.
    #[oai(path = "/:token/page/", method = "get", operation_id = "show_survey_page")]
    async fn show_page(&self, token: Path<String>, caller: Caller) -> Result<Page> {
        self.read(&token.0, &caller, async |tx, survey| Page::of(&answer::show(tx, survey).await?)).await
    }

    /// Answer a question by its page
    ///
    /// Public. As a browser sends a form, by the same rules; the page says what was kept, or that it came too late.
    #[oai(path = "/:token/page/", method = "post", operation_id = "answer_survey_page")]
    async fn answer_page(&self, token: Path<String>, visit: Visit, new: Filled<NewSurveyAnswer>) -> Result<Page> {
        self.write(&token.0, &visit, async |tx, survey| {
            let shown = match survey.take_answers(tx.now()) {
                Ok(()) => answer::keep(tx, &survey, new.0.clone()).await?,
                Err(_) => answer::show(tx, survey).await?,
            };
            Page::of(&shown)
        })
        .await
    }
}

impl SurveysApi {
    /// Reads in the organisation that asks, as the organisation itself.
    async fn read<T>(
        &self,
        token: &str,
        caller: &Caller,
        work: impl AsyncFnOnce(&Tx, Model) -> Result<T>,
    ) -> Result<T> {
        self.pace.count(caller.ip, DOOR)?;
        self.platform
            .read(async |tx| {
                let survey = door::find(tx, token).await?;
                tx.enter(survey.org_id, Asked::default(), async |tx| work(tx, survey).await).await
            })
            .await
    }

    async fn write<T: base::idempotency::Answer>(
        &self,
        token: &str,
        visit: &Visit,
        work: impl AsyncFnOnce(&Tx, Model) -> Result<T>,
    ) -> Result<T> {
        self.pace.count(visit.caller.ip, DOOR)?;
        self.platform
            .write(async |tx| {
                let survey = door::find(tx, token).await?;
                tx.enter_once(survey.org_id, visit.of(&survey), async |tx| work(tx, survey).await).await
            })
            .await
    }
}

/// Whoever answers, and whether it is to be done once.
struct Visit {
    caller: Caller,
    asked: Asked,
}

impl Visit {
    /// What is kept to do it once names the question, and not the secret that leads to it.
    fn of(&self, survey: &Model) -> Asked {
        let mut asked = self.asked.clone();
        if let Some(once) = &mut asked.once {
            let door = if once.path.trim_end_matches('/').ends_with("/page") { "page" } else { "" };
            once.path = format!("/api/cases/survey/{}/{door}", survey.id);
        }
        asked
    }
}

impl<'a> FromRequest<'a> for Visit {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self { caller: Caller::from_request(request, body).await?, asked: noted(request)? })
    }
}
