import {basename} from "node:path";
import {z} from "zod";
import type {SiteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {siteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {siteEnergyMonthly} from "../../models/marts/site_energy_monthly.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import {ofOneBuild} from "../../warehouse/published.ts";
import {monthText} from "../../wording/dates.ts";
import {findingState, findingTitle, isOpen} from "../../wording/findings.ts";
import {findingsHeldBack, monthsOnlyText} from "../../wording/held-back.ts";
import {amount, energyText} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {sentenceCase} from "../../wording/titles.ts";
import {reportingYearText} from "../../wording/years.ts";
import {
  capacityText,
  describedText,
  fixedTexts,
  measureTexts,
  ratingText,
  readBuilding,
  weatherText,
  yearTexts
} from "../building/building.ts";
import {noticesOf} from "../notices.ts";
import type {Page, Places, SiteBuilding} from "./context.ts";
import {findingList} from "./finding-list.ts";
import {type HalfHoursFile, halfHoursFile} from "./half-hours.ts";
import {Html, html, listOf, nothing, tableOf} from "./html.ts";

/** The places of the page of one building. */
export const buildingPlaces: Places = {described, year, found, months};

const sentence = (text: string) => `${sentenceCase(text)}.`;

function ofPage({building}: Page): SiteBuilding {
  if (building === null) throw new Error("a place of a building stands on a page that is of none");
  return building;
}

/** `Office, 5,200 m², open Mon-Fri 08:00 to 18:00, heated by gas, 3 meters`. */
function described(page: Page): Html {
  const {registers} = page.site;
  const site = registers?.sites.find(({site_id}) => site_id === ofPage(page).siteId);
  return registers === null || site === undefined
    ? nothing
    : html`<p class="as-at">${sentenceCase(describedText(site, registers))}</p>`;
}

/** Its last year: what each energy came to and what to know with it, its rating, its weather, its capacity. */
async function year(page: Page): Promise<Html> {
  const {connection, findings} = page.site;
  const told = await ofOneBuild(connection, each => readBuilding(each, ofPage(page).siteId, findings.value ?? []));
  page.notices.push(...noticesOf("the year of the building", told));
  if (told.value === null) return nothing;
  const {rating, weather, demands} = told.value;
  const texts = yearTexts(told.value);
  const parts = texts.map(({text, notes}) => html`${sentence(text)}${listOf(notes.map(sentence))}`);
  return html`${parts.length === 0 ? html`<p>No meter of it has been read in the last year.</p>` : listOf(parts, "years")}
<dl>${rating === null ? null : html`<dt>Rating</dt><dd>${sentence(ratingText(rating))}</dd>`}<dt>Weather</dt><dd>${sentence(
    weather === null ? "no station is in reach" : weatherText(weather)
  )}</dd>${demands.map(demand => html`<dt>Capacity</dt><dd>${sentence(capacityText(demand))}</dd>`)}</dl>`;
}

/** What somebody should look at, what was decided of the rest, what was done and what was fixed. */
function found(page: Page): Html {
  const {findings, registers, heldBack} = page.site;
  const {siteId} = ofPage(page);
  page.notices.push(...noticesOf("findings", findings));
  if (findings.value === null) return nothing;
  const own = findings.value.filter(({site_id}) => site_id === siteId);
  const [open, decided] = [own.filter(isOpen), own.filter(finding => !isOpen(finding))];
  const listed = (heading: string, items: readonly string[]) =>
    items.length === 0 ? nothing : html`<h3>${heading}</h3>${listOf(items.map(sentence))}`;
  const nothingOpen = heldBack.findings ? findingsHeldBack : "Nothing that somebody should look at";
  return html`${open.length === 0 ? html`<p>${sentence(nothingOpen)}</p>` : findingList(page, open)}${listed(
    "Decided",
    decided.map(
      finding => `${findingTitle(finding).replace(/^[^:]*: /, "")}: ${findingState({...finding, decided_why: null})}`
    )
  )}${registers === null ? null : [listed("Measures", measureTexts(registers, siteId)), listed("Fixed", fixedTexts(registers, siteId, own))]}`;
}

const energies = ["electricity", "gas"] as const;

const monthSchema = siteEnergyMonthly.row
  .pick({
    energy: true,
    month: true,
    reporting_year: true,
    consumption_kwh: true,
    present_half_hours: true,
    expected_half_hours: true,
    half_hourly_kwh: true,
    closed_kwh: true
  })
  .extend({is_complete: z.boolean(), year_kwh: z.number(), is_complete_year: z.boolean()});
type Month = z.infer<typeof monthSchema>;
type Months = ReadonlyMap<string, Month>;

/** Each month, whether all of it is held but for the repeated autumn hour where a meter has no place for it, and what its year comes to. */
const monthRows = `
  with repeated as (
    select energy, month, sum(repeated_hour_half_hours) as half_hours from marts.data_coverage where site_id = $1 group by all
  ),
  months as (
    select m.*, m.present_half_hours + coalesce(r.half_hours, 0) >= m.expected_half_hours as is_complete
    from marts.site_energy_monthly m left join repeated r using (energy, month)
    where m.site_id = $1
  )
  select
    energy, month, reporting_year, consumption_kwh, present_half_hours, expected_half_hours, half_hourly_kwh, closed_kwh, is_complete,
    coalesce(sum(consumption_kwh::decimal(24, 6)) over of_year, 0)::double as year_kwh,
    count(*) over of_year = 12 and bool_and(is_complete) over of_year as is_complete_year
  from months
  window of_year as (partition by energy, reporting_year)
  order by month desc, energy`;

/** Its months in years, the newest open; its days for the script that shows them, as rows that stand in the page; and its half-hours, in a file beside it. */
async function months(page: Page): Promise<Html> {
  const {siteId} = ofPage(page);
  const told = await ofOneBuild(page.site.connection, async each => ({
    months: await readFromMarts(each, monthSchema, monthRows, [siteId]),
    days: await readMart(
      each,
      siteEnergyDaily,
      "where site_id = $1 and settlement_date > (select as_of from main.build) - interval 25 months order by settlement_date",
      [siteId]
    ),
    halfHours: await halfHoursFile(each, ofPage(page))
  }));
  page.notices.push(...noticesOf("the months of the building", told));
  if (told.value === null) return nothing;
  const {months: all, days, halfHours} = told.value;
  if (halfHours !== null) {
    const {path, bytes} = halfHours;
    page.site.files.set(path.replace(/^site\//, ""), {path, bytes});
  }
  const held = page.site.heldBack.monthsOnly.has(siteId) ? html`<p>${sentence(monthsOnlyText)}</p>` : nothing;
  if (all.length === 0) return html`<p>No month of it is held by half-hours.</p>${held}`;
  const years = [...new Set(all.map(({reporting_year}) => reporting_year))];
  return html`${held}${years.map((each, i) => yearOf(each, all, i === 0))}${daysOf(days, halfHours)}`;
}

function yearOf(year: number, all: readonly Month[], isOpened: boolean): Html {
  const own = all.filter(({reporting_year}) => reporting_year === year);
  const byKey: Months = new Map(own.map(row => [`${row.month.getTime()} ${row.energy}`, row]));
  const times = [...new Set(own.map(({month}) => month.getTime()))];
  const held = energies.filter(energy => own.some(row => row.energy === energy));
  const at = (time: number, energy: string) => byKey.get(`${time} ${energy}`);
  const total = held.map(energy => {
    const of = own.find(row => row.energy === energy);
    return `${energy} ${of?.is_complete_year === true ? "" : "at least "}${energyText(of?.year_kwh ?? 0)}`;
  });
  const name = reportingYearText(year);
  return html`<details class="year"${new Html(isOpened ? " open" : "")}><summary>${name}: ${total.join(", ")} bought</summary>${tableOf(
    `Months of ${name}: energy bought, and the share of it that is used while closed`,
    times,
    [
      {
        name: "Month",
        of: time =>
          html`<time datetime="${new Date(time).toISOString().slice(0, 7)}">${monthText(new Date(time))}</time>`
      },
      ...held.flatMap(energy => [
        {name: `${sentenceCase(energy)}, kWh`, isNumber: true, of: (time: number) => boughtText(at(time, energy))},
        {name: "while closed", isNumber: true, of: (time: number) => closedText(at(time, energy))},
        {name: "read", isNumber: true, of: (time: number) => readText(at(time, energy))}
      ])
    ]
  )}</details>`;
}

function boughtText(row: Month | undefined): string {
  if (row?.consumption_kwh === null || row === undefined || row.present_half_hours === 0) return "–";
  return `${row.is_complete ? "" : "at least "}${amount(row.consumption_kwh)}`;
}

function closedText(row: Month | undefined): string {
  if (row === undefined || row.closed_kwh === null || row.half_hourly_kwh === null || row.half_hourly_kwh <= 0)
    return "–";
  return percent(row.closed_kwh, row.half_hourly_kwh);
}

function readText(row: Month | undefined): string {
  if (row === undefined || row.expected_half_hours === 0) return "–";
  return percent(row.present_half_hours, row.expected_half_hours);
}

/**
 * The days that the drill-down shows: for each energy a value a day from its first day, null where nothing is held; no script, a block of data. It names the
 * script that holds their half-hours, beside the page, where there is one.
 */
function daysOf(days: readonly SiteEnergyDaily[], halfHours: HalfHoursFile | null): Html {
  const series = energies.flatMap(energy => {
    const own = days.filter(day => day.energy === energy);
    const [first] = own;
    if (first === undefined) return [];
    const byTime = new Map(own.map(day => [day.settlement_date.getTime(), day]));
    const [from, to] = [first.settlement_date.getTime(), (own.at(-1) ?? first).settlement_date.getTime()];
    const times = Array.from({length: Math.round((to - from) / dayMs) + 1}, (_, i) => from + i * dayMs);
    return [
      {
        energy,
        from: first.settlement_date.toISOString().slice(0, 10),
        kwh: times.map(time => short(byTime.get(time)?.consumption_kwh ?? null)),
        /** Days of which something is missing: at least so much. */
        part: times.flatMap((time, i) => {
          const day = byTime.get(time);
          return day !== undefined && day.present_half_hours < day.expected_half_hours ? [i] : [];
        }),
        closed: times.map(time => short(byTime.get(time)?.closed_kwh ?? null)),
        of: times.map(time => short(byTime.get(time)?.half_hourly_kwh ?? null))
      }
    ];
  });
  if (series.length === 0) return nothing;
  const json = JSON.stringify(series).replaceAll("<", "\\u003c");
  const place =
    halfHours === null
      ? html`<div id="days" hidden></div>`
      : html`<div id="days" data-half-hours="./${basename(halfHours.path)}" data-half-hours-from="${halfHours.from}" hidden></div>`;
  return html`${place}${new Html(`<script type="application/json" id="day-values">${json}</script>`)}`;
}

const dayMs = 86_400_000;
const short = (value: number | null) => (value === null ? null : Number(value.toPrecision(4)));
