//! [`Parts`]: a set of [`Part`]s.

use super::Part;
use serde::{Serialize, Serializer};
use std::fmt;

/// A set of parts, a bit for each: small enough to be copied. It is walked in
/// the order in which a card names the parts.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Parts(u16);

const _: () = assert!(Part::ALL.len() <= u16::BITS as usize);

impl Parts {
    /// No part.
    pub const fn none() -> Self {
        Self(0)
    }

    /// One part.
    pub const fn only(part: Part) -> Self {
        Self(bit(part))
    }

    /// Adds a part.
    pub const fn insert(&mut self, part: Part) {
        self.0 |= bit(part);
    }

    /// Whether a part is among them.
    pub const fn contains(self, part: Part) -> bool {
        self.0 & bit(part) != 0
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The parts, in the order of [`Part::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(move |it| self.contains(*it))
    }
}

const fn bit(part: Part) -> u16 {
    1 << part as u8
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Extend<Part> for Parts {
    fn extend<I: IntoIterator<Item = Part>>(&mut self, parts: I) {
        for part in parts {
            self.insert(part);
        }
    }
}

impl FromIterator<Part> for Parts {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        let mut all = Self::none();
        all.extend(parts);
        all
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}
