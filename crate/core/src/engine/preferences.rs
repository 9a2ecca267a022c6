//! [`Preferences`]: what is stored of the reader (the token, choices, own
//! people), and the state of the token.

use crate::choices::Choices;
use crate::github::Token;
use crate::github::read::TokenOwner;
use crate::json;
use crate::login::Login;
use crate::message::TokenState;
use crate::own::{Full, Mark, OwnPerson, vouched};
use crate::policy::Policy;
use crate::report::Sentence;
use crate::settings::{Settings, read_file};
use crate::target::{NotATarget, Target};
use crate::time::SignedDuration;
use crate::words::Key;

/// The settings as they are kept, and what follows from them.
#[derive(Debug, Default)]
pub(super) struct Preferences {
    settings: Settings,
    policy: Policy,
    /// Raised with each new token: an answer to an older one says nothing of it.
    token_number: u32,
    is_token_refused: bool,
    is_store_closed: bool,
    /// What the store held and cannot be read whole, until it has been put aside.
    unread: Option<String>,
    /// Whether nobody has tried yet to put it aside.
    is_unread_new: bool,
}

impl Preferences {
    /// The settings that the store held; the defaults where it held none.
    pub(super) fn from_store(text: Option<&str>) -> Self {
        let (mut settings, is_whole) =
            text.map_or_else(|| (Settings::default(), true), Settings::from_store);
        settings.is_set_aside |= !is_whole;
        Self {
            is_unread_new: !is_whole,
            unread: text.filter(|_| !is_whole).map(str::to_owned),
            policy: settings.choices.to_policy(),
            settings,
            ..Self::default()
        }
    }

    /// The settings and the token, as the store keeps them.
    pub(super) fn to_store(&self) -> Option<String> {
        json::to_string(&self.settings).ok()
    }

    /// What the store holds that must be put aside before it is overwritten.
    pub(super) fn unread(&self) -> Option<&str> {
        self.unread.as_deref()
    }

    /// Whether it is to be put aside now: tried once, and with every later save.
    pub(super) fn take_unread_is_new(&mut self) -> bool {
        std::mem::take(&mut self.is_unread_new)
    }

    /// Notes that it has been put aside.
    pub(super) fn forget_unread(&mut self) {
        self.unread = None;
    }

    /// Whether something that could not be read stands aside in the store.
    pub(super) fn is_set_aside(&self) -> bool {
        self.settings.is_set_aside
    }

    /// Forgets everything that the reader has set. The numbers of tokens go on.
    pub(super) fn clear(&mut self) {
        self.replace_token(None, None);
        self.settings = Settings::default();
        self.unread = None;
        self.policy = Policy::default();
    }

    /// Notes whether the store can be written to; returns whether that is new.
    pub(super) fn set_store_open(&mut self, is_open: bool) -> bool {
        std::mem::replace(&mut self.is_store_closed, !is_open) == is_open
    }

    pub(super) fn is_store_open(&self) -> bool {
        !self.is_store_closed
    }

    pub(super) fn token(&self) -> Option<&Token> {
        self.settings.token.as_ref()
    }

    pub(super) fn has_token(&self) -> bool {
        self.settings.token.is_some()
    }

    /// Which token is in use, as a number that no other token had.
    pub(super) fn token_number(&self) -> u32 {
        self.token_number
    }

    pub(super) fn is_token_refused(&self) -> bool {
        self.is_token_refused
    }

    pub(super) fn refuse_token(&mut self) {
        self.is_token_refused = true;
    }

    pub(super) fn replace_token(&mut self, token: Option<Token>, owner: Option<TokenOwner>) {
        self.settings.token = token;
        self.settings.owner = owner;
        self.token_number = self.token_number.wrapping_add(1);
        self.is_token_refused = false;
    }

    /// Whose the token is, as GitHub last said.
    pub(super) fn owner(&self) -> Option<&TokenOwner> {
        self.settings.owner.as_ref()
    }

    /// Notes that GitHub accepts the token in use; returns whether it had been
    /// refused.
    pub(super) fn accept_token(&mut self, owner: TokenOwner) -> bool {
        self.settings.owner = Some(owner);
        std::mem::take(&mut self.is_token_refused)
    }

    /// The state of the token, as GitHub last reported it.
    pub(super) fn token_state(&self) -> TokenState {
        match &self.settings.token {
            None => TokenState::None,
            Some(_) if self.is_token_refused => TokenState::Refused,
            Some(_) if self.settings.owner.is_some() => TokenState::Accepted,
            Some(_) => TokenState::Unchecked,
        }
    }

    pub(super) fn choices(&self) -> &Choices {
        &self.settings.choices
    }

    pub(super) fn policy(&self) -> &Policy {
        &self.policy
    }

    /// For how long activity counts as new.
    pub(super) fn fresh(&self) -> SignedDuration {
        SignedDuration::from_mins(self.settings.choices.fresh_minutes.into())
    }

    /// Chooses this from now on.
    ///
    /// # Errors
    /// What is wrong with it; nothing is changed then.
    pub(super) fn choose(&mut self, choices: Choices) -> Result<(), Sentence> {
        let choices = choices.checked().map_err(Key::alone)?;
        self.policy = choices.to_policy();
        self.settings.choices = choices;
        Ok(())
    }

    /// Keeps this of somebody instead of what was kept, and returns whose it is.
    ///
    /// # Errors
    /// If that is nobody's login, or too much is kept already; nothing is
    /// changed then.
    pub(super) fn set_person(
        &mut self,
        login: &str,
        mark: Option<Mark>,
        note: String,
    ) -> Result<Login, Sentence> {
        let login = match login.parse() {
            Ok(Target::User(login)) => login,
            Ok(Target::Item { .. }) => return Err(Key::TargetNotALogin.about(login)),
            Err(NotATarget(sentence)) => return Err(sentence),
        };
        let person = OwnPerson {
            login: login.clone(),
            mark,
            note,
        };
        let set = self.settings.people.set(person);
        set.map_err(|Full| Key::OwnFull.alone())?;
        Ok(login)
    }

    /// Takes over a file, and returns what to say of it and whose entries it
    /// brought.
    ///
    /// # Errors
    /// What is wrong with it; nothing is changed then.
    pub(super) fn import(&mut self, text: &str) -> Result<(Sentence, Vec<Login>), Sentence> {
        let import = read_file(text)?;
        let people = u32::try_from(import.people.len()).unwrap_or(u32::MAX);
        let key = match import.choices {
            Some(_) => Key::ImportedAll,
            None => Key::ImportedPeople,
        };
        let logins = import.people.iter().map(|it| it.login.clone()).collect();
        let before = self.settings.people.clone();
        let merged = self.settings.people.merge(import.people);
        merged.map_err(|Full| Key::OwnFull.alone())?;
        if let Some(choices) = import.choices
            && let Err(sentence) = self.choose(choices)
        {
            self.settings.people = before;
            return Err(sentence);
        }
        Ok((key.with(&[people]), logins))
    }

    /// The choices and the reader's own people as a file.
    pub(super) fn export(&self) -> String {
        self.settings.to_file()
    }

    /// The people whom the reader trusts as a VOUCHED.td.
    pub(super) fn export_vouched(&self) -> String {
        vouched::write(&self.settings.people)
    }

    /// Everybody whom the reader keeps, in the order of their logins.
    pub(super) fn own_people(&self) -> Vec<OwnPerson> {
        self.settings.people.iter().cloned().collect()
    }

    /// What the reader keeps of somebody.
    pub(super) fn own(&self, key: &str) -> Option<&OwnPerson> {
        self.settings.people.get(key)
    }

    /// Whether the reader trusts somebody, so that nobody need be asked.
    pub(super) fn is_trusted(&self, key: &str) -> bool {
        self.own(key).and_then(|it| it.mark) == Some(Mark::Trusted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner() -> TokenOwner {
        TokenOwner {
            login: "ada".parse().unwrap(),
            scopes: Vec::new(),
            expires_at: None,
        }
    }

    #[test]
    fn the_state_of_the_token_follows_what_github_says() {
        let token = Token::parse("ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa").ok();
        let mut preferences = Preferences::default();
        assert_eq!(preferences.token_state(), TokenState::None);
        preferences.replace_token(token.clone(), None);
        assert_eq!(preferences.token_state(), TokenState::Unchecked);
        assert!(!preferences.accept_token(owner()));
        assert_eq!(preferences.token_state(), TokenState::Accepted);
        preferences.refuse_token();
        assert_eq!(preferences.token_state(), TokenState::Refused);
        assert!(preferences.accept_token(owner()), "it is taken back");
        assert_eq!(preferences.token_state(), TokenState::Accepted);
        let before = preferences.token_number();
        preferences.clear();
        assert_ne!(preferences.token_number(), before);
        assert_eq!(preferences.token_state(), TokenState::None);
    }

    #[test]
    fn a_closed_store_is_new_once() {
        let mut preferences = Preferences::default();
        assert!(!preferences.set_store_open(true));
        assert!(preferences.set_store_open(false));
        assert!(!preferences.set_store_open(false));
        assert!(!preferences.is_store_open());
        assert!(preferences.set_store_open(true));
    }

    #[test]
    fn what_is_kept_is_read_back() {
        let mut preferences = Preferences::default();
        preferences
            .set_person("Ada", Some(Mark::Trusted), String::new())
            .unwrap();
        let restored = Preferences::from_store(preferences.to_store().as_deref());
        assert!(restored.is_trusted("ada") && !restored.is_trusted("eve"));
        assert!(
            preferences
                .set_person("two words", None, String::new())
                .is_err()
        );
    }
}
