use chrono::NaiveDate;
use roxmltree::Node;
use rust_decimal::Decimal;

use super::{ReadError, Source, trim, value};

/// An element of a document that is read. Whatever is asked for is noted as taken in.
#[derive(Clone, Copy)]
pub struct Element<'a> {
    pub(super) node: Node<'a, 'a>,
    pub(super) source: &'a Source<'a>,
}

impl<'a> Element<'a> {
    /// `prefix:name`, by the address that the prefix stands for.
    pub fn is(self, name: &str) -> bool {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let address = self.source.namespaces.iter().find(|(known, _)| *known == prefix).map(|(_, address)| *address);
        self.node.tag_name().name() == local && self.node.tag_name().namespace() == address
    }

    pub fn name(self) -> String {
        self.node.tag_name().name().to_owned()
    }

    pub fn seen(self) -> Self {
        self.source.seen.borrow_mut().insert(self.node.id());
        self
    }

    pub fn children(self, name: &str) -> Vec<Element<'a>> {
        self.elements().filter(|child| child.is(name)).map(Element::seen).collect()
    }

    /// The first of each step: `cac:Party/cac:PostalAddress`.
    pub fn at(self, path: &str) -> Option<Element<'a>> {
        path.split('/')
            .try_fold(self, |element, name| element.elements().find(|child| child.is(name)).map(Element::seen))
    }

    /// Takes it in without looking, with all that is inside.
    pub fn pass(self, path: &str) {
        if let Some(element) = self.at(path) {
            for node in element.node.descendants() {
                self.source.seen.borrow_mut().insert(node.id());
            }
        }
    }

    /// All of its own text, also around comments; nothing where that is empty.
    pub fn own_text(self) -> Option<String> {
        let text: String = self.node.children().filter(Node::is_text).filter_map(|node| node.text()).collect();
        Some(trim(&text)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    pub fn text(self, path: &str) -> Option<String> {
        self.at(path)?.own_text()
    }

    pub fn attribute(self, name: &str) -> Option<String> {
        self.node.attribute(name).map(trim).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    pub fn group(self, path: &str, rule: &str) -> Result<Element<'a>, ReadError> {
        self.at(path).ok_or_else(|| self.missing(path, rule))
    }

    pub fn decimal(self, path: &str) -> Result<Option<Decimal>, ReadError> {
        self.at(path).map_or(Ok(None), Element::decimal_here)
    }

    pub fn decimal_here(self) -> Result<Option<Decimal>, ReadError> {
        let parse = |text: String| value::decimal(&text).ok_or_else(|| self.wrong("not a number.", "XML Schema"));
        self.own_text().map(parse).transpose()
    }

    pub fn required_decimal(self, path: &str, rule: &str) -> Result<Decimal, ReadError> {
        self.decimal(path)?.ok_or_else(|| self.missing(path, rule))
    }

    /// ISO 8601, or `20261121` where the format is 102.
    pub fn date(self, path: &str) -> Result<Option<NaiveDate>, ReadError> {
        let Some(element) = self.at(path) else { return Ok(None) };
        element
            .own_text()
            .map(|text| value::date(&text).ok_or_else(|| element.wrong("not a date.", "XML Schema")))
            .transpose()
    }

    /// What a code stands for; `rule` is the one that the code list belongs to.
    pub fn code<T, E: ToString>(
        self,
        path: &str,
        rule: &str,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Result<Option<T>, ReadError> {
        let Some(element) = self.at(path) else { return Ok(None) };
        element.own_text().map(|text| parse(&text).map_err(|error| element.wrong(&error.to_string(), rule))).transpose()
    }

    pub fn wrong(self, why: &str, rule: &str) -> ReadError {
        let value = self.own_text().unwrap_or_default().chars().take(80).collect();
        ReadError::Wrong { at: self.path(), value, why: why.to_owned(), rule: rule.to_owned() }
    }

    pub fn missing(self, path: &str, rule: &str) -> ReadError {
        let local = path.split('/').map(|name| name.split_once(':').map_or(name, |(_, local)| local));
        let at = std::iter::once(self.path().as_str()).chain(local).collect::<Vec<_>>().join("/");
        ReadError::Missing { at, rule: rule.to_owned() }
    }

    /// From the root, by names without prefixes, numbered where there are several.
    pub fn path(self) -> String {
        let mut steps: Vec<_> = self.node.ancestors().filter(Node::is_element).map(step).collect();
        steps.reverse();
        steps.join("/")
    }

    fn elements(self) -> impl Iterator<Item = Element<'a>> {
        self.node.children().filter(Node::is_element).map(move |node| Element { node, source: self.source })
    }
}

fn step(node: Node<'_, '_>) -> String {
    let name = node.tag_name().name();
    let before = node.prev_siblings().skip(1).filter(|other| other.has_tag_name(node.tag_name())).count();
    if before == 0 { name.to_owned() } else { format!("{name}[{}]", before + 1) }
}
