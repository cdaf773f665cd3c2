use quick_xml::{
    Writer,
    escape::escape,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};

use super::{Namespaces, trim};

/// Why an invoice cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// XML 1.0 knows no way to say it.
    #[error("The text in {element} holds the character U+{character:04X}, which no XML can carry.")]
    Character { element: &'static str, character: u32 },
    /// CII D16B has room for one preceding invoice; Factur-X and UBL have it for more.
    #[error("This format has room for one preceding invoice only.")]
    OnePrecedingInvoice,
}

/// An element to be. One without content is left out, and so is a group of such.
pub struct Node {
    name: &'static str,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

enum Content {
    Text(String),
    Nodes(Vec<Node>),
    /// Wanted even if there is nothing in it.
    Kept(Vec<Node>),
}

impl Node {
    pub fn group(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Nodes(Vec::new()) }
    }

    /// A group that has to be there, full or empty.
    pub fn kept(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Kept(Vec::new()) }
    }

    /// Without the white space at its edges.
    pub fn leaf(name: &'static str, text: impl AsRef<str>) -> Self {
        Self::exact(name, trim(text.as_ref()))
    }

    pub fn exact(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, attributes: Vec::new(), content: Content::Text(text.into()) }
    }

    pub fn maybe(name: &'static str, text: Option<&String>) -> Option<Self> {
        text.map(|text| Self::leaf(name, text))
    }

    pub fn with(mut self, parts: impl IntoIterator<Item = Node>) -> Self {
        if let Content::Nodes(nodes) | Content::Kept(nodes) = &mut self.content {
            nodes.extend(parts.into_iter().filter(|node| !node.is_empty()));
        }
        self
    }

    /// Left out where there is none.
    pub fn attribute<'a>(mut self, name: &'static str, value: impl Into<Option<&'a str>>) -> Self {
        if let Some(value) = value.into().map(trim).filter(|value| !value.is_empty()) {
            self.attributes.push((name, value.to_owned()));
        }
        self
    }

    fn is_empty(&self) -> bool {
        match &self.content {
            Content::Text(text) => text.is_empty(),
            Content::Nodes(nodes) => nodes.is_empty(),
            Content::Kept(_) => false,
        }
    }

    fn put(&self, writer: &mut Writer<Vec<u8>>, namespaces: &[(String, &str)]) -> Result<(), WriteError> {
        let mut start = BytesStart::new(self.name);
        for (prefix, address) in namespaces {
            start.push_attribute((prefix.as_str(), *address));
        }
        for (name, value) in &self.attributes {
            let value = escaped(value, self.name)?.replace('\t', "&#9;").replace('\n', "&#10;");
            start.push_attribute((name.as_bytes(), value.as_bytes()));
        }
        into_memory(writer, Event::Start(start));
        match &self.content {
            Content::Text(text) => {
                into_memory(writer, Event::Text(BytesText::from_escaped(escaped(text, self.name)?)));
            }
            Content::Nodes(nodes) | Content::Kept(nodes) => nodes.iter().try_for_each(|node| node.put(writer, &[]))?,
        }
        into_memory(writer, Event::End(BytesEnd::new(self.name)));
        Ok(())
    }
}

impl IntoIterator for Node {
    type Item = Node;
    type IntoIter = std::iter::Once<Node>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self)
    }
}

/// The whole document; the first namespace is the root's own and goes without a prefix where its prefix is empty.
pub fn write(root: &Node, namespaces: Namespaces) -> Result<String, WriteError> {
    let names: Vec<_> = namespaces
        .iter()
        .map(|(prefix, address)| {
            (if prefix.is_empty() { "xmlns".to_owned() } else { format!("xmlns:{prefix}") }, *address)
        })
        .collect();
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    into_memory(&mut writer, Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
    root.put(&mut writer, &names)?;
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    Ok(text)
}

fn into_memory(writer: &mut Writer<Vec<u8>>, event: Event<'_>) {
    writer.write_event(event).expect("memory takes what is written to it");
}

/// A carriage return is named, or it would be read back as a line feed.
fn escaped(text: &str, element: &'static str) -> Result<String, WriteError> {
    match text.chars().find(|char| !is_xml(*char)) {
        Some(character) => Err(WriteError::Character { element, character: character.into() }),
        None => Ok(escape(text).replace('\r', "&#13;")),
    }
}

/// XML 1.0, production 2.
fn is_xml(char: char) -> bool {
    matches!(char, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}
