//! What is said of the issue or pull request at hand: notes in the order of
//! what decides most. Nothing here grades: a large pull request or an assigned
//! issue says nothing of a person.

use crate::evidence::{
    Assignees, AuthorsOpen, Fact, Followed, GapReason, LinkedIssues, ReviewStanding, Rivals,
    ThisIssue, ThisItem, ThisItemKind, ThisPullRequest,
};
use crate::finding::contribution::ContributionKind;
use crate::finding::links::to_open;
use crate::login::Login;
use crate::report::{Arg, ItemKind, ItemNote, ItemReport, Link, Sentence};
use crate::repository::Repository;
use crate::words::Key;

/// What is said of an item that this author opened; none where none is at hand,
/// or what is missing of it has been said of everything.
pub(super) fn report(item: &Fact<ThisItem>, author: &Login) -> Option<ItemReport> {
    let alone = |kind, key: Key| ItemReport {
        kind,
        lines: vec![vec![ItemNote {
            sentence: key.alone(),
            links: Vec::new(),
        }]],
    };
    match item {
        Fact::NotAsked => None,
        Fact::Coming => Some(alone(ItemKind::Pending, Key::ItemPending)),
        Fact::Missing(gap) if is_said_elsewhere(gap.reason) => None,
        Fact::Missing(_) => Some(alone(ItemKind::Unknown, Key::ItemUnknown)),
        Fact::Known { value, .. } => Some(known(value, author)),
    }
}

/// Whether a card says of the whole report that this stands in the way, or the
/// token cannot see the item at all.
fn is_said_elsewhere(reason: GapReason) -> bool {
    matches!(
        reason,
        GapReason::RepositoryHidden
            | GapReason::NoToken
            | GapReason::OnRequest
            | GapReason::TokenRefused
            | GapReason::LimitSpent
            | GapReason::Offline
            | GapReason::NoPermission
            | GapReason::AccountSuspended
            | GapReason::LoginAttempts
    )
}

fn known(item: &ThisItem, author: &Login) -> ItemReport {
    let mut notes = Notes {
        item,
        author,
        added: Vec::new(),
        is_partly: item.is_open.is_none(),
    };
    let kind = match &item.kind {
        ThisItemKind::PullRequest(pull_request) => {
            notes.closes(pull_request.closes.as_ref());
            ItemKind::PullRequest
        }
        ThisItemKind::Issue(issue) => {
            notes.of_issue(issue);
            ItemKind::Issue
        }
    };
    let linked = std::mem::take(&mut notes.added);
    if let ThisItemKind::PullRequest(pull_request) = &item.kind {
        notes.of_pull_request(pull_request);
    }
    match item.authors_open {
        Some(open) => notes.authors_open(open, kind == ItemKind::PullRequest),
        None => notes.is_partly = true,
    }
    if notes.is_partly {
        notes.add(Key::ItemPartly, vec![], vec![]);
    }
    let lines = [linked, notes.added].into_iter();
    ItemReport {
        kind,
        lines: lines.filter(|line| !line.is_empty()).collect(),
    }
}

struct Notes<'a> {
    item: &'a ThisItem,
    author: &'a Login,
    added: Vec<ItemNote>,
    /// Whether some of it could not be had.
    is_partly: bool,
}

impl Notes<'_> {
    fn add(&mut self, key: Key, args: Vec<Arg>, links: Vec<Link>) {
        let key = key.as_str().to_owned();
        let sentence = Sentence { key, args };
        self.added.push(ItemNote { sentence, links });
    }

    fn of_pull_request(&mut self, pull_request: &ThisPullRequest) {
        if pull_request.is_draft == Some(true) {
            let this = self.itself();
            self.add(Key::ItemDraft, vec![], vec![this]);
        }
        match &pull_request.review {
            Some(standing) => self.review(standing),
            None => self.is_partly = true,
        }
        if let Some(size) = pull_request.size {
            let args = [size.files, size.additions, size.deletions].map(number);
            let Link { label, url } = self.itself();
            let url = url + "/files";
            self.add(Key::ItemSize, args.to_vec(), vec![Link { label, url }]);
        }
        self.is_partly |= pull_request.is_draft.is_none() || pull_request.size.is_none();
    }

    /// The issues that merging closes: the first in full, how many more there
    /// are, and who else would close them.
    fn closes(&mut self, linked: Option<&LinkedIssues>) {
        let Some(linked) = linked else {
            self.is_partly = true;
            return;
        };
        let this = self.itself();
        let Some(first) = linked.issues.first() else {
            return match linked.total {
                0 => self.add(Key::ItemClosesNone, vec![], vec![this]),
                total => self.add(Key::ItemClosesUnseen, vec![number(total)], vec![this]),
            };
        };
        let issue = to_issue(&first.repository, first.number);
        let name = self.name(&first.repository, first.number);
        match &first.assignees {
            _ if first.is_closed => {
                self.add(Key::ItemClosesClosed, vec![name], vec![issue.clone()]);
            }
            Some(assignees) => {
                let keys = [
                    Key::ItemClosesUnassigned,
                    Key::ItemClosesAuthor,
                    Key::ItemClosesAssigned,
                    Key::ItemClosesAssignedMore,
                ];
                self.assigned(assignees, keys, Some((name, issue.clone())));
            }
            None => {
                self.is_partly = true;
                self.add(Key::ItemCloses, vec![name], vec![issue.clone()]);
            }
        }
        if linked.total > 1 {
            self.add(
                Key::ItemClosesMore,
                vec![number(linked.total - 1)],
                vec![this],
            );
        }
        let mut rivals = Rivals::default();
        for told in linked.issues.iter().map(|issue| &issue.rivals) {
            let Some(told) = told else {
                self.is_partly = true;
                continue;
            };
            let known = &mut rivals.pull_requests;
            let new = told.pull_requests.iter();
            let new: Vec<_> = new.filter(|it| !known.contains(it)).cloned().collect();
            known.extend(new);
            rivals.is_at_least |= told.is_at_least;
        }
        // Of a long list only the first were asked about.
        let is_cut = usize::try_from(linked.total).is_ok_and(|it| it > linked.issues.len());
        rivals.is_at_least |= is_cut && !rivals.pull_requests.is_empty();
        let keys = if linked.total > 1 {
            [Key::ItemRivalsOfSeveral, Key::ItemRivalsOfSeveralAtLeast]
        } else {
            [Key::ItemRivals, Key::ItemRivalsAtLeast]
        };
        self.rivals(&rivals, keys, issue);
    }

    /// To whom an issue is assigned: to nobody, the author, somebody else, or
    /// several. What stands `before` fills the first place.
    fn assigned(
        &mut self,
        assignees: &Assignees,
        [nobody, author, one, more]: [Key; 4],
        before: Option<(Arg, Link)>,
    ) {
        let (mut args, mut links): (Vec<Arg>, Vec<Link>) = before.into_iter().unzip();
        let Some(login) = assignees.logins.first() else {
            return self.add(nobody, args, links);
        };
        if assignees.is_author_among {
            return self.add(author, args, links);
        }
        args.push(Arg::Text(login.to_string()));
        links.push(to_user(login));
        if assignees.total == 1 {
            return self.add(one, args, links);
        }
        // The number of the others picks the plural, and so stands first.
        let this = self.itself();
        args.insert(0, number(assignees.total - 1));
        links.insert(0, links.first().cloned().unwrap_or(this));
        self.add(more, args, links);
    }

    fn rivals(&mut self, rivals: &Rivals, [exact, at_least]: [Key; 2], issue: Link) {
        if rivals.pull_requests.is_empty() {
            self.is_partly |= rivals.is_at_least;
            return;
        }
        let count = u32::try_from(rivals.pull_requests.len()).unwrap_or(u32::MAX);
        let link = match rivals.pull_requests.as_slice() {
            // GitHub lists them beside the issue.
            [(repository, number)] => to_pull_request(repository, *number),
            _ => issue,
        };
        let key = if rivals.is_at_least { at_least } else { exact };
        self.add(key, vec![number(count)], vec![link]);
    }

    fn review(&mut self, standing: &ReviewStanding) {
        let ReviewStanding::Reviewed {
            reviewer,
            url,
            followed,
        } = standing
        else {
            return;
        };
        let key = match followed {
            Followed::Approval => Key::ItemApproved,
            Followed::Answer => Key::ItemAnswered,
            Followed::Nothing => Key::ItemUnanswered,
        };
        let this = self.itself();
        let reviewer = reviewer.as_ref().map_or("ghost", Login::as_str);
        let link = Link {
            label: format!("{} ({reviewer})", this.label),
            url: url.clone().unwrap_or(this.url),
        };
        let args = match followed {
            Followed::Approval => vec![Arg::Text(reviewer.to_owned())],
            Followed::Answer | Followed::Nothing => vec![],
        };
        self.add(key, args, vec![link]);
    }

    fn of_issue(&mut self, issue: &ThisIssue) {
        match &issue.assignees {
            Some(assignees) => {
                let keys = [
                    Key::ItemUnassigned,
                    Key::ItemAssignedAuthor,
                    Key::ItemAssigned,
                    Key::ItemAssignedMore,
                ];
                self.assigned(assignees, keys, None);
            }
            None => self.is_partly = true,
        }
        match &issue.closed_by {
            Some(linked) if *linked == Rivals::default() => {
                let this = self.itself();
                self.add(Key::ItemLinkedNone, vec![], vec![this]);
            }
            Some(linked) => {
                let this = self.itself();
                let keys = [Key::ItemLinked, Key::ItemLinkedAtLeast];
                self.rivals(linked, keys, this);
            }
            None => self.is_partly = true,
        }
    }

    fn authors_open(&mut self, open: AuthorsOpen, is_pull_request: bool) {
        let AuthorsOpen {
            here,
            total,
            is_at_least,
        } = open;
        let kind = if is_pull_request {
            ContributionKind::PullRequest
        } else {
            ContributionKind::Issue
        };
        let of_kind = |pull_requests: Key, issues: Key| {
            if is_pull_request {
                pull_requests
            } else {
                issues
            }
        };
        let in_all = to_open(self.author, kind, None);
        let in_here = to_open(self.author, kind, Some(&self.item.repository));
        let (key, others) = match total.saturating_sub(here) {
            // Of many only the newest are seen, and none of those may be here.
            _ if here == 0 => return,
            others if is_at_least => {
                let key = of_kind(Key::ItemPullsAtLeast, Key::ItemIssuesAtLeast);
                (key, others.saturating_add(here))
            }
            0 if here == 1 && self.item.is_open == Some(true) => {
                let key = of_kind(Key::ItemOnlyPull, Key::ItemOnlyIssue);
                return self.add(key, vec![], vec![in_all]);
            }
            0 => {
                let key = of_kind(Key::ItemPullsAllHere, Key::ItemIssuesAllHere);
                return self.add(key, vec![number(here)], vec![in_here]);
            }
            others => (of_kind(Key::ItemPulls, Key::ItemIssues), others),
        };
        let args = vec![number(here), number(others)];
        self.add(key, args, vec![in_here, in_all]);
    }

    fn itself(&self) -> Link {
        let to = match self.item.kind {
            ThisItemKind::PullRequest(_) => to_pull_request,
            ThisItemKind::Issue(_) => to_issue,
        };
        to(&self.item.repository, self.item.number)
    }

    /// How an item is called: by its number alone in this repository.
    fn name(&self, repository: &Repository, number: u32) -> Arg {
        Arg::Text(if *repository == self.item.repository {
            format!("#{number}")
        } else {
            format!("{repository}#{number}")
        })
    }
}

fn number(count: u32) -> Arg {
    Arg::Number(count.into())
}

fn to_issue(repository: &Repository, number: u32) -> Link {
    to_item(repository, "issues", number)
}

fn to_pull_request(repository: &Repository, number: u32) -> Link {
    to_item(repository, "pull", number)
}

fn to_item(repository: &Repository, kind: &str, number: u32) -> Link {
    Link {
        label: format!("{repository}#{number}"),
        url: format!("https://github.com/{repository}/{kind}/{number}"),
    }
}

fn to_user(login: &Login) -> Link {
    Link {
        label: login.to_string(),
        url: format!("https://github.com/{login}"),
    }
}
