//! The README's table of findings is the one the code has.

use bonafide_core::finding::table_as_markdown;

const BEGIN: &str = "<!-- findings -->\n";
const END: &str = "<!-- /findings -->";

#[test]
fn the_table_of_findings_is_true() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
    let readme = std::fs::read_to_string(path).unwrap();
    let table = readme
        .split_once(BEGIN)
        .and_then(|(_, after)| after.split_once(END))
        .map(|(table, _)| table)
        .expect("README.md has the two marks of the table");
    let expected = table_as_markdown();
    assert!(
        table == expected,
        "README.md is stale: put this between its two marks\n\n{expected}"
    );
}
