//! [`HiddenNames`]: numbers in the place of names, for files that are shown around.

use crate::finding::common_title;
use crate::login::Login;
use crate::repository::Repository;
use litemap::LiteMap;

/// The numbers of the names that were met so far. The same name has the same
/// number in the whole of a file. Every such name is one that GitHub could have,
/// or else there is none.
#[derive(Debug, Default)]
pub struct HiddenNames {
    logins: LiteMap<String, u32>,
    repositories: LiteMap<String, u32>,
    titles: LiteMap<String, u32>,
    /// Titles word for word, which rules of other tools compare.
    exact_titles: LiteMap<String, u32>,
}

impl HiddenNames {
    /// `person-7`.
    pub fn login(&mut self, login: &Login) -> Option<Login> {
        let number = number(&mut self.logins, login.key());
        format!("person-{number}").parse().ok()
    }

    /// `person-7/repository-9`: one owner's have one owner still.
    pub fn repository(&mut self, repository: &Repository) -> Option<Repository> {
        let owner = self.login(repository.owner())?;
        let number = number(&mut self.repositories, repository.key());
        format!("{owner}/repository-{number}").parse().ok()
    }

    /// `title bc 12`: titles that differ in case, digits, punctuation and the
    /// project's own name only differ in the digits only.
    pub fn title(&mut self, title: &str, repository: &Repository) -> String {
        let common = number(&mut self.titles, common_title(title, repository));
        let exact = number(&mut self.exact_titles, title.to_owned());
        // In letters, because digits compare as equal.
        let digits = common.to_string().into_bytes().into_iter();
        let letters: String = digits.map(|it| char::from(it - b'0' + b'a')).collect();
        format!("title {letters} {exact}")
    }
}

/// Numbers count up from 1.
fn number(names: &mut LiteMap<String, u32>, name: String) -> u32 {
    let next = u32::try_from(names.len())
        .unwrap_or(u32::MAX)
        .saturating_add(1);
    *names.entry(name).or_insert(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_stay_equal_and_none_is_told() {
        let mut names = HiddenNames::default();
        let repository: Repository = "Acme/web".parse().unwrap();
        let other: Repository = "bob/web".parse().unwrap();
        let hidden = names.repository(&repository).unwrap();
        assert_eq!(
            names.repository(&"acme/Web".parse().unwrap()),
            Some(hidden.clone())
        );
        assert_eq!(
            names.login(&"ACME".parse().unwrap()).as_ref(),
            Some(hidden.owner())
        );
        assert_ne!(names.repository(&other), Some(hidden));
        let [one, same, another] = ["Fix typo in web", "fix typo 2", "Add logo"]
            .map(|title| names.title(title, &repository));
        let hidden = names.repository(&repository).unwrap();
        let common = |title: &str| common_title(title, &hidden);
        assert_ne!(one, same);
        assert_ne!(common(&one), common(&another));
        for title in [one, same, another] {
            assert!(
                !title.contains("typo") && !title.contains("logo"),
                "{title}"
            );
        }
    }
}
