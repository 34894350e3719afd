import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {z} from "zod";
import {parseRegister} from "../../domain/csv.ts";
import {dateOf} from "../../domain/dates.ts";
import {emissionFactors} from "../../models/marts/emission_factors.ts";
import {reportingYears} from "../../models/marts/reporting_years.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import {referenceFolder} from "../../reference/references.ts";
import {thresholds as register} from "../../reference/thresholds.ts";
import {ofOneBuild} from "../../warehouse/published.ts";
import {plain} from "../../wording/numbers.ts";
import {reportingYearText} from "../../wording/years.ts";
import {noticesOf} from "../notices.ts";
import type {Page, Places} from "./context.ts";
import {type Html, html, named, nothing, tableOf} from "./html.ts";

/** The places of the page on how the numbers are made, and of the statement on accessibility. */
export const methodPlaces: Places = {
  factor_sets: factorSets,
  factors: factorCounts,
  thresholds,
  accessibility_contact: ({site}) =>
    site.accessibilityContact === null
      ? html`<p>${site.council} has not given an address for this yet. Until it has, write to the council by the way that its own website gives.</p>`
      : html`<p>Write to ${site.council}: ${named(site.accessibilityContact)}.</p>`
};

const yearSchema = reportingYears.row.pick({reporting_year: true, factor_sets: true, is_provisional: true});

async function factorSets(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, each =>
    readFromMarts(
      each,
      yearSchema,
      "select reporting_year, factor_sets, is_provisional from marts.reporting_years where scope_1_and_2_t_co2e is not null order by reporting_year desc"
    )
  );
  page.notices.push(...noticesOf("factor sets", told));
  if (told.value === null) return nothing;
  if (told.value.length === 0) return html`<p>No year has factors yet.</p>`;
  return tableOf("Which of the government’s factor sets each reporting year takes", told.value, [
    {name: "Year", of: row => reportingYearText(row.reporting_year)},
    {name: "Factor set", of: row => row.factor_sets},
    {name: "How sure", of: row => (row.is_provisional ? "some are provisional" : "official")}
  ]);
}

const countSchema = emissionFactors.row
  .pick({factor_set: true})
  .extend({official: z.int(), provisional: z.int(), stand_ins: z.int(), gwp: z.string()});

async function factorCounts(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, each =>
    readFromMarts(
      each,
      countSchema,
      `select factor_set, (count(*) filter (confirmation = 'official'))::integer as official, (count(*) filter (confirmation = 'provisional'))::integer as provisional,
         (count(*) filter (stand_in is not null))::integer as stand_ins, string_agg(distinct gwp_basis, ', ' order by gwp_basis) as gwp
       from marts.emission_factors group by factor_set order by factor_set desc`
    )
  );
  page.notices.push(...noticesOf("factors", told));
  if (told.value === null || told.value.length === 0) return nothing;
  return tableOf("The factors that are held of each set", told.value, [
    {name: "Set", of: row => String(row.factor_set)},
    {name: "Official", isNumber: true, of: row => plain(row.official)},
    {name: "Provisional", isNumber: true, of: row => plain(row.provisional)},
    {name: "of which stand in for a missing one", isNumber: true, of: row => plain(row.stand_ins)},
    {name: "Warming potentials", of: row => row.gwp}
  ]);
}

/** Every limit that decides something, as the register has it on the as-of date. */
async function thresholds({site}: Page): Promise<Html> {
  const asOf = dateOf(site.asOf);
  const rows = parseRegister(await readFile(join(referenceFolder, register.file), "utf8"))
    .map(({cells}) => cells)
    .filter(({valid_from, valid_to}) => (valid_from ?? "") <= asOf && (valid_to == null || valid_to >= asOf));
  return tableOf("Every limit that decides something", rows, [
    {name: "Limit", of: row => (row.threshold ?? "").replaceAll("_", " ")},
    {name: "Value", isNumber: true, of: row => row.value},
    {name: "Counts", of: row => row.unit},
    {name: "What it decides", of: row => row.why},
    {name: "Confirmed", of: row => (row.confirmation === "confirmed" ? "yes" : "not yet")}
  ]);
}
