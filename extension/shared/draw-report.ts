/** Draws a report: the one renderer of the card on GitHub and of the popup. */
import { type Child, element, outwardLink, words } from "./element.js";
import { icon } from "./icons.js";
import type { About, AuthorReport, Finding, FindingLevel, GroupName, Link } from "./messages.js";
import { asJson, asMarkdown, redact } from "./report-text.js";
import { age, isSayable, list, number, percentage, relative, say, sayFinding, t } from "./words.js";

/** What a reader can set off from a report. */
export interface ReportActions {
  /** Look up again, whatever is cached. */
  refresh(): void;
  /** Show the options page. */
  openOptions(): void;
}

/** A place that shows one report after another. */
export interface ReportView {
  /** The element to put on a page. */
  readonly element: HTMLElement;
  /** Shows this report, keeping what the reader has unfolded and where the focus is. */
  show(report: AuthorReport): void;
}

/** The order of a card: this repository first, the account's own words last. */
const GROUPS: readonly GroupName[] = ["here", "pullRequests", "issues", "conduct", "profile"];

/** Links shown before the rest is folded: enough to judge by, few enough to read. */
const LINKS_SHOWN = 4;

/** Organisations and other accounts shown; nobody reads a hundred. */
const NAMES_SHOWN = 20;

/** Gaps that only the reader can close, in the options. */
const CLOSED_IN_OPTIONS: ReadonlySet<string> = new Set([
  "noToken",
  "onRequest",
  "tokenRefused",
  "missingRight",
  "noPermission",
]);

/** Makes an empty view. `unfolded` shows every group open, where there is room. */
export function reportView(actions: ReportActions, unfolded = false): ReportView {
  const announcement = element("p", { class: "sr", role: "status" });
  const body = element("div");
  const root = element("article", { class: "report" }, announcement, body);
  let shown: AuthorReport | undefined;
  let isRedacted = false;

  const show = (report: AuthorReport): void => {
    if (shown?.login !== report.login) isRedacted = false;
    shown = report;
    const visible = isRedacted ? redact(report) : report;
    root.setAttribute("data-bonafide-report", visible.login);
    root.setAttribute("data-bonafide-level", visible.level);
    const announced = t("ui_announce", visible.login, t(`level_${visible.level}`));
    if (announcement.textContent !== announced) announcement.textContent = announced;
    replaceKeeping(body, [...drawBody(visible, unfolded), drawFooter(visible)]);
  };

  const drawFooter = (report: AuthorReport): HTMLElement => {
    const done = element("span", { class: "muted", role: "status" });
    const copy = (text: string): void => {
      void navigator.clipboard.writeText(text).then(
        () => done.replaceChildren(t("ui_copied")),
        () => done.replaceChildren(t("ui_not_copied")),
      );
    };
    const button = (key: string, act: () => void, pressed?: boolean): HTMLElement => {
      const made = element(
        "button",
        {
          type: "button",
          "data-keep": key,
          "aria-pressed": pressed === undefined ? undefined : String(pressed),
        },
        t(key),
      );
      made.addEventListener("click", act);
      return made;
    };
    const isApp = report.level === "bot";
    const wantsOptions = report.gaps.some((gap) => CLOSED_IN_OPTIONS.has(gap.reason));
    const profile = outwardLink(profileAddress(report.login), t("ui_open_profile"));
    profile.classList.add("button");
    profile.style.textDecoration = "none";
    profile.dataset["keep"] = "ui_open_profile";
    return element(
      "footer",
      {},
      !isApp && element("p", { class: "muted" }, footerLine(report)),
      element(
        "div",
        { class: "actions" },
        wantsOptions && button("ui_open_options", () => actions.openOptions()),
        !isApp && button("ui_refresh", () => actions.refresh()),
        !isApp && !isRedacted && profile,
        !isApp && button("ui_copy_markdown", () => copy(asMarkdown(report))),
        !isApp && button("ui_copy_json", () => copy(asJson(report))),
        !isApp &&
          button(
            "ui_redact",
            () => {
              isRedacted = !isRedacted;
              if (shown !== undefined) show(shown);
            },
            isRedacted,
          ),
        done,
      ),
    );
  };

  return { element: root, show };
}

function footerLine(report: AuthorReport): string {
  const checked = report.checkedAt == null ? undefined : relative(report.checkedAt, Date.now());
  const policy = t(`ui_policy_${report.policy}`);
  return checked === undefined ? t("ui_policy_line", policy) : t("ui_checked_line", checked, policy);
}

function profileAddress(login: string): string {
  return `https://github.com/${encodeURIComponent(login)}`;
}

function drawBody(report: AuthorReport, unfolded: boolean): Child[] {
  const name = report.about?.name;
  return [
    element(
      "header",
      {},
      element(
        "p",
        { class: "who" },
        element("bdi", { class: "login clip" }, report.login),
        name != null && element("span", { class: "muted clip" }, words(name)),
      ),
      element("div", { class: "level" }, icon(report.level), element("h2", {}, t(`level_${report.level}`))),
    ),
    report.reasons.length > 0 &&
      element("ul", { class: "reasons" }, ...report.reasons.map((reason) => element("li", {}, say(reason)))),
    drawGaps(report),
    report.coming.length > 0 &&
      element(
        "p",
        { class: "note" },
        t("ui_coming", list([...new Set(report.coming.map((part) => t(`part_${part}`)))])),
      ),
    ...drawGroups(report, unfolded),
    report.adjustments.length > 0 &&
      element(
        "details",
        { class: "group", "data-keep": "adjustments" },
        element("summary", {}, element("h3", {}, t("ui_adjustments"))),
        element("ul", {}, ...report.adjustments.map((told) => element("li", {}, say(told)))),
      ),
    report.about != null && drawAbout(report.about, unfolded),
  ];
}

/** What could not be had: one line a reason, naming its parts, so that a spent limit is told once. */
function drawGaps(report: AuthorReport): Child {
  if (report.gaps.length === 0) return null;
  const byReason = new Map<string, { reason: string; until: string | undefined; parts: string[] }>();
  for (const gap of report.gaps) {
    const key = `${gap.reason} ${gap.until ?? ""}`;
    const known = byReason.get(key) ?? { reason: gap.reason, until: gap.until ?? undefined, parts: [] };
    known.parts.push(t(`part_${gap.part}`));
    byReason.set(key, known);
  }
  const lines = [...byReason.values()].map(({ reason, until, parts }) => {
    const when = until === undefined ? undefined : relative(until, Date.now());
    return element(
      "li",
      {},
      t("ui_gap", list([...new Set(parts)]), t(`gap_${reason}`)),
      when !== undefined && ` ${t("ui_gap_until", when)}`,
    );
  });
  return element("ul", { class: "note", "data-bonafide-gaps": true }, ...lines);
}

/** Groups in the order of a card: `here`, then what raised the level, then the rest folded. */
function drawGroups(report: AuthorReport, unfolded: boolean): Child[] {
  const named = GROUPS.flatMap((name) => {
    const level = report.groups[name];
    return level === undefined
      ? []
      : [{ name, level, findings: report.findings.filter((it) => it.group === name) }];
  });
  const rank = ({ name, level }: { name: GroupName; level: FindingLevel }): number =>
    name === "here" ? 0 : level === "alert" ? 1 : level === "caution" ? 2 : 3;
  return [...named]
    .sort((a, b) => rank(a) - rank(b))
    .map((group) => drawGroup(group.name, group.level, group.findings, unfolded || rank(group) < 3));
}

function drawGroup(
  name: GroupName,
  level: FindingLevel,
  findings: readonly Finding[],
  isOpen: boolean,
): HTMLElement {
  const attributes = { class: "group", "data-bonafide-group": name, "data-bonafide-level": level };
  const raised = findings.filter((finding) => isRaised(finding.level));
  const title = [
    element("h3", {}, t(`group_${name}`)),
    " ",
    element("span", { class: "muted" }, t(`ui_group_${level}`)),
  ];
  return element(
    "details",
    { ...attributes, "data-keep": `group-${name}`, open: isOpen },
    element("summary", {}, ...title),
    element(
      "ul",
      {},
      ...[...raised, ...findings.filter((finding) => !isRaised(finding.level))].map(drawFinding),
    ),
  );
}

function isRaised(level: FindingLevel): boolean {
  return level === "caution" || level === "alert";
}

function drawFinding(finding: Finding): HTMLElement {
  const mark = element("span", { class: "mark" }, icon(finding.level));
  const isMeasured = finding.level !== "unknown" && finding.level !== "pending";
  const thresholds = isMeasured ? thresholdLine(finding) : undefined;
  const named = `finding_${finding.id.replaceAll("-", "_")}`;
  return element(
    "li",
    { class: "finding", "data-bonafide-finding": finding.id, "data-bonafide-level": finding.level },
    mark,
    element(
      "div",
      {},
      element("span", { class: "sr" }, `${t(`ui_finding_${finding.level}`)}: `),
      element("p", {}, sayFinding(finding), ...drawSearches(finding)),
      thresholds !== undefined && element("p", { class: "muted" }, thresholds),
      // Where a finding counts against somebody, what it sees and cannot see is said with it.
      isRaised(finding.level) &&
        isSayable(`${named}_sees`) &&
        element("p", { class: "muted" }, t(`${named}_sees`)),
      drawLinks(finding),
    ),
  );
}

/** The number with the thresholds it was held against. */
function thresholdLine(finding: Finding): string | undefined {
  const { thresholds, measured } = finding;
  if (thresholds == null) return undefined;
  const isShare = Math.max(Math.abs(thresholds.caution), Math.abs(thresholds.alert)) < 1;
  const write = isShare ? percentage : number;
  const rule = thresholds.passedBy === "more" ? "ui_thresholds_above" : "ui_thresholds_below";
  const limits = t(rule, write(thresholds.caution), write(thresholds.alert));
  // The sentence has said the number already, except where a share was measured.
  if (measured == null || finding.sentence.args[0] === measured) return limits;
  return `${t(finding.isAtLeast ? "ui_measured_at_least" : "ui_measured", write(measured))} ${limits}`;
}

/** Where a whole list of items is on GitHub, right behind the number it shows. */
function drawSearches(finding: Finding): Child[] {
  return finding.links.filter(isSearch).flatMap((link) => {
    const see = outwardLink(link.url, t("ui_see"));
    see.setAttribute("aria-label", t("ui_see_about", link.label));
    see.classList.add("see");
    return [" ", see];
  });
}

function isSearch(link: Link): boolean {
  return link.url.startsWith("https://github.com/search?");
}

function drawLinks(finding: Finding): Child {
  const items = finding.links.filter((link) => !isSearch(link));
  if (items.length === 0) return null;
  const line = (link: Link): HTMLElement =>
    element("li", {}, outwardLink(link.url, element("bdi", { class: "clip", dir: "auto" }, link.label)));
  const first = items.slice(0, LINKS_SHOWN).map(line);
  const rest = items.slice(LINKS_SHOWN).map(line);
  return element(
    "div",
    {},
    element("ul", { class: "links" }, ...first),
    rest.length > 0 &&
      element(
        "details",
        { "data-keep": `links-${finding.id}` },
        element("summary", { class: "muted" }, t("ui_more_links", rest.length)),
        element("ul", { class: "links" }, ...rest),
      ),
  );
}

function drawAbout(about: About, unfolded: boolean): HTMLElement {
  const rows: Child[] = [];
  const row = (key: string, value: Child | undefined): void => {
    if (value) rows.push(element("dt", {}, t(key)), element("dd", {}, value));
  };
  const text = (value: string | undefined): Child =>
    value != null && element("span", { class: "clip" }, words(value));
  const many = (values: readonly HTMLElement[]): Child =>
    values.length > 0 &&
    element(
      "span",
      {},
      ...values.slice(0, NAMES_SHOWN).flatMap((value, index) => (index === 0 ? [value] : [", ", value])),
      values.length > NAMES_SHOWN && ` ${t("ui_and_more", values.length - NAMES_SHOWN)}`,
    );
  row("ui_about_age", age(about.createdAt, Date.now()));
  row("ui_about_company", text(about.company));
  row("ui_about_location", text(about.location));
  row(
    "ui_about_website",
    about.website != null &&
      element("span", { class: "clip" }, outwardLink(about.website, words(about.website))),
  );
  row("ui_about_bio", about.bio != null && element("span", { class: "bio" }, words(about.bio)));
  row("ui_about_organisations", about.organisations && many(about.organisations.map(words)));
  row(
    "ui_about_socials",
    about.socialAccounts &&
      many(
        about.socialAccounts.map((account) =>
          account.url === ""
            ? words(account.provider)
            : element("span", { class: "clip" }, outwardLink(account.url, words(account.url))),
        ),
      ),
  );
  row("ui_about_followers", about.followers != null && number(about.followers));
  row("ui_about_repositories", about.ownRepositories != null && number(about.ownRepositories));
  row("ui_about_pull_requests", aboutPullRequests(about));
  row("ui_about_issues", about.issues != null && number(about.issues));
  return element(
    "details",
    { class: "group", "data-keep": "about", open: unfolded },
    element(
      "summary",
      {},
      element("h3", {}, t("ui_about")),
      " ",
      element("span", { class: "muted" }, t("ui_about_hint")),
    ),
    element("dl", {}, ...rows),
  );
}

function aboutPullRequests(about: About): Child {
  if (about.pullRequests == null) return null;
  if (about.mergedPullRequests == null) return number(about.pullRequests);
  return t("ui_about_pull_requests_merged", about.pullRequests, about.mergedPullRequests);
}

/** Replaces what an element holds; what is named `data-keep` stays unfolded, scrolled and focused as it was. */
function replaceKeeping(parent: HTMLElement, children: readonly Child[]): void {
  const isOpen = new Map<string, boolean>();
  for (const details of parent.querySelectorAll<HTMLDetailsElement>("details[data-keep][data-touched]")) {
    isOpen.set(details.dataset["keep"] ?? "", details.open);
  }
  const root = parent.getRootNode();
  const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  const focused =
    active !== null && parent.contains(active)
      ? active.closest<HTMLElement>("[data-keep]")?.dataset["keep"]
      : undefined;
  parent.replaceChildren(...children.filter((child): child is Node | string => Boolean(child)));
  for (const details of parent.querySelectorAll<HTMLDetailsElement>("details[data-keep]")) {
    const was = isOpen.get(details.dataset["keep"] ?? "");
    if (was !== undefined) {
      details.open = was;
      details.dataset["touched"] = "";
    }
    // Only what the reader opened or closed is kept; the rest follows the new report.
    details.querySelector("summary")?.addEventListener("click", () => {
      details.dataset["touched"] = "";
    });
  }
  if (focused !== undefined) {
    const kept = [...parent.querySelectorAll<HTMLElement>("[data-keep]")].find(
      (it) => it.dataset["keep"] === focused,
    );
    (kept instanceof HTMLDetailsElement ? kept.querySelector("summary") : kept)?.focus({
      preventScroll: true,
    });
  }
}
