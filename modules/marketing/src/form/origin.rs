use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};
use url::Url;

/// The web origins (RFC 6454) whose pages may send a form: scheme, host and port, as a browser writes them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Origins(pub Vec<String>);

impl Origins {
    /// Whether a page of this origin may send. Compared as a whole: neither a part of a host nor `null` is ever enough.
    pub fn allow(&self, origin: &str) -> bool {
        parse(origin).is_some_and(|origin| self.0.contains(&origin))
    }
}

/// An origin as a browser writes it; `None` for anything more or less than one.
pub fn parse(typed: &str) -> Option<String> {
    let url = Url::parse(typed).ok()?;
    let bare = matches!(url.scheme(), "http" | "https")
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    bare.then(|| url.origin().ascii_serialization())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port_and_nothing_else() {
        assert_eq!(parse("https://Shop.Example/"), Some("https://shop.example".to_owned()));
        assert_eq!(parse("https://shop.example:443"), Some("https://shop.example".to_owned()));
        assert_eq!(parse("http://localhost:8080"), Some("http://localhost:8080".to_owned()));
        for more in [
            "https://shop.example/contact",
            "https://a@shop.example",
            "ftp://shop.example",
            "null",
            "shop.example",
            "*",
        ] {
            assert_eq!(parse(more), None, "{more}");
        }
    }

    #[test]
    fn only_the_very_same_origin_is_allowed() {
        let origins = Origins(vec!["https://shop.example".to_owned()]);
        assert!(origins.allow("https://shop.example"));
        for other in [
            "http://shop.example",
            "https://shop.example.evil.example",
            "https://www.shop.example",
            "https://shop.example:8443",
            "null",
        ] {
            assert!(!origins.allow(other), "{other}");
        }
    }
}
