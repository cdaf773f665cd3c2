use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;

use super::settings::SETTINGS;
use super::{Config, ConfigFault, Engine, Files, MailTransport, SmtpTls};

/// Two secrets of 32 random bytes.
const GOOD: &str = "0n4craq11ArJuRUmnlLr71Cq50RCG2AspneMpkZdQJE=";
const OTHER: &str = "pL4x9Gq0sVtYwN2mJhR7uKcEo1iDaBfZ5vHlTnXyQrM=";

fn read(lines: &[(&str, &str)]) -> Result<Config, Vec<ConfigFault>> {
    let variables: HashMap<_, _> =
        lines.iter().map(|(name, value)| ((*name).to_string(), (*value).to_string())).collect();
    Config::from_variables(&variables)
}

fn good(lines: &[(&str, &str)]) -> Config {
    read(lines).unwrap_or_else(|faults| panic!("{lines:?}: {faults:?}"))
}

/// A folder of its own for a test that writes.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("rapport-config-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn nothing_need_be_set() {
    let config = good(&[]);
    assert_eq!(config.database.engine, Engine::Sqlite { path: "data/rapport.sqlite".into() });
    assert_eq!(config.database.owner_url.expose_secret(), "sqlite:data/rapport.sqlite");
    assert_eq!(config.listen.to_string(), "127.0.0.1:8000");
    assert_eq!(config.metrics_listen.unwrap().to_string(), "127.0.0.1:9100");
    assert_eq!(config.access_token.as_secs(), 900);
    assert_eq!(config.refresh_token.as_secs(), 30 * 24 * 3600);
    assert_eq!(config.mail.from.to_string(), "Rapport <rapport@localhost>");
    assert!(matches!(config.mail.transport, MailTransport::Console));
    assert!(matches!(config.files, Files::Folder(path) if path == Path::new("data/files")));
    assert!(config.platform_admin_domains.is_empty());
}

#[test]
fn right_values_are_taken() {
    for lines in [
        &[("DATABASE_URL", "postgres://app:x@db/rapport"), ("DATABASE_OWNER_URL", "postgresql://owner:x@db/rapport")][..],
        &[("DATABASE_URL", "sqlite:///srv/crm.sqlite")],
        &[("LISTEN", "[::]:80"), ("METRICS_LISTEN", "off")],
        &[("PUBLIC_URL", "https://crm.example.com/"), ("HSTS", "true")],
        &[("CORS_ORIGINS", "https://a.example.com, http://localhost:5173")],
        &[("TRUSTED_PROXIES", "10.0.0.0/8, ::1")],
        &[("PLATFORM_ADMIN_DOMAINS", "example.com,sub.example.org")],
        &[("JWT_SECRETS", &format!("new:{GOOD},old:{OTHER}"))],
        &[("MAIL_TRANSPORT", "ses"), ("SES_REGION", "eu-central-1"), ("MAIL_FROM", "crm@example.com")],
        &[("FILES_URL", "s3://bucket"), ("S3_ACCESS_KEY", "a"), ("S3_SECRET_KEY", "b")],
        &[("FILES_URL", "file:///srv/files"), ("MAX_UPLOAD_BYTES", "1048576")],
        &[("LOG", "info,sqlx=warn"), ("LOG_FORMAT", "json"), ("WORKERS_IN_SERVE", "0")],
        &[("LISTEN", ""), ("HSTS", " "), ("PATH", "/usr/bin")],
    ] {
        good(lines);
    }
}

fn text(value: &str) -> String {
    value.into()
}

#[test]
fn wrong_values_are_told() {
    for (name, value) in [
        ("DATABASE_URL", text("mysql://localhost/crm")),
        ("DATABASE_URL", text("sqlite::memory:")),
        ("DATABASE_URL", text("postgres://localhost:notaport/crm")),
        ("DATABASE_OWNER_URL", text("postgres://localhost/crm")),
        ("DATABASE_MAX_CONNECTIONS", text("0")),
        ("LISTEN", text("8000")),
        ("METRICS_LISTEN", text("none")),
        ("METRICS_LISTEN", text("127.0.0.1:8000")),
        ("PUBLIC_URL", text("crm.example.com")),
        ("PUBLIC_URL", text("https://example.com/crm")),
        ("HSTS", text("true")),
        ("CORS_ORIGINS", text("*")),
        ("CORS_ORIGINS", text("https://*.example.com")),
        ("TRUSTED_PROXIES", text("10.0.0.0/33")),
        ("PLATFORM_ADMIN_DOMAINS", text("me@example.com")),
        ("PLATFORM_ADMIN_DOMAINS", text("gmail.com")),
        ("ACCESS_TOKEN_SECONDS", text("59")),
        ("ACCESS_TOKEN_SECONDS", text("86401")),
        ("REFRESH_TOKEN_DAYS", text("366")),
        ("MAIL_TRANSPORT", text("sendmail")),
        ("MAIL_FROM", text("somebody")),
        ("FILES_URL", text("/srv/files")),
        ("FILES_URL", text("s3://B")),
        ("MAX_UPLOAD_BYTES", text("25MB")),
        ("WORKERS_IN_SERVE", text("-1")),
        ("LOG", text("info,=")),
        ("LOG_FORMAT", text("xml")),
        ("SENTRY_DSN", text("sentry")),
        ("REQUEST_TIMEOUT_SECONDS", text("0")),
        ("SHUTDOWN_SECONDS", text("soon")),
        ("MIGRATE_AT_START", text("maybe")),
        ("JWT_SECRETS", text("no-kid")),
        ("JWT_SECRETS", text("k1:c2hvcnQ=")),
        ("JWT_SECRETS", text("k1:not base64")),
        ("JWT_SECRETS", text("k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")),
        ("JWT_SECRETS", text("k1:Y2hhbmdlbWUtY2hhbmdlbWUtY2hhbmdlbWUtMTIzNA==")),
        ("JWT_SECRETS", format!("k1:{GOOD},k1:{OTHER}")),
        ("JWT_SECRETS", format!("a:{GOOD},b:{OTHER},c:{GOOD}")),
    ] {
        let faults = read(&[(name, &value)]).expect_err(&format!("{name}={value}"));
        assert_eq!(faults.len(), 1, "{name}={value}: {faults:?}");
        assert_eq!(faults[0].variable, name);
        assert!(faults[0].to_string().contains(&format!("; for example {name}=")), "{}", faults[0]);
        assert!(!faults[0].to_string().contains('\n'));
    }
}

#[test]
fn settings_that_belong_together_are_missed() {
    for (lines, missed) in [
        (&[("MAIL_TRANSPORT", "smtp")][..], &["SMTP_HOST", "MAIL_FROM"][..]),
        (&[("MAIL_TRANSPORT", "ses")], &["SES_REGION", "MAIL_FROM"]),
        (&[("FILES_URL", "s3://bucket")], &["S3_ACCESS_KEY", "S3_SECRET_KEY"]),
        (
            &[("MAIL_TRANSPORT", "smtp"), ("MAIL_FROM", "a@example.com"), ("SMTP_HOST", "mx"), ("SMTP_USER", "a")],
            &["SMTP_PASSWORD"],
        ),
    ] {
        let faults = read(lines).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.variable.as_str()).collect::<Vec<_>>(), missed);
    }
}

#[test]
fn all_mistakes_are_told_together() {
    let faults = read(&[("LISTEN", "x"), ("RAPPORT_LISTEN", "y"), ("RAPPORT_COLOUR", "red"), ("LOG_FORMAT", "xml")]);
    let lines: Vec<_> = faults.unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "RAPPORT_COLOUR is not a setting; .env.example lists them all",
            "RAPPORT_LISTEN is not a setting; it is called LISTEN",
            "LISTEN is not an IP address with a port; for example LISTEN=127.0.0.1:8000",
            "LOG_FORMAT is neither text nor json; for example LOG_FORMAT=json",
        ]
    );
}

#[test]
fn an_smtp_address_says_it_all() {
    for (url, host, port, tls, user) in [
        ("smtp://127.0.0.1:2525?tls=off", "127.0.0.1", 2525, SmtpTls::Off, None),
        ("smtp://mx.example.com", "mx.example.com", 587, SmtpTls::StartTls, None),
        ("smtps://a%40b:p%3Aq@mx.example.com", "mx.example.com", 465, SmtpTls::Tls, Some("a@b")),
    ] {
        let config = good(&[("MAIL_TRANSPORT", "smtp"), ("MAIL_FROM", "a@example.com"), ("SMTP_URL", url)]);
        let MailTransport::Smtp(smtp) = config.mail.transport else { panic!("{url}") };
        assert_eq!((smtp.host.as_str(), smtp.port, smtp.tls), (host, port, tls), "{url}");
        assert_eq!(smtp.login.as_ref().map(|(user, _)| user.as_str()), user, "{url}");
    }
    for url in ["mx.example.com:25", "http://mx", "smtp://mx?tls=maybe", "smtp://user@mx", "smtp://mx/path"] {
        let lines = [("MAIL_TRANSPORT", "smtp"), ("MAIL_FROM", "a@example.com"), ("SMTP_URL", url)];
        assert_eq!(read(&lines).unwrap_err()[0].variable, "SMTP_URL", "{url}");
    }
}

#[test]
fn a_secret_can_stand_in_a_file() {
    let folder = folder("secret");
    let (path, empty) = (folder.join("jwt"), folder.join("empty"));
    fs::write(&path, format!("k1:{GOOD}\n")).unwrap();
    fs::write(&empty, "\n").unwrap();
    let path = path.to_str().unwrap();

    let config = good(&[("JWT_SECRETS_FILE", path)]);
    assert_eq!(config.jwt_secrets().unwrap()[0].kid, "k1");

    for lines in [
        &[("JWT_SECRETS_FILE", path), ("JWT_SECRETS", "k1:x")][..],
        &[("JWT_SECRETS_FILE", "/does/not/exist")],
        &[("JWT_SECRETS_FILE", empty.to_str().unwrap())],
    ] {
        assert_eq!(read(lines).unwrap_err().len(), 1, "{lines:?}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_signing_secret_is_made_once_and_for_the_owner_alone() {
    let folder = folder("key").join("data");
    let config = good(&[("RAPPORT_DATA_DIR", folder.to_str().unwrap())]);
    let made: Vec<_> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| config.jwt_secrets().unwrap().remove(0))).collect();
        tries.into_iter().map(|each| each.join().unwrap()).collect()
    });
    let first = &made[0];
    assert_eq!(first.secret.expose_secret().len(), 32);
    for other in &made {
        assert_eq!((&other.kid, other.secret.expose_secret()), (&first.kid, first.secret.expose_secret()));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let permissions = fs::metadata(folder.join("jwt.key")).unwrap().permissions().mode();
        assert_eq!(permissions & 0o777, 0o600);
    }
    fs::remove_dir_all(folder.parent().unwrap()).unwrap();
}

#[test]
fn secrets_are_shown_nowhere() {
    let canary = "canary-4711";
    let url = format!("postgres://app:{canary}@db/crm");
    let smtp = format!("smtps://user:{canary}@mx");
    let dsn = format!("https://{canary}@sentry.example.com/1");
    let config = good(&[
        ("DATABASE_URL", &url),
        ("MAIL_TRANSPORT", "smtp"),
        ("MAIL_FROM", "a@example.com"),
        ("SMTP_URL", &smtp),
        ("FILES_URL", "s3://bucket"),
        ("S3_ACCESS_KEY", canary),
        ("S3_SECRET_KEY", canary),
        ("SENTRY_DSN", &dsn),
        ("JWT_SECRETS", &format!("k1:{GOOD}")),
    ]);
    let shown = format!("{config:?}");
    assert!(!shown.contains(canary), "{shown}");
    assert!(shown.contains("REDACTED"));

    for setting in SETTINGS.iter().filter(|setting| setting.is_secret) {
        let lines = [
            (setting.name, canary),
            ("MAIL_TRANSPORT", "smtp"),
            ("FILES_URL", "s3://bucket"),
            ("LISTEN", "wrong on purpose"),
        ];
        let told = format!("{:?}", read(&lines).unwrap_err());
        assert!(!told.contains(canary), "{told}");
    }
}

#[test]
fn the_example_file_lists_every_setting_and_its_default() {
    let example = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../.env.example")).unwrap();
    let lines: Vec<(&str, &str)> = example
        .lines()
        .filter_map(|line| line.strip_prefix("# ")?.split_once('='))
        .filter(|(name, _)| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'))
        .map(|(name, value)| (name, value.trim_matches('"')))
        .collect();
    let listed: Vec<_> = lines.iter().map(|(name, _)| *name).collect();
    let known: Vec<_> = SETTINGS.iter().map(|setting| setting.name).collect();
    assert_eq!(listed.iter().collect::<BTreeSet<_>>(), known.iter().collect::<BTreeSet<_>>());
    assert_eq!(listed.len(), known.len(), "a setting is listed twice");
    assert_eq!(format!("{:?}", good(&lines)), format!("{:?}", good(&[])));
}
