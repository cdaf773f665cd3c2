use rand::{rngs::StdRng, seq::IndexedRandom};

use base::value::Industry;

pub const FIRST: &[&str] = &[
    "Anna", "Ben", "Chloé", "David", "Emre", "Fatima", "Giulia", "Hugo", "Ines", "Jakub", "Karin", "Liam", "Maya",
    "Noah", "Olga", "Pablo", "Quinn", "Rosa", "Stefan", "Tara", "Umar", "Vera", "Wei", "Yara", "Zoe",
];
pub const LAST: &[&str] = &[
    "Andersen", "Becker", "Costa", "Dubois", "Eriksson", "Fischer", "García", "Hoffmann", "Ivanov", "Jansen",
    "Kowalski", "Lopez", "Müller", "Novak", "O'Brien", "Petrov", "Rossi", "Schmidt", "Tanaka", "Ueda", "Vogel",
    "Weber", "Yilmaz", "Zhang",
];
pub const WHAT: &[&str] = &[
    "Annual contract",
    "New warehouse",
    "Price enquiry",
    "Pilot project",
    "Renewal",
    "Service request",
    "Trade fair",
    "Website redesign",
];
pub const TRADE: &[&str] =
    &["Logistics", "Foods", "Systems", "Partners", "Textiles", "Energy", "Media", "Foundry", "Clinics", "Optics"];
pub const INDUSTRIES: &[Industry] = &[
    Industry::Automotive,
    Industry::Banking,
    Industry::Chemical,
    Industry::Education,
    Industry::Healthcare,
    Industry::Software,
];

pub fn pick<T: Copy>(from: &[T], chance: &mut StdRng) -> Option<T> {
    from.choose(chance).copied()
}
