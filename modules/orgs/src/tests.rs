mod house;
mod joining;
mod keeping;
mod members;
mod organisations;
mod roles;
