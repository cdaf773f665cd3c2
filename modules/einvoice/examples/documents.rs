//! For `tests/conformance.py`: random invoices to be judged by others, and the invoices of others read and written anew.
//!
//! ```text
//! documents make <folder> <count>
//! documents again <folder with invoices> <folder>
//! documents mistakes <folder> <count>
//! ```
#![expect(clippy::unwrap_used, reason = "a tool of the tests")]

#[path = "../tests/it/dice.rs"]
mod dice;
#[path = "../tests/it/documents/mod.rs"]
mod documents;
#[path = "../tests/it/mistakes.rs"]
mod mistakes;

use std::{env::args, ffi::OsStr, fs, path::Path};

use einvoice::{Document, Invoice, Profile, Severity, Syntax, check, cii, read, ubl};

fn main() {
    let words: Vec<_> = args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", folder, count] => make(Path::new(folder), count.parse().unwrap()),
        ["again", from, to] => again(Path::new(from), Path::new(to)),
        ["mistakes", folder, count] => mistaken(Path::new(folder), count.parse().unwrap()),
        _ => panic!("documents make <folder> <count> | again <from> <to> | mistakes <folder> <count>"),
    }
}

/// In both syntaxes by each profile.
fn make(folder: &Path, count: u64) {
    for seed in 0..count {
        let plain = documents::invoice(&mut dice::Dice::new(seed));
        let strict = documents::strict_invoice(&mut dice::Dice::new(seed));
        for (profile, it) in [
            (Profile::En16931, &plain),
            (Profile::Peppol, &strict),
            (Profile::XRechnung, &strict),
            (Profile::FacturX, if seed % 2 == 0 { &plain } else { &strict }),
        ] {
            put(it, profile, folder, &seed.to_string());
        }
    }
}

fn put(it: &Invoice, profile: Profile, folder: &Path, name: &str) {
    let name = format!("{name}.{}", format!("{profile:?}").to_lowercase());
    fs::write(folder.join(format!("{name}.ubl.xml")), ubl::write(it, profile).unwrap()).unwrap();
    if let Ok(written) = cii::write(it, profile) {
        fs::write(folder.join(format!("{name}.cii.xml")), written).unwrap();
    }
}

/// A line for each: its name, `read` or why not, the errors that the check tells, and what was left out.
fn again(from: &Path, to: &Path) {
    let mut files: Vec<_> = fs::read_dir(from).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for path in files.iter().filter(|path| path.extension() == Some(OsStr::new("xml"))) {
        let name = path.file_stem().unwrap().to_string_lossy();
        match read(&fs::read(path).unwrap()) {
            Err(error) => println!("{name}\t{error}\t\t"),
            Ok(document) => {
                let profile = profile(&document);
                let told = check(&document.invoice, profile).into_iter().filter(|one| one.severity == Severity::Error);
                let told: Vec<_> = told.map(|one| format!("{} ({})", one.rule, one.at)).collect();
                println!("{name}\tread\t{}\t{}", told.join("; "), document.unread.join("; "));
                put(&document.invoice, profile, to, &name);
            }
        }
    }
}

/// Each mistake so many times, in both syntaxes, for `XRechnung`, which has the most rules. A line for each: its name, the mistake, what is told.
fn mistaken(folder: &Path, count: u64) {
    for (nth, (called, mistake)) in mistakes::MISTAKES.iter().enumerate() {
        for seed in 0..count {
            let mut it = documents::strict_invoice(&mut dice::Dice::new(seed * 1000 + nth as u64));
            it.preceding.truncate(1);
            mistake(&mut it);
            let told = check(&it, Profile::XRechnung);
            let rules = |severity| {
                let of = told.iter().filter(|one| one.severity == severity).map(|one| one.rule.as_str());
                of.collect::<Vec<_>>().join(" ")
            };
            println!("{nth}-{seed}\t{called}\t{}\t{}", rules(Severity::Error), rules(Severity::Warning));
            put(&it, Profile::XRechnung, folder, &format!("{nth}-{seed}"));
        }
    }
}

fn profile(of: &Document) -> Profile {
    let says = of.specification.as_deref().unwrap_or_default();
    match of.syntax {
        _ if says.contains("xrechnung") => Profile::XRechnung,
        _ if says.contains("peppol") => Profile::Peppol,
        Syntax::Cii => Profile::FacturX,
        Syntax::Ubl => Profile::En16931,
    }
}
