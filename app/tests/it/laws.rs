//! What holds for every operation, found in the document and the catalogue: a new one is under these laws before anybody
//! thinks of them. Each law has its file; the tables that say what cannot be found out stand at its head.

mod document;
mod ids;
mod subject;
mod doors;
mod matrix;
mod cast;
mod elsewhere;
mod foreign;
mod strict;
mod statements;
mod indexes;
mod stages;
mod jobs;
mod map;
