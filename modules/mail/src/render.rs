use include_dir::{Dir, include_dir};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig};

use crate::{
    EmailKind,
    error::{Unready, explain},
    filters,
};

static SOURCES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../templates/email");

/// A subject longer than this says nothing more, and RFC 5322 allows no line over 998 characters.
const SUBJECT_MAX: usize = 200;

/// An e-mail in words.
pub(crate) struct Rendered {
    /// One line of at most 200 characters, without control characters.
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The templates of all e-mails, which are part of the binary.
pub(crate) struct Templates(Environment<'static>);

impl Templates {
    pub fn load() -> Result<Self, Unready> {
        let mut environment = Environment::new();
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
        let syntax = syntax.map_err(|error| Unready(explain(&error)))?;
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|name| {
            if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None }
        });
        environment.set_syntax(syntax);
        filters::add(&mut environment);
        add(&mut environment, &SOURCES)?;
        Ok(Self(environment))
    }

    pub fn render(&self, email: &EmailKind) -> Result<Rendered, minijinja::Error> {
        let values = email.values();
        let part = |file: &str| self.0.get_template(&format!("{}/{file}", email.name()))?.render(&values);
        Ok(Rendered {
            subject: filters::one_line(&part("subject.txt.j2")?, SUBJECT_MAX),
            text: part("body.txt.j2")?.trim().to_owned() + "\n",
            html: part("body.html.j2")?,
        })
    }
}

fn add(environment: &mut Environment<'static>, folder: &'static Dir<'_>) -> Result<(), Unready> {
    for file in folder.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let source = file.contents_utf8().ok_or_else(|| Unready(format!("template {name} is not UTF-8")))?;
        environment.add_template_owned(name, source).map_err(|error| Unready(explain(&error)))?;
    }
    folder.dirs().try_for_each(|inner| add(environment, inner))
}
