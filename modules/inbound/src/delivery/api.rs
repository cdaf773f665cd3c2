use base::{Error, Platform, Request, Result};
use bytes::Bytes;
use files::Files;
use poem_openapi::{
    Enum, Object, OpenApi,
    param::{Path, Query},
    payload::Json,
};
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::{
    body::{LIMIT, Posted, Raw},
    door,
    keep::Kept,
    record::{Facts, Named, record},
    room::Room,
};
use crate::{
    inbox,
    letter::Letter,
    mailbox,
    reason::{MailStatus, Reason},
};

/// Mail as servers deliver it: without a login, by a mailbox's key.
pub struct DeliveryApi {
    platform: Platform,
    files: Files,
    room: Room,
}

/// What became of a mail.
#[derive(Clone, Debug, Object)]
#[oai(rename = "MailDelivery")]
pub struct Delivery {
    /// By this id it is in the list of inbound mail.
    pub id: Uuid,
    pub status: MailStatus,
    /// Why it was refused.
    pub reason: Option<Reason>,
}

/// How the mail is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename = "MailFormat", rename_all = "snake_case")]
pub enum Format {
    Mime,
}

/// What a request says of itself.
pub struct Asked(Request);

impl<'a> poem::FromRequest<'a> for Asked {
    async fn from_request(request: &'a poem::Request, _: &mut poem::RequestBody) -> poem::Result<Self> {
        Ok(Self(base::noted(request)?))
    }
}

impl DeliveryApi {
    #[must_use]
    pub fn new(platform: Platform, files: Files) -> Self {
        Self { platform, files, room: Room::new() }
    }
}

#[OpenApi(prefix_path = "/api/mail/inbound")]
impl DeliveryApi {
    /// Deliver a mail
    ///
    /// For mail servers, by a mailbox's key. The body is the mail as it travels, whatever its content type says: what Postfix
    /// pipes to `curl --data-binary @-`, or Amazon SES puts into a bucket. A form has it in its field `body-mime`, as Mailgun
    /// sends it (its routes want an address that ends with `mime`: add `?format=mime`).
    ///
    /// It opens a case, or continues the one whose mail it answers. What answers an invitation (`text/calendar; method=REPLY`, RFC
    /// 6047) is kept with the event, if the attendee is who wrote the mail and was invited. What a program sent (an out-of-office
    /// note, a bounce, a mailing list) does neither: it is answered alike, as `refused` with the reason, so that it is not sent
    /// back. Those that their sender should know of are 404 for a mailbox that is switched off, 413 above 25 MiB and 422
    /// `not_a_mail`. Each is in the list of inbound mail. A mail that is delivered again is the one that is there.
    #[oai(path = "/:key/", method = "post", operation_id = "deliver_mail")]
    async fn deliver(
        &self,
        key: Path<String>,
        /// For mail servers that want it in the address; it changes nothing.
        format: Query<Option<Format>>,
        asked: Asked,
        posted: Posted,
    ) -> Result<Json<Delivery>> {
        let _ = format;
        let mailbox = self.platform.read(async |tx| door::find(tx, &key.0).await).await?;
        let _reader = self.room.admit(mailbox.id).await?;
        let told = self.take(&mailbox, asked.0, posted.read().await?).await?;
        match told.0.reason {
            Some(Reason::MailboxInactive) => Err(Error::not_found()),
            Some(Reason::TooLarge) => Err(Error::too_large(LIMIT as u64)),
            Some(Reason::Unreadable) => Err(Error::unprocessable("not_a_mail", "This is no mail that can be read.")),
            _ => Ok(told),
        }
    }
}

impl DeliveryApi {
    async fn take(&self, mailbox: &mailbox::Model, asked: Request, raw: Raw) -> Result<Json<Delivery>> {
        let (bytes, size, too_large) = match raw {
            Raw::Whole(bytes) => (bytes.clone(), bytes.len(), None),
            Raw::TooLarge(head, size) => (head, size, Some(Reason::TooLarge)),
        };
        let size = i64::try_from(size).unwrap_or(i64::MAX);
        let (letter, sha256) = read(bytes.clone()).await?;
        let unreadable = letter.is_none().then_some(Reason::Unreadable);
        let mut letter = letter.unwrap_or_default();
        let inactive = (!mailbox.is_active).then_some(Reason::MailboxInactive);
        let refused = too_large.or(inactive).or(unreadable);
        let ids = || self.platform.clock().id();
        let mut kept = Kept::default();
        if too_large.is_none() {
            kept.keep_original(&self.files, mailbox.org_id, ids(), bytes).await?;
        }
        let files = std::mem::take(&mut letter.files);
        let facts = Facts { size, sha256, refused };
        let recorded = match self.keep_files(mailbox, &letter, &facts, files, &mut kept).await {
            Ok(()) => self.record(mailbox, asked, &letter, &facts, &kept).await,
            Err(error) => Err(error),
        };
        match &recorded {
            Ok((_, Named::All)) => {}
            Ok((_, Named::Original)) => kept.drop_files(&self.files).await?,
            Ok((_, Named::Nothing)) | Err(_) => kept.drop_all(&self.files).await?,
        }
        recorded.map(|(told, _)| told)
    }

    /// Of a mail that may open a case. Who answers an invitation says nothing with files.
    async fn keep_files(
        &self,
        mailbox: &mailbox::Model,
        letter: &Letter,
        facts: &Facts,
        files: Vec<crate::letter::File>,
        kept: &mut Kept,
    ) -> Result<()> {
        if facts.refused.is_some() || letter.automatic.is_some() || letter.reply.is_some() {
            return Ok(());
        }
        kept.keep_files(&self.files, mailbox.org_id, || self.platform.clock().id(), files).await
    }

    /// As the organisation itself; with an `Idempotency-Key`, once.
    async fn record(
        &self,
        mailbox: &mailbox::Model,
        asked: Request,
        letter: &Letter,
        facts: &Facts,
        kept: &Kept,
    ) -> Result<(Json<Delivery>, Named)> {
        let mut named = Named::Nothing;
        let told = self
            .platform
            .write(async |tx| {
                tx.enter_once(mailbox.org_id, asked, async |tx| {
                    let (row, of_these) = Box::pin(record(tx, mailbox, letter, facts, kept)).await?;
                    named = of_these;
                    Ok(Json(Delivery::of(&row)))
                })
                .await
            })
            .await?;
        Ok((told, named))
    }
}

impl Delivery {
    fn of(row: &inbox::Model) -> Self {
        Self { id: row.id, status: row.status, reason: row.reason }
    }
}

/// Parts of a mail are taken apart within one another, and there may be many: bytes that are only used when they are needed.
pub(crate) const STACK: usize = 256 * 1024 * 1024;

/// Reads it beside those who are served. A mail can be made so that its reader stumbles: it is unreadable then, and no more.
async fn read(raw: Bytes) -> Result<(Option<Letter>, String)> {
    let ((tell_digest, digest), (tell_letter, letter)) = (oneshot::channel(), oneshot::channel());
    let read = move || {
        // Whoever waited may have gone.
        let _ = tell_digest.send(hex::encode(Sha256::digest(&raw)));
        let _ = tell_letter.send(Letter::read(&raw));
    };
    std::thread::Builder::new().stack_size(STACK).spawn(read).map_err(|_| Error::unavailable())?;
    let digest = digest.await.map_err(Error::internal)?;
    Ok((letter.await.ok().flatten(), digest))
}
