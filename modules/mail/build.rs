fn main() {
    // The templates are part of the binary: a new file among them has to be seen, not only a changed one.
    println!("cargo:rerun-if-changed=../../templates/email");
}
