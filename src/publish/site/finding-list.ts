import type {Finding} from "../../models/marts/findings.ts";
import {
  findingConfidence,
  findingCost,
  findingMeasure,
  findingNext,
  findingPlace,
  findingSays,
  findingState,
  findingWhen
} from "../../wording/findings.ts";
import {sentenceCase} from "../../wording/titles.ts";
import {addressOf, type Page} from "./context.ts";
import {type Html, html, listOf, named} from "./html.ts";

/** Findings as a list: where, what, since when, what it costs, how sure that is, and what to do. What a person wrote about one stays in the house. */
export function findingList(page: Page, findings: readonly Finding[]): Html {
  return listOf(
    findings.map(finding => findingHtml(page, finding)),
    "findings"
  );
}

function findingHtml(page: Page, finding: Finding): Html {
  const {site} = page;
  const home = site.buildings.find(({siteId}) => siteId === finding.site_id);
  const place = named(findingPlace(finding));
  const says = finding.kind === "due" ? (finding.detail ?? "due") : findingSays(finding);
  const cost = findingCost(finding);
  const known = [findingMeasure(finding), findingConfidence(finding)].filter(text => text !== null).join("; ");
  const isElsewhere = page.building === null && home !== undefined;
  return html`<p class="what"><strong>${
    page.building !== null
      ? sentenceCase(says)
      : html`${isElsewhere ? html`<a href="${addressOf(home.page)}">${place}</a>` : place}: ${says}`
  }</strong> ${findingWhen(finding, site.asOf)}${cost === null ? null : html`, <span class="cost">${cost}</span>`}.</p>${
    known === "" ? null : html`<p class="known">${sentenceCase(known)}.</p>`
  }<p class="next">Next: ${findingNext(finding)}. <span class="owner">For: ${finding.owner_role}.${stateText(finding)}</span></p>`;
}

const stateText = (finding: Finding) =>
  finding.state === "open" ? "" : ` ${sentenceCase(findingState({...finding, decided_why: null}))}.`;
