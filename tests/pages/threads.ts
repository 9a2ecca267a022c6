// The conversations of the pages, with our own persons and texts.

import {
  app,
  type Body,
  COPILOT,
  type Comment,
  GHOST,
  mannequin,
  participantsOf,
  type Thread,
  user,
  VIEWER,
} from "./model";

const adaSteady = user("ada-steady");
const melMember = user("mel-member");
const owenOwner = user("owen-owner");
const newcomerNia = user("newcomer-nia");
const patchyPat = user("patchy-pat");
const rejectedRex = user("rejected-rex");
const serialSam = user("serial-sam");
const echoEve = user("echo-eve");
const quietQuinn = user("quiet-quinn");
const privatePriya = user("private-priya");
const hostileHal = user("hostile-hal");
const suspendedSid = user("suspended-sid");
const busyBea = user("busy-bea");
const maintainerMax = user(VIEWER);
const dependabot = app("dependabot");

type Start = Omit<
  Thread,
  "participants" | "repository" | "ownerKind" | "assignees" | "labels" | "links" | "state"
> &
  Partial<
    Pick<Thread, "repository" | "ownerKind" | "assignees" | "labels" | "links" | "state" | "participants">
  >;

/** A thread in acme/web, open and without extras, unless said otherwise. */
function thread(start: Start): Thread {
  return {
    repository: "acme/web",
    ownerKind: "Organization",
    state: "Open",
    assignees: [],
    labels: [],
    links: [],
    participants: participantsOf(start.opener, start.items),
    ...start,
  };
}

const said = (by: Comment["by"], at: string, text: string, association?: Comment["association"]): Comment =>
  association === undefined
    ? { type: "comment", by, at, body: [[text]] }
    : { type: "comment", by, at, body: [[text]], association };

export const issue1: Thread = thread({
  number: 1,
  title: "Search forgets the filter when I go back",
  opener: {
    type: "comment",
    by: patchyPat,
    at: "2026-11-16T09:12:00Z",
    editedBy: melMember,
    body: [
      [
        "Choose a filter, open a result, press back: the filter is gone. ",
        { mention: "quiet-quinn" },
        " saw it too.",
      ],
      [
        "The page belongs to ",
        { href: "https://github.com/acme", text: "acme" },
        " and the code is in ",
        { code: "search.ts" },
        ".",
      ],
    ],
  },
  items: [
    { type: "event", by: melMember, at: "2026-11-16T09:30:00Z", what: "added the label bug" },
    said(
      melMember,
      "2026-11-16T09:31:00Z",
      "Thank you, I can see it here as well. Which browser is it?",
      "MEMBER",
    ),
    said(patchyPat, "2026-11-16T10:02:00Z", "Both that I have, in a private window too."),
    said(dependabot, "2026-11-16T10:05:00Z", "A newer version of the router is out."),
    { type: "event", by: owenOwner, at: "2026-11-16T11:00:00Z", what: "assigned", subject: adaSteady },
    {
      ...said(
        adaSteady,
        "2026-11-16T12:40:00Z",
        "The state is written after the page has gone. I will try the other order.",
        "CONTRIBUTOR",
      ),
      editedBy: owenOwner,
    },
    said(GHOST, "2026-11-16T13:00:00Z", "Happens to me every day."),
    said(echoEve, "2026-11-16T14:11:00Z", "Same for me, please fix."),
    said(maintainerMax, "2026-11-16T15:00:00Z", "A fix is on the way.", "MEMBER"),
    said(newcomerNia, "2026-11-17T08:00:00Z", "Could I help with a test for this?"),
    { type: "event", by: GHOST, at: "2026-11-17T09:00:00Z", what: "mentioned this" },
  ],
  assignees: [adaSteady],
  participants: [patchyPat, melMember, adaSteady, owenOwner, echoEve, newcomerNia, user("mia-watcher")],
  labels: ["bug", "search"],
  links: [
    { href: "/acme/web/issues/2", text: "The next issue" },
    { href: "/acme/web/pull/7", text: "The pull request" },
  ],
});

export const issue2: Thread = thread({
  number: 2,
  title: "Dates are written in the wrong order",
  opener: {
    type: "comment",
    by: busyBea,
    association: "CONTRIBUTOR",
    at: "2026-11-17T07:00:00Z",
    body: [["The day stands before the month for everyone."]],
  },
  items: [
    said(
      adaSteady,
      "2026-11-17T07:20:00Z",
      "It follows the browser's language, except in the list.",
      "CONTRIBUTOR",
    ),
    said(rejectedRex, "2026-11-17T08:05:00Z", "I opened a pull request with a fix."),
    { type: "event", by: owenOwner, at: "2026-11-17T08:30:00Z", what: "closed this as completed" },
  ],
  state: "Closed",
  links: [
    { href: "/acme/web/issues/1", text: "The issue before" },
    { href: "/acme/web/pull/8", text: "The pull request" },
  ],
});

export const ownIssue: Thread = thread({
  repository: "demo-own/tool",
  ownerKind: "User",
  number: 3,
  title: "Does it run on a phone?",
  opener: {
    type: "comment",
    by: quietQuinn,
    at: "2026-11-15T10:00:00Z",
    body: [
      [
        "I would like to use it on the train. Written by ",
        { href: "https://github.com/demo-own", text: "demo-own" },
        "?",
      ],
    ],
  },
  items: [
    said(adaSteady, "2026-11-15T11:00:00Z", "It does here."),
    said(serialSam, "2026-11-15T12:00:00Z", "I made a pull request for that.", "FIRST_TIME_CONTRIBUTOR"),
  ],
});

export const pull7: Thread = thread({
  number: 7,
  title: "Improve the wording of the start page",
  opener: {
    type: "comment",
    by: serialSam,
    association: "FIRST_TIME_CONTRIBUTOR",
    at: "2026-11-18T08:15:00Z",
    body: [
      ["This makes the first paragraph easier to read and mends two links."],
      [
        "I read ",
        { href: "https://github.com/acme/web/issues/1", text: "#1" },
        " before. ",
        { mention: "mia-watcher" },
        " might want to look.",
      ],
    ],
  },
  items: [
    {
      type: "commits",
      by: serialSam,
      at: "2026-11-18T08:14:00Z",
      messages: ["Make the first paragraph shorter", "Mend the links to the guide"],
    },
    said(dependabot, "2026-11-18T08:16:00Z", "No dependency changes in this pull request."),
    {
      type: "event",
      by: melMember,
      at: "2026-11-18T08:40:00Z",
      what: "requested a review from",
      subject: adaSteady,
    },
    said(
      melMember,
      "2026-11-18T08:41:00Z",
      "Thank you for the pull request! Someone will look at it this week.",
      "MEMBER",
    ),
    {
      type: "review",
      by: adaSteady,
      association: "CONTRIBUTOR",
      at: "2026-11-18T09:30:00Z",
      verdict: "requested changes",
      body: [["The shorter text reads well. The second link leads to a page that we are about to move."]],
      thread: {
        file: "docs/start.md",
        lines: ["- Read the guide, which tells you how to begin.", "+ Begin with the guide."],
        comments: [
          said(
            adaSteady,
            "2026-11-18T09:31:00Z",
            "Could this point to the new address at once?",
            "CONTRIBUTOR",
          ),
          said(serialSam, "2026-11-18T09:50:00Z", "Done.", "FIRST_TIME_CONTRIBUTOR"),
        ],
      },
    },
    said(
      newcomerNia,
      "2026-11-18T10:05:00Z",
      "I am new here. The new text helped me to set it up this morning.",
    ),
    said(
      patchyPat,
      "2026-11-18T10:30:00Z",
      "The old text had one sentence that is missing now: which version is needed.",
    ),
    said(rejectedRex, "2026-11-18T11:00:00Z", "I have the same change in another pull request."),
    said(echoEve, "2026-11-18T11:20:00Z", "Please improve the readme as well."),
    {
      type: "review",
      by: COPILOT,
      at: "2026-11-18T11:30:00Z",
      verdict: "reviewed",
      body: [["Looked at 1 of 1 files and has nothing to add."]],
    },
    said(quietQuinn, "2026-11-18T12:00:00Z", "I have been reading along for years and like the shorter one."),
    said(privatePriya, "2026-11-18T12:30:00Z", "Works for our team."),
    said(
      hostileHal,
      "2026-11-18T13:00:00Z",
      "<img src=x onerror=alert(1)> is how my editor shows it \u202eylno si siht\u202c.",
    ),
    said(suspendedSid, "2026-11-18T13:10:00Z", "First!"),
    said(GHOST, "2026-11-18T13:20:00Z", "I agreed once, under another name."),
    said(mannequin("imported-ivy"), "2026-11-18T13:21:00Z", "Moved here from the old tracker."),
    { type: "event", by: maintainerMax, at: "2026-11-18T14:00:00Z", what: "added the label documentation" },
    said(
      maintainerMax,
      "2026-11-18T14:01:00Z",
      "I will wait for the second link, then this can go in.",
      "MEMBER",
    ),
    {
      type: "review",
      by: owenOwner,
      association: "OWNER",
      at: "2026-11-18T15:00:00Z",
      verdict: "approved these changes",
      body: [["Fine with me once the link is right."]],
    },
  ],
  assignees: [melMember],
  participants: [
    serialSam,
    melMember,
    adaSteady,
    owenOwner,
    newcomerNia,
    patchyPat,
    rejectedRex,
    echoEve,
    quietQuinn,
    privatePriya,
    hostileHal,
    user("mia-watcher"),
  ],
  labels: ["documentation"],
  links: [
    { href: "/acme/web/issues/1", text: "The issue it mends" },
    { href: "/acme/web/pull/8", text: "Another pull request" },
  ],
});

export const pull8: Thread = thread({
  number: 8,
  title: "Add a test for the search filter",
  opener: {
    type: "comment",
    by: newcomerNia,
    association: "FIRST_TIME_CONTRIBUTOR",
    at: "2026-11-18T16:00:00Z",
    body: [["As offered in the issue, a test that fails without the fix."]],
  },
  items: [
    said(adaSteady, "2026-11-18T16:30:00Z", "Exactly what was missing, thank you.", "CONTRIBUTOR"),
    {
      type: "review",
      by: melMember,
      association: "MEMBER",
      at: "2026-11-18T17:00:00Z",
      verdict: "approved these changes",
    },
  ],
  links: [{ href: "/acme/web/pull/7", text: "Another pull request" }],
});

/** A pull request of many: `gen-1`, or who is `first`, opens it, then all comment in turn until there are enough. */
export function crowd(number: number, authors: number, comments = authors, more: Body = [], first = 1): Thread {
  const gen = (at: number): Comment => {
    const comment = said(
      user(`gen-${(at % authors) + first}`),
      new Date(Date.UTC(2026, 10, 10) + at * 60_000).toISOString(),
      `Note ${at + 1} of ${comments}.`,
    );
    return { ...comment, body: [...comment.body, ...more] };
  };
  return thread({
    number,
    title: `A discussion among ${authors}`,
    opener: gen(0),
    items: Array.from({ length: comments - 1 }, (_, at) => gen(at + 1)),
    participants: [],
  });
}

/** As long as the longest conversations are: with 60 comments of this, a page has a megabyte and 8,000 elements. */
export const LONG_WINDED: Body = Array.from({ length: 34 }, (_, at) => [
  `${at + 1}. What is written here matters to nobody; it is there because people write much, and because a page `,
  { code: `of_this_length_${at}` },
  " has thousands of elements that name no author, which have to be passed over quickly. So it goes on, and quotes ",
  { href: `https://example.org/a/long/address/${at}`, text: "somebody else" },
  " who has said the same before, in other words, and at the same length as this.",
]);

/** The same as a `react-partial`: a part of a page that React takes over by itself. */
export const labPartial = (): Thread => ({ ...lab, number: 901, title: "A part of a page that changes" });

export const lab: Thread = thread({
  number: 900,
  title: "A page that changes",
  opener: said(patchyPat, "2026-11-19T08:00:00Z", "Nothing is drawn of this."),
  items: [
    said(patchyPat, "2026-11-19T08:00:00Z", "The first row."),
    said(adaSteady, "2026-11-19T08:10:00Z", "The second row.", "CONTRIBUTOR"),
    said(melMember, "2026-11-19T08:20:00Z", "The third row.", "MEMBER"),
    said(newcomerNia, "2026-11-19T08:30:00Z", "The fourth row."),
    said(dependabot, "2026-11-19T08:40:00Z", "The fifth row."),
    said(echoEve, "2026-11-19T08:50:00Z", "The sixth row."),
  ],
});

export const rightToLeft: Thread = thread({
  number: 902,
  title: "דף מימין לשמאל",
  opener: said(newcomerNia, "2026-11-19T09:00:00Z", "הטקסט נכתב מימין לשמאל."),
  items: [
    said(adaSteady, "2026-11-19T09:10:00Z", "תודה רבה.", "CONTRIBUTOR"),
    { type: "event", by: melMember, at: "2026-11-19T09:20:00Z", what: "added the label bidi" },
  ],
});

/** Opened sixty days ago, and merged. */
export const oldPull: Thread = thread({
  number: 903,
  title: "Show the active filter",
  opener: said(patchyPat, "2026-09-22T08:00:00Z", "Nothing showed which filter is on."),
  items: [said(melMember, "2026-09-25T08:00:00Z", "Thank you.", "MEMBER")],
});

/** The server sends this one only up to these words of its last comment. */
export const CUT_OFF_AT = "This is where it ends";
export const cutOff: Thread = thread({
  number: 905,
  title: "A page cut off in the middle",
  opener: said(patchyPat, "2026-11-19T10:00:00Z", "The connection was lost."),
  items: [
    said(adaSteady, "2026-11-19T10:10:00Z", "Whole.", "CONTRIBUTOR"),
    said(echoEve, "2026-11-19T10:20:00Z", `${CUT_OFF_AT}, and this never arrives.`),
  ],
});

/** The longest login that GitHub allows. */
const LONGEST_LOGIN = "a".repeat(39);
export const oddLogins: Thread = thread({
  number: 904,
  title: "Names that one does not see every day",
  opener: said(user(LONGEST_LOGIN), "2026-11-19T11:00:00Z", "Thirty-nine letters."),
  items: [
    said(user("trailing-"), "2026-11-19T11:10:00Z", "An old account, with a hyphen at its end."),
    said(user("kim_acme"), "2026-11-19T11:20:00Z", "Managed by a company."),
    said(user("old-name"), "2026-11-19T11:30:00Z", "Has another name by now."),
    said(user("missing-mo"), "2026-11-19T11:40:00Z", "Is not there any more."),
    said(user("acme"), "2026-11-19T11:50:00Z", "An organization where a person is expected."),
    said(user("Ada-Steady"), "2026-11-19T12:00:00Z", "Written with capitals.", "CONTRIBUTOR"),
  ],
  links: [
    { href: "/security", text: "security" },
    { href: "/settings", text: "settings" },
  ],
});
