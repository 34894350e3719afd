import {ofOneBuild} from "../../warehouse/published.ts";
import {changesTexts, sinceText} from "../../wording/changes.ts";
import {missingList, unregisteredText} from "../../wording/completeness.ts";
import {tonnesText} from "../../wording/numbers.ts";
import {standpointNotes, standpointText, verdictText, waitingText} from "../../wording/on-track.ts";
import {sentenceCase} from "../../wording/titles.ts";
import {reportingYearText} from "../../wording/years.ts";
import {type Headline, missingOf, numberTexts, readHeadline} from "../headline.ts";
import {datedWords, noticesOf} from "../notices.ts";
import {readHead, type Statement} from "../site-words.ts";
import {readStandpoints} from "../standpoints.ts";
import type {Page, Places} from "./context.ts";
import {type Html, html, listOf, nothing} from "./html.ts";

/** The places of the first page: the verdict, the numbers, how final they are and what is not in them. */
export const startPlaces: Places = {verdict, statements, targets, final: finality, changed, not_counted: notCounted};

const sentence = (text: string) => `${sentenceCase(text)}.`;

async function verdict(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, readStandpoints);
  page.notices.push(...noticesOf("whether we are on track", told));
  if (told.value === null) return nothing;
  const words = datedWords(told);
  return html`<p class="verdict">${verdictText(told.value.points, told.value.waiting)}.${words === null ? null : ` ${sentence(words)}`}</p>`;
}

async function statements(page: Page): Promise<Html> {
  const {connection, onsCode} = page.site;
  const head = await readHead(connection, onsCode);
  page.notices.push(...head.notices);
  const all = [head.council, head.borough].filter(each => each !== null);
  return all.length === 0 ? nothing : html`<div class="statements">${all.map(statementHtml)}</div>`;
}

function statementHtml({about, amount, unit, words, badge}: Statement): Html {
  return html`<div><h2 class="about">${about}</h2><p class="amount">${amount} <span>${unit}</span></p><p>${words}</p>${
    badge === null ? null : html`<p class="badge">${badge}</p>`
  }</div>`;
}

/** Where each target of a boundary stands; `{{targets own operations}}`, or `area-wide`. */
async function targets(page: Page, boundary: string): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, readStandpoints);
  if (told.value === null) return nothing;
  const points = told.value.points.filter(point => point.boundary === boundary);
  const waiting = told.value.waiting.filter(target => target.boundary === boundary);
  if (points.length + waiting.length === 0) return html`<p>No target is on file here.</p>`;
  return listOf([
    ...points.map(
      point => html`${sentence(standpointText(point))}${listOf(standpointNotes(point).map(note => sentence(note)))}`
    ),
    ...waiting.map(target => sentence(`${target.target_name}: ${waitingText(target)}`))
  ]);
}

async function finality(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, each => readHeadline(each, page.site.onsCode));
  page.notices.push(...noticesOf("how final the numbers are", told));
  return told.value === null ? nothing : listOf(numberTexts(told.value).map(sentence));
}

/** What is not as the edition before has it, and what it may come from. */
function changed({site: {since}}: Page): Html {
  if (since === null) return nothing;
  const {numbers, makings} = changesTexts(since);
  return html`<h2 id="changed">What changed since ${sinceText(since)}</h2>${listOf(numbers)}${
    makings.length === 0
      ? html`<p>It is made from the same files, registers, factors and methods.</p>`
      : html`<p>What changed in what the numbers are made from; a number may have moved by any of it:</p>${listOf(makings)}`
  }`;
}

async function notCounted(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, each => readHeadline(each, page.site.onsCode));
  return told.value === null ? nothing : listOf(notCountedTexts(told.value).map(sentence));
}

/** What the council's own number leaves out, with how much of it is known. */
function notCountedTexts(headline: Headline): string[] {
  const years = [headline.whole, headline.incomplete, headline.toDate].filter(year => year !== null);
  const {whole} = headline;
  const scope3 =
    whole === null
      ? "what suppliers and journeys emit on our behalf (scope 3) is not in the total"
      : `what suppliers and journeys emit on our behalf (scope 3) is not in the total: ${tonnesText(whole.scope_3_t_co2e)} CO₂e are known of ${reportingYearText(whole.reporting_year)}`;
  const gaps = years.flatMap(year => {
    const missing = missingOf(year, headline);
    const unregistered = unregisteredText(year);
    const when = reportingYearText(year.reporting_year);
    return [
      ...(missing.length === 0 ? [] : [`missing of ${when}: ${missingList(missing)}`]),
      ...(unregistered === undefined ? [] : [`${when}, ${unregistered}`])
    ];
  });
  return [
    scope3,
    ...gaps,
    "water that we buy, and heat that others make for us, are measured and not in the total yet",
    "electricity that our panels export is not deducted",
    "only scopes 1 and 2 by the average of the grid are told: a market-based figure needs certificates or a residual mix, and neither is on file"
  ];
}
