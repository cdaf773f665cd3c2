use crate::dice::Dice;

const PIECES: [&str; 16] = [
    "Müller & Söhne",
    "<b>bold</b>",
    "]]>",
    "<![CDATA[",
    "日本語",
    "Ελληνικά",
    "שלום",
    "e\u{301}",
    "🚀👩‍👩‍👧",
    "\"quoted\" 'twice'",
    "&amp;",
    "a\nb",
    "tab\there",
    "\u{a0}hard space\u{a0}",
    "0,5 %",
    "\u{85}next\u{2028}line",
];

/// Never empty, no white space at its edges.
pub fn text(dice: &mut Dice) -> String {
    let mut text = word(dice);
    for _ in 0..dice.below(3) {
        text.push(' ');
        text.push_str(dice.pick(&PIECES));
    }
    text
}

pub fn word(dice: &mut Dice) -> String {
    dice.pick(&["Alpha", "Beta", "Gamma", "Delta", "Öl", "Straße", "Zürich", "Łódź"]).to_owned()
}
