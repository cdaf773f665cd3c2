use std::collections::HashMap;
use std::fmt::Display;
use std::fs;
use std::ops::RangeInclusive;
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};

use super::fault::ConfigFault;
use super::settings::setting;

/// Reads one setting after the other and keeps the mistakes, going on with the default.
pub(super) struct Reader<'a> {
    variables: &'a HashMap<String, String>,
    faults: Vec<ConfigFault>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(variables: &'a HashMap<String, String>) -> Self {
        Self { variables, faults: Vec::new() }
    }

    pub(super) fn finish<T>(self, value: T) -> Result<T, Vec<ConfigFault>> {
        if self.faults.is_empty() { Ok(value) } else { Err(self.faults) }
    }

    /// A misspelt name would otherwise be a setting that silently does nothing. Only our own prefix can be judged.
    pub(super) fn refuse_unknown_names(&mut self) {
        let mut unknown: Vec<_> =
            self.variables.keys().filter(|name| name.starts_with("RAPPORT_") && setting(name).is_none()).collect();
        unknown.sort();
        for name in unknown {
            let meant = setting(name.trim_start_matches("RAPPORT_"));
            self.faults.push(ConfigFault {
                variable: name.clone(),
                problem: meant.map_or_else(
                    || "is not a setting; .env.example lists them all".into(),
                    |meant| format!("is not a setting; it is called {}", meant.name),
                ),
                example: "",
            });
        }
    }

    pub(super) fn fault(&mut self, name: &str, problem: impl Into<String>) {
        debug_assert!(setting(name).is_some(), "{name} is missing from SETTINGS");
        self.faults.push(ConfigFault {
            variable: name.into(),
            problem: problem.into(),
            example: setting(name).map_or("", |setting| setting.example),
        });
    }

    /// The value as given, or nothing where it is absent or blank.
    pub(super) fn text(&self, name: &str) -> Option<&'a str> {
        debug_assert!(setting(name).is_some(), "{name} is missing from SETTINGS");
        self.given(name)
    }

    pub(super) fn read<T>(&mut self, name: &str, default: T, parse: impl FnOnce(&str) -> Result<T, String>) -> T {
        let Some(text) = self.text(name) else {
            return default;
        };
        parse(text).unwrap_or_else(|problem| {
            self.fault(name, problem);
            default
        })
    }

    /// A comma list; each wrong entry is a mistake of its own.
    pub(super) fn list<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Vec<T> {
        let mut found = Vec::new();
        for entry in self.text(name).unwrap_or_default().split(',').map(str::trim) {
            if entry.is_empty() {
                continue;
            }
            match parse(entry) {
                Ok(value) => found.push(value),
                Err(problem) => {
                    self.fault(name, format!("has the entry {entry:?}, which {problem}"));
                }
            }
        }
        found
    }

    pub(super) fn whole<T>(&mut self, name: &str, default: T, range: RangeInclusive<T>) -> T
    where
        T: FromStr + PartialOrd + Display,
    {
        self.read(name, default, |text| match text.parse::<T>() {
            Ok(number) if range.contains(&number) => Ok(number),
            _ => Err(format!("is not a whole number from {} to {}", range.start(), range.end())),
        })
    }

    pub(super) fn flag(&mut self, name: &str, default: bool) -> bool {
        self.read(name, default, |text| match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Ok(true),
            "false" | "0" | "no" | "off" => Ok(false),
            _ => Err("is neither true nor false".into()),
        })
    }

    /// A secret, from the variable itself or from the file that `<NAME>_FILE` names.
    pub(super) fn secret(&mut self, name: &str) -> Option<SecretString> {
        debug_assert!(setting(name).is_some_and(|setting| setting.is_secret), "{name} is not a secret in SETTINGS");
        let in_file = format!("{name}_FILE");
        match (self.given(name), self.given(&in_file)) {
            (Some(_), Some(_)) => {
                self.fault(name, format!("and {in_file} are both set; keep one"));
                None
            }
            (Some(value), None) => Some(value.into()),
            (None, Some(path)) => match fs::read_to_string(path) {
                Ok(content) if content.trim().is_empty() => {
                    self.fault_in_file(in_file, format!("names the file {path}, which is empty"));
                    None
                }
                Ok(content) => Some(content.trim().into()),
                Err(error) => {
                    self.fault_in_file(in_file, format!("names the file {path}, which cannot be read ({error})"));
                    None
                }
            },
            (None, None) => None,
        }
    }

    /// Adds a fault, without the value, where the secret does not look right.
    pub(super) fn check_secret(
        &mut self,
        name: &str,
        secret: &SecretString,
        check: impl FnOnce(&str) -> Result<(), String>,
    ) {
        if let Err(problem) = check(secret.expose_secret()) {
            self.fault(name, problem);
        }
    }

    fn fault_in_file(&mut self, variable: String, problem: String) {
        self.faults.push(ConfigFault { variable, problem, example: "/run/secrets/rapport" });
    }

    fn given(&self, name: &str) -> Option<&'a str> {
        self.variables.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
    }
}
