/** Groups and their findings: what raised the level in full, the rest folded. */
import { drawAbout } from "./draw-report-about.js";
import { drawItems, drawSentence } from "./draw-report-links.js";
import { type Attributes, type Child, element, fold } from "./element.js";
import { icon } from "./icons.js";
import type { AuthorReport, Finding } from "./messages.js";
import { type Group, groupsOf, itemsOf, sayThresholds } from "./report-parts.js";
import { isSayable, t } from "./words.js";

/** The groups with a finding past a threshold, open, and all that stands below them, folded. */
export function drawGroups(report: AuthorReport): {
  readonly raised: Child[];
  readonly folded: Child[];
} {
  const groups = groupsOf(report);
  const raised = groups.filter((group) => group.raised.length > 0);
  const folded = groups.filter((group) => group.raised.length === 0);
  const seen = new Set<string>();
  const about = drawAbout(report);
  // What the account says of itself stands with its profile, or alone where that is not folded.
  const isAlone = !folded.some(({ name }) => name === "profile");
  return {
    raised: raised.map((group) => drawRaised(group, seen)),
    folded: [
      ...folded.map((group) => drawFolded(group, group.name === "profile" && about)),
      isAlone && about && drawFold("about", t("ui_about"), [about]),
    ],
  };
}

function marks({ name, level }: Group): Record<string, string> {
  return { "data-bonafide-group": name, "data-bonafide-level": level };
}

function drawRaised(group: Group, seen: Set<string>): HTMLElement {
  const { name, raised, others } = group;
  return element(
    "section",
    { class: "group", ...marks(group) },
    element("h3", {}, t(`group_${name}`)),
    element("ul", {}, ...raised.map((finding) => drawFinding(finding, ...drawProof(finding, seen)))),
    others.length > 0 && fold(`others-${name}`, [t("ui_others", others.length)], [drawFindings(others)]),
  );
}

function drawFolded(group: Group, about: Child): HTMLElement {
  const { name, level, others } = group;
  const hint = element("span", { class: "muted" }, t(`ui_group_${level}`));
  return drawFold(name, t(`group_${name}`), [drawFindings(others), about], marks(group), hint);
}

/** A group, or what stands among them, with nothing but its title in sight. */
export function drawFold(
  key: string,
  title: string,
  content: readonly Child[],
  attributes: Attributes = {},
  hint?: Child,
): HTMLElement {
  return fold(key, [element("h3", {}, title), " ", hint], content, { class: "group", ...attributes });
}

function drawFindings(findings: readonly Finding[]): HTMLElement {
  return element("ul", {}, ...findings.map((finding) => drawFinding(finding)));
}

function drawFinding(finding: Finding, ...proof: readonly Child[]): HTMLElement {
  const thresholds = sayThresholds(finding);
  return element(
    "li",
    { class: "finding", "data-bonafide-finding": finding.id, "data-bonafide-level": finding.level },
    element("span", { class: "mark" }, icon(finding.level)),
    element(
      "div",
      {},
      element("span", { class: "sr" }, `${t(`ui_finding_${finding.level}`)}: `),
      element("p", {}, ...drawSentence(finding)),
      thresholds !== undefined && element("p", { class: "muted" }, thresholds),
      ...proof,
    ),
  );
}

/** What shows a finding that counts against somebody, and when it is wrong. */
function drawProof(finding: Finding, seen: Set<string>): Child[] {
  const caveat = `ui_caveat_${finding.id.replaceAll("-", "_")}`;
  const items = itemsOf(finding);
  // Several findings often come from the same items: these are listed once, and each number leads to all.
  const isNew = items[0] !== undefined && !seen.has(items[0].url);
  for (const { url } of items) seen.add(url);
  return [
    isNew && drawItems(items, finding.id),
    isSayable(caveat) && element("p", { class: "muted aside" }, t(caveat)),
  ];
}
