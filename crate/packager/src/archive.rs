//! Files made smaller: zips that are the same from the same files, and the size of what is compressed.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Packs a folder so that equal folders give equal bytes: sorted names, one fixed time, one mode.
pub fn zip(dir: &Path) -> Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        // The earliest time that a zip can hold.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files_below(dir)? {
        let name = file
            .strip_prefix(dir)?
            .to_str()
            .with_context(|| format!("{} is no UTF-8 name", file.display()))?;
        zip.start_file(name.replace('\\', "/"), options)?;
        zip.write_all(&std::fs::read(&file)?)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The bytes of a file after gzip at its best.
///
/// # Errors
///
/// Where the file cannot be read.
pub fn gzipped_size(file: &Path) -> Result<usize> {
    let content = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    gzip.write_all(&content)?;
    Ok(gzip.finish()?.len())
}

/// Every file below a folder, in the order of their names.
fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?
    {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two folders of the same content, written in another order and at another time, give the same zip.
    #[test]
    fn zips_are_the_same_from_the_same_files() {
        let home = std::env::temp_dir().join(format!("bonafide-zip-{}", std::process::id()));
        let files = [
            ("b.txt", "second"),
            ("a/c.txt", "first"),
            ("a.txt", "third"),
        ];
        let write = |name: &str, backwards: bool| {
            let dir = home.join(name);
            std::fs::create_dir_all(dir.join("a")).unwrap();
            let mut files = files.to_vec();
            if backwards {
                files.reverse();
            }
            for (path, text) in files {
                std::fs::write(dir.join(path), text).unwrap();
                let old = std::time::SystemTime::UNIX_EPOCH
                    + std::time::Duration::from_secs(if backwards { 1 << 30 } else { 1 << 29 });
                std::fs::File::options()
                    .write(true)
                    .open(dir.join(path))
                    .unwrap()
                    .set_modified(old)
                    .unwrap();
            }
            zip(&dir).unwrap()
        };
        let (one, two) = (write("one", false), write("two", true));
        std::fs::remove_dir_all(&home).unwrap();
        assert_eq!(one, two);
        assert!(!one.is_empty());
    }
}
