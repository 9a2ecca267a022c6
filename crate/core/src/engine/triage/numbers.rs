//! [`Numbers`]: a set of row or person numbers, in order.
//!
//! A sorted list: each kind of `BTreeSet` adds some 9 KB to the module, and
//! these sets have 5,000 members at most.

/// Numbers, each once and in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Numbers(Vec<u32>);

impl Numbers {
    pub(super) fn contains(&self, number: u32) -> bool {
        self.0.binary_search(&number).is_ok()
    }

    pub(super) fn insert(&mut self, number: u32) {
        if let Err(place) = self.0.binary_search(&number) {
            self.0.insert(place, number);
        }
    }

    pub(super) fn remove(&mut self, number: u32) {
        if let Ok(place) = self.0.binary_search(&number) {
            self.0.remove(place);
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> {
        self.0.iter().copied()
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<u32> for Numbers {
    fn extend<I: IntoIterator<Item = u32>>(&mut self, numbers: I) {
        for number in numbers {
            self.insert(number);
        }
    }
}

impl FromIterator<u32> for Numbers {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut all = Self::default();
        all.extend(numbers);
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_there_once_and_in_order() {
        let mut numbers: Numbers = [7, 3, 7, 5].into_iter().collect();
        assert_eq!(numbers.iter().collect::<Vec<_>>(), [3, 5, 7]);
        numbers.remove(5);
        numbers.remove(6);
        assert_eq!(numbers.len(), 2);
        assert!(numbers.contains(7) && !numbers.contains(5) && !numbers.is_empty());
    }
}
