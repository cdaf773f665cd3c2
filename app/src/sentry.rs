//! Errors to Sentry, when a DSN is set, without anything that a person said.

use std::{borrow::Cow, sync::Arc};

use secrecy::ExposeSecret;
use sentry::{ClientInitGuard, ClientOptions, protocol::Event};

use crate::config::Config;

/// Sends while the guard lives; `None` when no DSN is set.
pub fn begin(config: &Config) -> Option<ClientInitGuard> {
    let dsn = config.sentry_dsn.as_ref()?.expose_secret().parse().ok()?;
    let mut options = ClientOptions::default();
    options.dsn = Some(dsn);
    options.release = Some(Cow::Borrowed(env!("CARGO_PKG_VERSION")));
    options.send_default_pii = false;
    options.before_send = Some(Arc::new(|event| Some(scrubbed(event))));
    Some(sentry::init(options))
}

/// What happened and where, and no more: no request, no user, no host, no values.
fn scrubbed(mut event: Event<'static>) -> Event<'static> {
    event.request = None;
    event.user = None;
    event.server_name = None;
    event.breadcrumbs.values.clear();
    event.extra.clear();
    event.contexts.retain(|name, _| matches!(name.as_str(), "os" | "rust"));
    event.message = event.message.map(|message| plain(&message));
    for exception in &mut event.exception.values {
        exception.value = exception.value.take().map(|value| plain(&value));
    }
    event
}

/// Words that could be an address, a token or somebody's data are left out.
fn plain(text: &str) -> String {
    let safe = |word: &&str| word.len() <= 32 && !word.contains(['@', '=', '"', '\'']);
    text.split_whitespace().filter(safe).collect::<Vec<_>>().join(" ")
}
