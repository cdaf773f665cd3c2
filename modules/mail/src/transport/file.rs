use std::path::Path;

use tokio::fs;
use uuid::Uuid;

use crate::{Undelivered, Unready};

/// The file has the e-mail's id for its name (lettre's own file transport makes up a new one each time), so a job that
/// runs twice leaves one file, and it appears whole.
pub(super) async fn send(dir: &Path, id: Uuid, content: &[u8]) -> Result<(), Undelivered> {
    write(dir, id, content).await.map_err(|error| Undelivered::Temporary(fault(dir, &error)))
}

pub(super) async fn check(dir: &Path) -> Result<(), Unready> {
    let probe = dir.join(".writable");
    let tried = async {
        fs::create_dir_all(dir).await?;
        fs::write(&probe, b"").await?;
        fs::remove_file(&probe).await
    };
    tried.await.map_err(|error| Unready(fault(dir, &error)))
}

async fn write(dir: &Path, id: Uuid, content: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(dir).await?;
    let partial = dir.join(format!(".{id}.partial"));
    fs::write(&partial, content).await?;
    fs::rename(&partial, dir.join(format!("{id}.eml"))).await
}

fn fault(dir: &Path, error: &std::io::Error) -> String {
    format!("e-mails cannot be written to {}: {error}", dir.display())
}
