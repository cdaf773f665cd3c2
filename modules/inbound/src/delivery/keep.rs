//! Bytes into the file store before any row names them; taken out again if none does.

use base::{Result, Tx};
use bytes::Bytes;
use files::{Files, Shelf, Stored};
use futures_util::{StreamExt, stream};
use uuid::Uuid;

use crate::{inbox::FileRefusal, letter::File};

/// Files of one mail that are kept.
const MOST: usize = 50;
/// And that are told of.
const MOST_TOLD: usize = 200;

/// What was put into the store for a mail.
#[derive(Default)]
pub struct Kept {
    pub original: Option<Stored>,
    pub files: Vec<KeptFile>,
}

pub struct KeptFile {
    pub name: String,
    pub size: i64,
    pub stored: Result<Stored, FileRefusal>,
}

impl Kept {
    pub async fn keep_original(&mut self, store: &Files, org: Uuid, id: Uuid, raw: Bytes) -> Result<()> {
        self.original = Some(store.keep_as(Shelf::Mails, org, id, "message/rfc822", raw).await?);
        Ok(())
    }

    /// Those that may be kept; what is refused is told of.
    pub async fn keep_files(
        &mut self,
        store: &Files,
        org: Uuid,
        ids: impl Fn() -> Uuid,
        files: Vec<File>,
    ) -> Result<()> {
        for (place, File { name, content }) in files.into_iter().take(MOST_TOLD).enumerate() {
            let size = i64::try_from(content.len()).unwrap_or(i64::MAX);
            let stored = if place < MOST {
                let content = stream::iter([Ok(Bytes::from(content))]).boxed();
                match store.keep(Shelf::Attachments, org, ids(), content).await {
                    Ok(stored) => Ok(stored),
                    Err(error) => Err(refusal(error)?),
                }
            } else {
                Err(FileRefusal::TooMany)
            };
            self.files.push(KeptFile { name, size, stored });
        }
        Ok(())
    }

    /// Nothing names the files.
    pub async fn drop_files(&mut self, store: &Files) -> Result<()> {
        for file in self.files.drain(..) {
            if let Ok(stored) = file.stored {
                store.remove(&stored.key).await?;
            }
        }
        Ok(())
    }

    /// Nothing names anything.
    pub async fn drop_all(&mut self, store: &Files) -> Result<()> {
        self.drop_files(store).await?;
        match self.original.take() {
            Some(stored) => store.remove(&stored.key).await,
            None => Ok(()),
        }
    }
}

/// The file's own fault, or the store's.
fn refusal(error: base::Error) -> Result<FileRefusal> {
    match error.code() {
        "too_large" => Ok(FileRefusal::TooLarge),
        "unsupported_media_type" => Ok(FileRefusal::TypeNotAllowed),
        "invalid" => Ok(FileRefusal::Empty),
        _ => Err(error),
    }
}

/// The files as rows on a case.
pub async fn attach(tx: &Tx, case: &notes::Subject, files: &[KeptFile]) -> Result<Vec<Option<Uuid>>> {
    let mut ids = Vec::with_capacity(files.len());
    for file in files {
        ids.push(match &file.stored {
            Ok(stored) => Some(notes::attach_to(tx, case, &file.name, stored).await?.id),
            Err(_) => None,
        });
    }
    Ok(ids)
}
