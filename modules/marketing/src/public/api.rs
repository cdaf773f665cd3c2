use std::{num::NonZeroU32, time::Duration};

use base::{Error, Pace, Platform, Result, Tx};
use poem_openapi::{OpenApi, param::Path};

use super::{
    across::{Across, Preflight},
    door,
    sent::Sent,
    spam::is_spam,
    take,
    view::{Accepted, NewContactMessage, NewSubmission},
    visit::Visit,
};
use crate::form;

/// Submissions of one form by one network at once, and one in so long from then on.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(10).expect("more than none");
const EVERY: Duration = Duration::from_secs(10);

/// Forms as websites send them: without a login, by the form's key.
pub struct PublicFormsApi {
    platform: Platform,
    pace: Pace,
}

impl PublicFormsApi {
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        Self { platform, pace: Pace::new(AT_ONCE, EVERY) }
    }
}

#[OpenApi(prefix_path = "/api/forms")]
impl PublicFormsApi {
    /// Submit a form
    ///
    /// Public. It becomes a lead, assigned and tagged as the form says, or a comment on the open lead of the same e-mail
    /// address. Sent by a script as JSON or by a browser's own form; 403 from pages of other origins than the form allows.
    /// What a program seems to have sent is answered alike and dropped. With an `Idempotency-Key`, a second try is no second
    /// submission.
    #[oai(path = "/:key/submissions/", method = "post", operation_id = "submit_form")]
    async fn submit(&self, key: Path<String>, visit: Visit, sent: Sent<NewSubmission>) -> Across {
        self.receive(&key.0, &visit, async |form| {
            let said = sent.0?;
            if is_spam(said.fax.as_ref(), said.elapsed_ms, form.minimum_seconds) {
                return Ok(Accepted::received());
            }
            said.check(form)?;
            self.write(&key.0, &visit, async |tx, form| take::submission(tx, form, &visit, said).await).await
        })
        .await
    }

    /// Send a message
    ///
    /// Public. It becomes a message to answer. The same rules as for a form hold, but for the fields that the form requires.
    #[oai(path = "/:key/messages/", method = "post", operation_id = "send_contact_message")]
    async fn message(&self, key: Path<String>, visit: Visit, sent: Sent<NewContactMessage>) -> Across {
        self.receive(&key.0, &visit, async |form| {
            let said = sent.0?;
            if is_spam(said.fax.as_ref(), said.elapsed_ms, form.minimum_seconds) {
                return Ok(Accepted::received());
            }
            if said.message.as_str().is_empty() {
                return Err(Error::fault("/message", "too_short", "Must not be blank."));
            }
            self.write(&key.0, &visit, async |tx, form| take::message(tx, form, &visit, said).await).await
        })
        .await
    }

    /// May a page submit a form?
    #[oai(path = "/:key/submissions/", method = "options", operation_id = "ask_to_submit_form", hidden = true)]
    async fn ask_to_submit(&self, key: Path<String>, visit: Visit) -> Preflight {
        Preflight(self.admitted(&key.0, &visit, async |_| Ok(Accepted::received())).await)
    }

    /// May a page send a message?
    #[oai(path = "/:key/messages/", method = "options", operation_id = "ask_to_send_message", hidden = true)]
    async fn ask_to_send(&self, key: Path<String>, visit: Visit) -> Preflight {
        Preflight(self.admitted(&key.0, &visit, async |_| Ok(Accepted::received())).await)
    }
}

impl PublicFormsApi {
    /// What counts, by its network: asking whether one may does not.
    async fn receive(
        &self,
        key: &str,
        visit: &Visit,
        work: impl AsyncFnOnce(&form::Model) -> Result<Accepted>,
    ) -> Across {
        self.admitted(key, visit, async |form| {
            self.pace.count(visit.caller.ip, key)?;
            work(form).await
        })
        .await
    }

    async fn admitted(
        &self,
        key: &str,
        visit: &Visit,
        work: impl AsyncFnOnce(&form::Model) -> Result<Accepted>,
    ) -> Across {
        let told = |error: Error| error.with_instance(&visit.caller.request_id);
        let form = self.platform.read(async |tx| door::find(tx, key).await).await;
        match form.and_then(|form| door::admit(&form, visit).map(|()| form)) {
            Err(error) => Across { answer: Err(told(error)), origin: None },
            Ok(form) => Across { answer: work(&form).await.map_err(told), origin: visit.origin.clone() },
        }
    }

    /// Goes on in the form's organisation, as the organisation itself.
    async fn write(
        &self,
        key: &str,
        visit: &Visit,
        work: impl AsyncFnOnce(&Tx, &form::Model) -> Result<()>,
    ) -> Result<Accepted> {
        self.platform
            .write(async |tx| {
                let form = door::find(tx, key).await?;
                let once = async |tx: &Tx| work(tx, &form).await.map(|()| Accepted::received());
                tx.enter_once(form.org_id, visit.asked.clone(), once).await
            })
            .await
    }
}
