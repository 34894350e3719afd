import type {Finding} from "../../models/marts/findings.ts";
import {type SiteYear, siteYears} from "../../models/marts/site_years.ts";
import {readMart} from "../../models/read-mart.ts";
import {ofOneBuild} from "../../warehouse/published.ts";
import {isOpen, rangeText} from "../../wording/findings.ts";
import {plain, rounded, several} from "../../wording/numbers.ts";
import {lessOrMore} from "../../wording/shares.ts";
import {noticesOf} from "../notices.ts";
import {addressOf, type Page, type Places, type SiteBuilding} from "./context.ts";
import {findingList} from "./finding-list.ts";
import {type Html, html, named, nothing, tableOf} from "./html.ts";

/** The places of the page of all buildings. */
export const estatePlaces: Places = {buildings: buildingTable, costliest};

interface Row extends SiteBuilding {
  readonly kind: string;
  readonly electricity: SiteYear | null;
  readonly gas: SiteYear | null;
  readonly open: readonly Finding[];
}

async function buildingTable(page: Page): Promise<Html> {
  const {connection, buildings, findings} = page.site;
  const told = await ofOneBuild(connection, each => readMart(each, siteYears, "order by site_id, energy"));
  page.notices.push(...noticesOf("the years of buildings", told));
  const years = told.value ?? [];
  const kinds = new Map(page.site.registers?.sites.map(({site_id, kind}) => [site_id, kind]));
  const rows = buildings
    .map((building): Row => {
      const own = years.filter(({site_id}) => site_id === building.siteId);
      return {
        ...building,
        kind: (kinds.get(building.siteId) ?? own[0]?.site_kind ?? "–").replaceAll("-", " "),
        electricity: own.find(({energy}) => energy === "electricity") ?? null,
        gas: own.find(({energy}) => energy === "gas") ?? null,
        open: (findings.value ?? []).filter(finding => finding.site_id === building.siteId && isOpen(finding))
      };
    })
    .sort((one, other) => highest(other.open) - highest(one.open) || other.open.length - one.open.length);
  if (rows.length === 0) return html`<p>No building has a meter in the register yet.</p>`;
  const find = html`<div class="find" hidden><label for="find">Find a building by any part of its name or kind</label><input id="find" type="search" autocomplete="off" spellcheck="false" aria-controls="buildings" aria-describedby="found"><p id="found" role="status">${several(rows.length, "building")}</p></div>`;
  return html`${find}${tableOf(
    "Every building with a meter: the last 365 days",
    rows,
    [
      {name: "Building", of: row => html`<a href="${addressOf(row.page)}">${named(row.name)}</a>`},
      {name: "Kind", of: row => row.kind},
      {name: "To look at", of: row => (findings.value === null ? "–" : lookText(row.open))},
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
function energyCost({electricity, gas}: Row): string {
  const held = [electricity, gas].filter(year => year !== null && year.import_kwh !== null);
  const costs = held.flatMap(year => (year === null || year.avoidable_gbp === null ? [] : [year.avoidable_gbp]));
  if (costs.length === 0) return "–";
  const isWhole = costs.length === held.length && held.every(year => (year?.days ?? 0) >= 365);
  return `${isWhole ? "" : "at least "}£${rounded(costs.reduce((sum, cost) => sum + cost, 0))}`;
}

const highest = (open: readonly Finding[]) => open.reduce((sum, {gbp_a_year_high}) => sum + (gbp_a_year_high ?? 0), 0);

/** `2: £11,000 to £12,000`: how many findings are open, and what those with a known cost come to in a year. */
function lookText(open: readonly Finding[]): string {
  const known = open.filter(({gbp_a_year_high}) => gbp_a_year_high !== null);
  if (known.length === 0) return open.length === 0 ? "–" : plain(open.length);
  const low = known.reduce((sum, {gbp_a_year_low}) => sum + (gbp_a_year_low ?? 0), 0);
  return `${plain(open.length)}: ${rangeText(low, highest(known), "£")}`;
}

/** The first findings, the most avoidable £ first. */
function costliest(page: Page, most: string): Html {
  const {findings} = page.site;
  page.notices.push(...noticesOf("findings", findings));
  if (findings.value === null) return nothing;
  const open = findings.value.filter(finding => isOpen(finding) && finding.gbp_a_year_high !== null);
  if (open.length === 0) return html`<p>Nothing with a cost that somebody should look at.</p>`;
  return findingList(page, open.slice(0, Number(most)));
}
