//! The map of the modules in the README is true: it has each once, with the modules that it names.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Every module may name it, so the map says it only where there is nothing else to say.
const BASE: &str = "base";
/// No part of the product.
const TESTING: &str = "testing";

type Map = BTreeMap<String, BTreeSet<String>>;

#[test]
fn the_readme_has_every_module_once_with_what_it_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let built = built(&root.join("modules"));
    let (drawn, twice) = drawn(&fs::read_to_string(root.join("README.md")).expect("a README"), &built);
    assert_eq!(twice, Vec::<String>::new(), "modules with two lines");
    assert_eq!(drawn, built, "the map, and what the modules' Cargo.toml say");
}

fn built(modules: &Path) -> Map {
    let names: BTreeSet<String> = fs::read_dir(modules)
        .expect("the modules")
        .map(|folder| folder.expect("a module").file_name().into_string().expect("a plain name"))
        .filter(|name| name != TESTING)
        .collect();
    let named = |module: &String| {
        let manifest = fs::read_to_string(modules.join(module).join("Cargo.toml")).expect("a manifest");
        let dependencies = manifest.split_once("[dependencies]\n").map_or("", |(_, rest)| rest);
        let dependencies = dependencies.split("\n[").next().unwrap_or_default();
        let named = dependencies.lines().filter_map(|line| line.split(['.', ' ']).next());
        named.filter(|name| *name != BASE && names.contains(*name)).map(str::to_owned).collect()
    };
    names.iter().map(|module| (module.clone(), named(module))).collect()
}

/// A line of the map is ` ├ leads  what it is  → accounts, notes`; two names may share one, and what they are is further off.
fn drawn(readme: &str, built: &Map) -> (Map, Vec<String>) {
    let (mut drawn, mut twice) = (Map::new(), Vec::new());
    for line in readme.lines() {
        let Some(line) = line.strip_prefix(" ├ ").or_else(|| line.strip_prefix(" └ ")) else { continue };
        let (head, arrows) = line.split_once('→').unwrap_or((line, ""));
        let named: BTreeSet<String> = arrows
            .split(',')
            .map(|name| name.trim().to_owned())
            .filter(|name| built.contains_key(name) && name != BASE)
            .collect();
        let names = head.split("   ").next().unwrap_or_default();
        for module in names.split_whitespace().take_while(|word| built.contains_key(*word)) {
            if drawn.insert(module.to_owned(), named.clone()).is_some() {
                twice.push(module.to_owned());
            }
        }
    }
    (drawn, twice)
}
