import {z} from "zod";
import {type Doubt, doubts} from "../../models/marts/doubts.ts";
import {missingData} from "../../models/marts/missing_data.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {ofOneBuild} from "../../warehouse/published.ts";
import {monthsText} from "../../wording/completeness.ts";
import {daysText} from "../../wording/dates.ts";
import {foundText, pictureText} from "../../wording/doubts.ts";
import {findingsHeldBack} from "../../wording/held-back.ts";
import {amount, plain, several} from "../../wording/numbers.ts";
import {reportingYearText} from "../../wording/years.ts";
import {noticesOf} from "../notices.ts";
import type {Page, Places} from "./context.ts";
import {findingList} from "./finding-list.ts";
import {Html, html, listOf, named, nothing, tableOf} from "./html.ts";

/** The places of the page on how complete the data are. */
export const healthPlaces: Places = {attention, missing, doubtful, data_findings: dataFindings};

const attentionSchema = z.object({
  meter_point_id: z.string(),
  site_name: z.string(),
  energy: z.string(),
  missing_half_hours: z.int(),
  estimated_half_hours: z.int(),
  expected_half_hours: z.int(),
  missing_t_co2e: z.number().nullable(),
  first_missing: z.date().nullable(),
  last_missing: z.date().nullable(),
  meters: z.int()
});

/** Meters of which something is missing or estimated in the newest twelve months, by the tonnes that it comes to; how many there are in all. */
const attentionRows = `
  with
  newest as (
    select *, missing_half_hours - repeated_hour_half_hours as short_half_hours from marts.data_coverage
    where expected_half_hours > 0 and month > (select as_of from main.build) - interval 365 days
  ),
  tonnes as (
    select name as meter_point_id, sum(missing_t_co2e::decimal(18, 6))::double as missing_t_co2e
    from marts.missing_data
    where kind = 'meter' and coalesce(last_month, (select as_of from main.build)) > (select as_of from main.build) - interval 365 days
    group by name
  ),
  by_meter as (
    select
      meter_point_id, any_value(site_name order by month desc) as site_name, any_value(energy) as energy,
      sum(short_half_hours)::integer as missing_half_hours, sum(estimated_half_hours)::integer as estimated_half_hours,
      sum(expected_half_hours)::integer as expected_half_hours,
      min(month) filter (short_half_hours > 0) as first_missing, max(month) filter (short_half_hours > 0) as last_missing
    from newest group by meter_point_id
  )
  select b.*, t.missing_t_co2e, count(*) over ()::integer as meters
  from by_meter b left join tonnes t using (meter_point_id)
  order by t.missing_t_co2e desc nulls last, missing_half_hours desc, estimated_half_hours desc, site_name, meter_point_id`;

const readAttention = (connection: Connection) => readFromMarts(connection, attentionSchema, attentionRows);

async function attention(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, readAttention);
  page.notices.push(...noticesOf("meters that need attention", told));
  if (told.value === null) return nothing;
  const all = told.value;
  const needing = all.filter(row => row.missing_half_hours > 0 || row.estimated_half_hours > 0);
  if (all.length === 0) return html`<p>No meter was to be read in the last twelve months.</p>`;
  const complete = all.length - needing.length;
  const heading = `${several(needing.length, "meter needs", "meters need")} attention; ${plain(complete)} ${complete === 1 ? "is" : "are"} complete`;
  return html`<p class="verdict">${heading}.</p>${
    needing.length === 0
      ? null
      : html`<p>For: data collection, with the estates manager where a meter has to be looked at.</p>${tableOf(
          "Meters that need attention in the last twelve months, the most tonnes missing first",
          needing,
          [
            {name: "Building", of: row => named(row.site_name)},
            {name: "Energy", of: row => row.energy},
            {name: "Meter", of: row => named(row.meter_point_id)},
            {
              name: "Missing, t CO₂e",
              isNumber: true,
              of: row => (row.missing_t_co2e === null ? "–" : amount(row.missing_t_co2e))
            },
            {name: "Half-hours missing", isNumber: true, of: row => plain(row.missing_half_hours)},
            {name: "estimated", isNumber: true, of: row => plain(row.estimated_half_hours)},
            {name: "of", isNumber: true, of: row => plain(row.expected_half_hours)},
            {
              name: "Months",
              of: row =>
                row.first_missing === null || row.last_missing === null
                  ? "–"
                  : monthsText(row.first_missing, row.last_missing)
            }
          ]
        )}`
  }`;
}

/** What is missing of the tonnes of the newest years: meters, accounts and returns. */
async function missing(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, each =>
    readMart(
      each,
      missingData,
      "where reporting_year >= (select max(reporting_year) - 1 from marts.missing_data) order by reporting_year desc, missing_t_co2e desc nulls first, kind, name, activity limit 40"
    )
  );
  page.notices.push(...noticesOf("what is missing", told));
  if (told.value === null) return nothing;
  if (told.value.length === 0) return html`<p>Nothing that is expected is missing.</p>`;
  return tableOf("What is expected and not here, the most tonnes first", told.value, [
    {name: "Year", of: row => reportingYearText(row.reporting_year)},
    {name: "What", of: row => `${row.emission_source} (${row.kind})`},
    {name: "Building or name", of: row => named(row.site_name ?? row.name)},
    {
      name: "Months",
      of: row =>
        row.first_month === null || row.last_month === null ? "–" : monthsText(row.first_month, row.last_month)
    },
    {
      name: "Missing, t CO₂e",
      isNumber: true,
      of: row => (row.missing_t_co2e === null ? "nothing says how much" : amount(row.missing_t_co2e))
    }
  ]);
}

/** Findings about the data themselves, with whose they are to mend. */
function dataFindings(page: Page): Html {
  const {findings, heldBack} = page.site;
  page.notices.push(...noticesOf("findings", findings));
  if (findings.value === null) return nothing;
  if (heldBack.findings) return html`<p>${findingsHeldBack}.</p>`;
  const own = findings.value.filter(({kind}) => kind === "no readings" || kind === "readings in doubt");
  return own.length === 0 ? html`<p>No finding about readings is open.</p>` : findingList(page, own);
}

/** What is kept and not counted until a person has looked at it: each with why, and a small picture of what stands around it. */
async function doubtful(page: Page): Promise<Html> {
  const told = await ofOneBuild(page.site.connection, each =>
    readMart(each, doubts, "where is_left_out order by last_date desc, site_name, energy, kind, meter_key")
  );
  page.notices.push(...noticesOf("readings in doubt", told));
  if (told.value === null) return nothing;
  if (told.value.length === 0) return html`<p>No reading is in doubt.</p>`;
  return html`<div class="doubtful"><p>These readings are unlike what their meters have shown before. They are in no number here until somebody has accepted them.</p>${listOf(
    told.value.map(
      row =>
        html`<p>${named(row.site_name ?? "a meter of no site")}, ${row.energy ?? "energy"}, ${daysText(row.first_date, row.last_date)}: ${foundText(row)}</p>${pictured(row)}`
    )
  )}</div>`;
}

const size = {bar: 6, height: 36};

function pictured({picture, picture_of, is_doubted_in_picture}: Doubt): Html {
  if (picture.length === 0) return nothing;
  const most = picture.reduce((all: number, value) => Math.max(all, value ?? 0), 0);
  const width = picture.length * size.bar;
  const bars = picture.map((value, i) => {
    if (value === null) return "";
    const height = Math.max(1, most === 0 ? 0 : (Math.max(0, value) / most) * size.height);
    const look = is_doubted_in_picture[i] ? "doubted" : "held";
    const short = Number(height.toPrecision(4));
    return `<rect x="${i * size.bar}" y="${Number((size.height - short).toPrecision(4))}" width="${size.bar - 1}" height="${short}" class="${look}"/>`;
  });
  const name = `${pictureText(picture_of)}; what is doubted is darker`;
  return html`<svg viewBox="0 0 ${width} ${size.height}" width="${width}" height="${size.height}" role="img" aria-label="${name}">${new Html(bars.join(""))}</svg>`;
}
