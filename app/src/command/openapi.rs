use std::path::Path;

use crate::{cli::OpenApi, config::Config, serve, start::Fault};

/// Prints the document, or compares it with a file. It needs no server and leaves nothing behind.
pub async fn openapi(config: &Config, asked: OpenApi) -> Result<(), Fault> {
    let parts = super::scratch::parts(config).await?;
    let text = ::openapi::text(&serve::document(&parts));
    match asked.check {
        None => {
            print!("{text}");
            Ok(())
        }
        Some(path) => compare(&text, &path),
    }
}

fn compare(text: &str, path: &Path) -> Result<(), Fault> {
    let kept = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let differs = kept.lines().zip(text.lines()).position(|(kept, now)| kept != now);
    let differs = differs.or_else(|| {
        (kept.lines().count() != text.lines().count()).then(|| kept.lines().count().min(text.lines().count()))
    });
    match differs {
        None => Ok(()),
        Some(line) => Err(format!(
            "{} is not current: line {} reads\n  {}\nand should read\n  {}\nRun `rapport openapi > {}`.",
            path.display(),
            line + 1,
            kept.lines().nth(line).unwrap_or_default(),
            text.lines().nth(line).unwrap_or_default(),
            path.display(),
        )),
    }
}
