import {z} from "zod";
import {type SiteYear, siteYears} from "../../models/marts/site_years.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import {quoteText} from "../../warehouse/connection.ts";
import {ofOneBuild} from "../../warehouse/published.ts";
import {isOpen, openStates, rangeText} from "../../wording/findings.ts";
import {findingsHeldBack} from "../../wording/held-back.ts";
import {plain, rounded, several} from "../../wording/numbers.ts";
import {lessOrMore} from "../../wording/shares.ts";
import {noticesOf} from "../notices.ts";
import {addressOf, type Page, type Places, type SiteBuilding} from "./context.ts";
import {findingList} from "./finding-list.ts";
import {type Html, html, named, nothing, tableOf} from "./html.ts";

/** The places of the page of all buildings. */
export const estatePlaces: Places = {buildings: buildingTable, costliest};

const costSchema = z.object({site_id: z.string(), gbp: z.number().nullable(), is_whole: z.boolean()});

/** Avoidable £ of what each site bought in its last year; whole where each of its energies has a tariff and all its days. */
const costs = `
  select site_id, sum(avoidable_gbp::decimal(18, 2))::double as gbp, bool_and(avoidable_gbp is not null and held_share >= 1) as is_whole
  from marts.site_years where import_kwh is not null group by site_id`;

const openSchema = z.object({
  site_id: z.string(),
  findings: z.int(),
  gbp_low: z.number().nullable(),
  gbp_high: z.number().nullable()
});

/** What somebody should look at in each site, and what those with a cost come to in a year. */
const open = `
  select
    site_id, count(*)::integer as findings,
    sum(gbp_a_year_low::decimal(18, 2))::double as gbp_low, sum(gbp_a_year_high::decimal(18, 2))::double as gbp_high
  from marts.findings
  where site_id is not null and state in (${openStates.map(quoteText).join(", ")})
  group by site_id`;

interface Row extends SiteBuilding {
  readonly kind: string;
  readonly electricity: SiteYear | null;
  readonly gas: SiteYear | null;
  readonly cost: z.infer<typeof costSchema> | null;
  readonly open: z.infer<typeof openSchema> | null;
}

async function buildingTable(page: Page): Promise<Html> {
  const {connection, buildings} = page.site;
  const told = await ofOneBuild(connection, async each => ({
    years: await readMart(each, siteYears, "order by site_id, energy"),
    costs: await readFromMarts(each, costSchema, costs)
  }));
  const found = await ofOneBuild(connection, each => readFromMarts(each, openSchema, open));
  page.notices.push(...noticesOf("the years of buildings", told), ...noticesOf("findings", found));
  const years = told.value?.years ?? [];
  const kinds = new Map(page.site.registers?.sites.map(({site_id, kind}) => [site_id, kind]));
  const rows = buildings
    .map((building): Row => {
      const own = years.filter(({site_id}) => site_id === building.siteId);
      return {
        ...building,
        kind: (kinds.get(building.siteId) ?? own[0]?.site_kind ?? "–").replaceAll("-", " "),
        electricity: own.find(({energy}) => energy === "electricity") ?? null,
        gas: own.find(({energy}) => energy === "gas") ?? null,
        cost: told.value?.costs.find(({site_id}) => site_id === building.siteId) ?? null,
        open: found.value?.find(({site_id}) => site_id === building.siteId) ?? null
      };
    })
    .sort(
      (one, other) =>
        (other.open?.gbp_high ?? 0) - (one.open?.gbp_high ?? 0) ||
        (other.open?.findings ?? 0) - (one.open?.findings ?? 0)
    );
  if (rows.length === 0) return html`<p>No building has a meter in the register yet.</p>`;
  const find = html`<div class="find" hidden><label for="find">Find a building by any part of its name or kind</label><input id="find" type="search" autocomplete="off" spellcheck="false" aria-controls="buildings" aria-describedby="found"><p id="found" role="status">${several(rows.length, "building")}</p></div>`;
  return html`${find}${tableOf(
    "Every building with a meter: the last 365 days",
    rows,
    [
      {name: "Building", of: row => html`<a href="${addressOf(row.page)}">${named(row.name)}</a>`},
      {name: "Kind", of: row => row.kind},
      ...(page.site.heldBack.findings ? [] : [{name: "To look at", of: lookText}]),
      {name: "Energy, £ a year", isNumber: true, of: energyCost},
      {name: "Electricity, kWh/m²", isNumber: true, of: ({electricity}) => perArea(electricity)},
      {name: "Place in its kind", of: ({electricity}) => placeText(electricity)},
      {name: "Gas, kWh/m²", isNumber: true, of: ({gas}) => perArea(gas)},
      {name: "Place in its kind", of: ({gas}) => placeText(gas)}
    ],
    ' id="buildings"'
  )}`;
}

const perArea = (year: SiteYear | null) => (year === null || year.kwh_per_m2 === null ? "–" : rounded(year.kwh_per_m2));

/** `7 of 8, 34% more`: its place among its kind, the lowest first, and how far it is from the middle, where that is a twentieth or more. */
function placeText(year: SiteYear | null): string {
  if (year === null || year.kwh_per_m2 === null || year.peers_kwh_per_m2 === null || year.place === null) return "–";
  const isFar = Math.abs(year.kwh_per_m2 - year.peers_kwh_per_m2) >= year.peers_kwh_per_m2 / 20;
  const change = isFar ? lessOrMore(year.peers_kwh_per_m2, year.kwh_per_m2) : undefined;
  return `${plain(year.place)} of ${plain(year.peers)}${change === undefined ? "" : `, ${change}`}`;
}

/** Avoidable £ of what is bought; where one of its energies has no tariff, of the others at least. */
const energyCost = ({cost}: Row): string =>
  cost === null || cost.gbp === null ? "–" : `${cost.is_whole ? "" : "at least "}£${rounded(cost.gbp)}`;

/** `2: £11,000 to £12,000`: how many findings are open, and what those with a known cost come to in a year. */
function lookText({open}: Row): string {
  if (open === null) return "–";
  if (open.gbp_low === null || open.gbp_high === null) return plain(open.findings);
  return `${plain(open.findings)}: ${rangeText(open.gbp_low, open.gbp_high, "£")}`;
}

/** The first findings, the most avoidable £ first. */
function costliest(page: Page, most: string): Html {
  const {findings, heldBack} = page.site;
  page.notices.push(...noticesOf("findings", findings));
  if (findings.value === null) return nothing;
  if (heldBack.findings) return html`<p>${findingsHeldBack}.</p>`;
  const open = findings.value.filter(finding => isOpen(finding) && finding.gbp_a_year_high !== null);
  if (open.length === 0) return html`<p>Nothing with a cost that somebody should look at.</p>`;
  return html`<p>Each finding says what is wrong, since when, what it would cost in a year if it goes on, and what to do next. Costs are avoidable pounds: what is saved by using less, at the rates of now.</p>${findingList(page, open.slice(0, Number(most)))}`;
}
