/// A variable that is read.
#[derive(Debug)]
pub struct Setting {
    pub name: &'static str,
    /// Shown in faults as a right value.
    pub example: &'static str,
    /// A secret can also be given as `<NAME>_FILE`, the path of a file that holds it, and is never shown.
    pub is_secret: bool,
}

const fn plain(name: &'static str, example: &'static str) -> Setting {
    Setting { name, example, is_secret: false }
}

const fn secret(name: &'static str, example: &'static str) -> Setting {
    Setting { name, example, is_secret: true }
}

/// Every setting there is, in the order of `.env.example`.
pub const SETTINGS: &[Setting] = &[
    plain("RAPPORT_DATA_DIR", "/var/lib/rapport"),
    secret("DATABASE_URL", "postgres://rapport_app:password@localhost/rapport"),
    secret("DATABASE_OWNER_URL", "postgres://rapport_owner:password@localhost/rapport"),
    plain("DATABASE_MAX_CONNECTIONS", "10"),
    plain("MIGRATE_AT_START", "true"),
    plain("LISTEN", "127.0.0.1:8000"),
    plain("METRICS_LISTEN", "127.0.0.1:9100"),
    plain("PUBLIC_URL", "https://crm.example.com"),
    plain("CORS_ORIGINS", "https://app.example.com,https://www.example.com"),
    plain("TRUSTED_PROXIES", "10.0.0.0/8,::1"),
    plain("HSTS", "false"),
    plain("REQUEST_TIMEOUT_SECONDS", "30"),
    plain("SHUTDOWN_SECONDS", "25"),
    secret("JWT_SECRETS", "\"k1:$(openssl rand -base64 32)\""),
    plain("ACCESS_TOKEN_SECONDS", "900"),
    plain("REFRESH_TOKEN_DAYS", "30"),
    plain("PLATFORM_ADMIN_DOMAINS", "example.com"),
    plain("MAIL_TRANSPORT", "smtp"),
    plain("MAIL_FROM", "\"Example CRM <crm@example.com>\""),
    secret("SMTP_URL", "smtps://user:password@mail.example.com:465"),
    plain("SMTP_HOST", "mail.example.com"),
    plain("SMTP_PORT", "587"),
    plain("SMTP_TLS", "starttls"),
    plain("SMTP_USER", "crm@example.com"),
    secret("SMTP_PASSWORD", "password"),
    plain("SES_REGION", "eu-central-1"),
    plain("MAIL_DIR", "/var/lib/rapport/mail"),
    plain("FILES_URL", "s3://bucket"),
    plain("S3_ENDPOINT", "https://s3.example.com"),
    plain("S3_REGION", "eu-central-1"),
    secret("S3_ACCESS_KEY", "key"),
    secret("S3_SECRET_KEY", "secret"),
    plain("MAX_UPLOAD_BYTES", "26214400"),
    plain("WORKERS_IN_SERVE", "2"),
    plain("LOG", "info"),
    plain("LOG_FORMAT", "json"),
    secret("SENTRY_DSN", "https://key@sentry.example.com/1"),
];

pub(super) fn setting(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}
