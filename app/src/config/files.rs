use std::fs;
use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::fault::ConfigFault;
use super::network;
use super::reader::Reader;

/// Where attachments are kept.
#[derive(Debug, Clone)]
pub enum Files {
    Folder(PathBuf),
    S3(S3),
}

#[derive(Debug, Clone)]
pub struct S3 {
    pub bucket: String,
    /// Not Amazon's own when set.
    pub endpoint: Option<String>,
    pub region: String,
    pub access_key: SecretString,
    pub secret_key: SecretString,
}

impl Files {
    pub(super) fn with(reader: &mut Reader<'_>, data_dir: &Path) -> Self {
        let default = Self::Folder(data_dir.join("files"));
        let Some(url) = reader.text("FILES_URL") else {
            return default;
        };
        if let Some(path) = url.strip_prefix("file://").filter(|path| !path.is_empty()) {
            return Self::Folder(path.into());
        }
        if let Some(bucket) = url.strip_prefix("s3://").filter(|bucket| is_bucket(bucket)) {
            return Self::S3(S3::with(reader, bucket));
        }
        reader.fault("FILES_URL", "is neither file://<folder> nor s3://<bucket>");
        default
    }
}

impl S3 {
    fn with(reader: &mut Reader<'_>, bucket: &str) -> Self {
        let endpoint = reader.read("S3_ENDPOINT", None, |value| network::origin(value).map(Some));
        let region = reader.text("S3_REGION").unwrap_or("us-east-1").into();
        Self {
            bucket: bucket.into(),
            endpoint,
            region,
            access_key: needed(reader, "S3_ACCESS_KEY"),
            secret_key: needed(reader, "S3_SECRET_KEY"),
        }
    }
}

fn needed(reader: &mut Reader<'_>, name: &str) -> SecretString {
    reader.secret(name).unwrap_or_else(|| {
        reader.fault(name, "is needed when FILES_URL starts with s3://");
        SecretString::default()
    })
}

/// The rules that every S3-compatible store shares.
fn is_bucket(name: &str) -> bool {
    (3..=63).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
}

/// Makes the folder, for the owner alone, and tries to write in it.
pub(super) fn prepare_folder(folder: &Path) -> Result<(), ConfigFault> {
    let probe = folder.join(format!(".probe-{:08x}", rand::random::<u32>()));
    make_folder(folder).and_then(|()| fs::write(&probe, b"")).and_then(|()| fs::remove_file(&probe)).map_err(|error| {
        ConfigFault {
            variable: "RAPPORT_DATA_DIR".into(),
            problem: format!("is {}, which cannot be written to ({error})", folder.display()),
            example: "/var/lib/rapport",
        }
    })
}

fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}
