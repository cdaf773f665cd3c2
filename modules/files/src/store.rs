//! Where the bytes of attachments are: a folder, or an S3-compatible bucket. A file is whole and on disk before its row
//! commits; one whose row never did is swept away.

use std::{collections::HashMap, sync::Arc};

use base::{Error, Result};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream::BoxStream};
use object_store::{MultipartUpload, ObjectStore, ObjectStoreExt, PutPayload, path::Path};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::media::{self, Sniffer};

/// The file store, and how large a file may be.
#[derive(Clone)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    most_bytes: u64,
}

/// A file that is kept, before anything says so.
#[derive(Clone, Debug)]
pub struct Stored {
    pub key: String,
    pub media_type: &'static str,
    pub size: i64,
    pub sha256: String,
}

/// Where in the store: each kind of file is named by rows of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    Attachments,
    Logos,
    Mails,
}

impl Shelf {
    fn name(self) -> &'static str {
        match self {
            Self::Attachments => "attachments",
            Self::Logos => "logos",
            Self::Mails => "mails",
        }
    }
}

/// Written at once: S3 takes no smaller parts.
const PART: usize = 5 * 1024 * 1024;

impl Files {
    pub fn new(store: Arc<dyn ObjectStore>, most_bytes: u64) -> Self {
        Self { store, most_bytes }
    }

    /// Keeps what comes under a random key: 413 past the cap, counted as it comes, and 415 for a type that is not allowed.
    /// Nothing is left of what is refused or does not come to its end.
    pub async fn keep(
        &self,
        shelf: Shelf,
        org: Uuid,
        id: Uuid,
        mut content: BoxStream<'_, Result<Bytes>>,
    ) -> Result<Stored> {
        let key = format!("{}/{org}/{}", shelf.name(), id.simple());
        let mut upload = self.store.put_multipart(&Path::from(key.as_str())).await.map_err(Error::internal)?;
        match self.receive(&mut *upload, &mut content).await {
            Ok((media_type, size, sha256)) => {
                upload.complete().await.map_err(Error::internal)?;
                Ok(Stored { key, media_type, size, sha256 })
            }
            Err(error) => {
                let _ = upload.abort().await;
                Err(error)
            }
        }
    }

    /// Keeps bytes that are nothing but what they are said to be: nobody finds out what they contain. They may only go out as
    /// a file to save.
    pub async fn keep_as(
        &self,
        shelf: Shelf,
        org: Uuid,
        id: Uuid,
        media_type: &'static str,
        content: Bytes,
    ) -> Result<Stored> {
        let key = format!("{}/{org}/{}", shelf.name(), id.simple());
        let (size, sha256) = (i64::try_from(content.len()).unwrap_or(i64::MAX), hex::encode(Sha256::digest(&content)));
        let put = self.store.put(&Path::from(key.as_str()), PutPayload::from(content)).await;
        put.map_err(Error::internal)?;
        Ok(Stored { key, media_type, size, sha256 })
    }

    /// The bytes of a kept file; 404 when they are gone.
    pub async fn open(&self, key: &str) -> Result<BoxStream<'static, std::io::Result<Bytes>>> {
        Ok(self.open_sized(key).await?.1)
    }

    /// The same with their number.
    pub async fn open_sized(&self, key: &str) -> Result<(i64, BoxStream<'static, std::io::Result<Bytes>>)> {
        let found = self.store.get(&Path::from(key)).await.map_err(|error| match error {
            object_store::Error::NotFound { .. } => Error::not_found(),
            other => Error::internal(other),
        })?;
        let size = i64::try_from(found.meta.size).unwrap_or(i64::MAX);
        Ok((size, found.into_stream().map_err(std::io::Error::other).boxed()))
    }

    pub async fn remove(&self, key: &str) -> Result<()> {
        match self.store.delete(&Path::from(key)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(Error::internal(error)),
        }
    }

    /// The keys of each organisation's files that were kept before `before`.
    pub async fn older_than(&self, shelf: Shelf, before: DateTime<Utc>) -> Result<HashMap<Uuid, Vec<String>>> {
        let mut found: HashMap<Uuid, Vec<String>> = HashMap::new();
        let mut all = self.store.list(Some(&Path::from(shelf.name())));
        while let Some(file) = all.try_next().await.map_err(Error::internal)? {
            let org = file.location.parts().nth(1).and_then(|part| Uuid::parse_str(part.as_ref()).ok());
            if let Some(org) = org.filter(|_| file.last_modified < before) {
                found.entry(org).or_default().push(file.location.to_string());
            }
        }
        Ok(found)
    }

    async fn receive(
        &self,
        upload: &mut dyn MultipartUpload,
        content: &mut BoxStream<'_, Result<Bytes>>,
    ) -> Result<(&'static str, i64, String)> {
        let (mut size, mut digest, mut sniffer) = (0_u64, Sha256::new(), Sniffer::default());
        let mut part: Vec<u8> = Vec::new();
        while let Some(chunk) = content.next().await {
            let chunk = chunk?;
            size += u64::try_from(chunk.len()).unwrap_or(u64::MAX);
            if size > self.most_bytes {
                return Err(Error::too_large(self.most_bytes));
            }
            digest.update(&chunk);
            sniffer.see(&chunk);
            part.extend_from_slice(&chunk);
            if part.len() >= PART {
                let full = PutPayload::from(std::mem::take(&mut part));
                upload.put_part(full).await.map_err(Error::internal)?;
            }
        }
        if size == 0 {
            return Err(Error::fault("/file", "too_short", "The file is empty."));
        }
        let media_type = sniffer.media_type().ok_or_else(media::refused)?;
        upload.put_part(PutPayload::from(part)).await.map_err(Error::internal)?;
        let sha256 = hex::encode(digest.finalize());
        Ok((media_type, i64::try_from(size).unwrap_or(i64::MAX), sha256))
    }
}
