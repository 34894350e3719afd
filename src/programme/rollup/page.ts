import type {Contract} from "../../publish/site/contracts.ts";
import {type Column, type Html, html, listOf, named, nothing, tableOf} from "../../publish/site/html.ts";
import {openTable} from "../../publish/site/open-data.ts";
import {type AtWidths, figureFrame} from "../../publish/site/picture.ts";
import {amount, plain, several} from "../../wording/numbers.ts";
import {lessOrMore, percent} from "../../wording/shares.ts";
import {printable} from "../../wording/titles.ts";
import {pandemicYears, reportingYearText} from "../../wording/years.ts";
import type {Rollup} from "./rollup.ts";
import type {RollupName, RollupRow} from "./tables.ts";
import {illustrativeText, longAsAtText, newestOver, standingOf, verdictOf} from "./words.ts";

/** What the page of a roll-up is made of. */
export interface PageParts {
  /** What the programme is called. */
  readonly programme: string;
  readonly rollup: Rollup;
  readonly contracts: readonly Contract[];
  /** The tables as they are published. */
  readonly csvs: ReadonlyMap<string, Uint8Array>;
  readonly figures: readonly {readonly drawn: AtWidths; readonly rows: RollupName}[];
  /** The head of every page of the house: what it may load, and its looks. */
  readonly head: string;
}

/** From how many rows on a table has a box to find one. */
const manyRows = 12;

/** The page of all councils of a programme: sentences, figures, tables, and how they are made. It needs no script. */
export function rollupPage({programme, rollup, contracts, csvs, figures, head}: PageParts): string {
  const {councils, leastBuildings} = rollup;
  const all = councils.length + rollup.without.length;
  const what = all === 1 ? "what its council emits" : `what its ${plain(all)} councils emit together`;
  const words = `Emissions of the councils of ${printable(programme)}, as at ${longAsAtText(rollup)}.`;
  const illustrative = illustrativeText(councils);
  const main = html`<h1>${named(programme)}: ${what}</h1>
<p class="as-at">The newest edition of each council, as at ${longAsAtText(rollup)}</p>
<p class="verdict">${verdictOf(rollup)}</p>
<h2 id="standing">How complete and how final this is</h2>
<p>A missing number is never counted as zero, and nothing is put in its place.</p>
${listOf(standingOf(rollup))}
<h2 id="pictures">Year by year, and council by council</h2>
<p>Which councils are complete differs from year to year, so years are not compared here. What suppliers and journeys emit (scope 3) is in neither picture.</p>
${figures.map(figureHtml)}
<h2 id="by-year">Years</h2>
${yearTable(rollup)}
<h2 id="by-source">Where it comes from</h2>
${sourceTables(rollup)}
<h2 id="by-council">Councils</h2>
<p>A council’s name opens its own pages, where there are any.</p>
${councilTable(rollup)}
<h2 id="by-kind">Kinds of building</h2>
${kindTable(rollup)}
<h2 id="by-borough">Boroughs side by side</h2>
${boroughTables(rollup)}
<h2 id="open-data">The numbers as files</h2>
<p>Each table has an address that stays, <code>data/TABLE.csv</code>, and beside it a description of every column by the W3C’s <a href="https://www.w3.org/TR/tabular-data-primer/">CSV on the Web</a>. An empty cell is not known; it is never zero. Each council gives its own tables under its own licence; under which one these may be used, ask ${named(programme)}.</p>
${contracts.map(contract => openTable(contract, {csv: csvs.get(contract.name)}))}
<h2 id="method">How this is made</h2>
${methodOf(leastBuildings)}`;
  const body = html`<a class="skip" href="#main">Skip to the page</a>
<header>
<p class="site"><a href="./index.html" class="home">${named(programme)}</a><span>Climate action, open numbers</span></p>
<nav aria-label="On this page"><ul>${sections.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
${illustrative === null ? nothing : html`<p class="badge">${badgeText(councils)}</p>`}
</header>
<main id="main" tabindex="-1">${main}</main>
<footer>
<p>Every number comes from the councils’ own editions, and every one of those can be traced to the files it came from. This page sets no cookies and loads nothing from any other site.</p>
<p>National statistics contain public sector information licensed under the Open Government Licence v3.0.</p>
</footer>`;
  return `${headOf(head, `${printable(programme)}: ${what}`, words)}<body>\n${body}\n</body>\n</html>\n`;
}

const sections = [
  ["standing", "How complete"],
  ["by-year", "Years"],
  ["by-source", "Sources"],
  ["by-council", "Councils"],
  ["by-kind", "Buildings"],
  ["by-borough", "Boroughs"],
  ["open-data", "Open data"],
  ["method", "Method"]
] as const;

/** The head of the house's pages with this page's title and description. */
function headOf(head: string, title: string, description: string): string {
  return head
    .replace(/<title>[^<]*<\/title>/, () => String(html`<title>${title}</title>`))
    .replace("{{description}}", () => String(html`${description}`));
}

function badgeText(councils: Rollup["councils"]): string {
  const made = councils.filter(({is_illustrative}) => is_illustrative).length;
  return made === councils.length
    ? "Illustrative: every reading is invented"
    : `${plain(made)} of ${several(councils.length, "council")} illustrative: their readings are invented`;
}

function figureHtml({drawn, rows}: PageParts["figures"][number]): Html {
  const {id, title} = drawn.figure;
  const about = html`<span class="unseen"> of: ${title}</span>`;
  const link = (address: string, words: string) => html`<li><a href="${address}" download>${words}${about}</a></li>`;
  return figureFrame(
    drawn,
    "of-all",
    html`<ul class="links">${link(`./figures/${id}.svg`, "Picture (SVG)")}${link(`./figures/${id}.png`, "Picture (PNG)")}${link(`./data/${rows}.csv`, "Rows (CSV)")}<li><a href="#${id}">Link to this figure${about}</a></li></ul>`
  );
}

const tonnes = (t: number | null) => (t === null ? "–" : amount(t));
const shareText = (share: number | null) => (share === null ? "–" : percent(share, 1, 1));

function yearTable({years}: Rollup): Html {
  if (years.length === 0) return html`<p>No council has a year yet.</p>`;
  return tableOf("Scopes 1 and 2 of all councils together, t CO₂e", [...years].reverse(), [
    {name: "Year", of: year => `${reportingYearText(year.reporting_year)}${year.has_ended ? "" : " so far"}`},
    {
      name: "Together",
      isNumber: true,
      of: ({together_t_co2e: t, is_total}) => (t === null ? "–" : `${is_total ? "" : "at least "}${amount(t)}`)
    },
    {name: "Councils complete", isNumber: true, of: year => plain(year.whole_councils)},
    {name: "They emitted", isNumber: true, of: year => tonnes(year.whole_t_co2e)},
    {name: "Not complete", isNumber: true, of: year => plain(year.part_councils)},
    {name: "At least", isNumber: true, of: year => tonnes(year.part_at_least_t_co2e)},
    {name: "Without a figure", isNumber: true, of: year => plain(year.councils_without)},
    {name: "Held", isNumber: true, of: year => shareText(year.held_share)}
  ]);
}

type Source = RollupRow<"sources">;

const sourceColumns: readonly Column<Source>[] = [
  {name: "Source", of: ({emission_source}) => named(emission_source)},
  {name: "Scope", of: ({scope}) => scope},
  {name: "Councils complete", isNumber: true, of: row => plain(row.whole_councils)},
  {name: "They emitted", isNumber: true, of: row => tonnes(row.whole_t_co2e)},
  {name: "Not complete", isNumber: true, of: row => plain(row.part_councils)},
  {name: "At least", isNumber: true, of: row => tonnes(row.part_at_least_t_co2e)}
];

/** The sources of the newest year that is over, and closed at first those of every year. */
function sourceTables(rollup: Rollup): Html {
  const year = newestOver(rollup)?.reporting_year;
  const newest = rollup.sources.filter(({reporting_year}) => reporting_year === year);
  if (rollup.sources.length === 0) return html`<p>No council has a source yet.</p>`;
  const all = [...rollup.sources].sort((a, b) => b.reporting_year - a.reporting_year);
  const ofAll = html`<details class="numbers"><summary>Show the sources of every year</summary>${tableOf(
    "Sources of every year, all councils together, t CO₂e",
    all,
    [{name: "Year", of: row => reportingYearText(row.reporting_year)}, ...sourceColumns]
  )}</details>`;
  const text = html`<p>Sums of the councils that have the source. Where a council is not complete, what is held of each of its sources is at least so much. Scope 3 is shown and in no total.</p>`;
  return newest.length === 0 || year === undefined
    ? html`${text}${ofAll}`
    : html`${text}${tableOf(`Sources of ${reportingYearText(year)}, all councils together, t CO₂e`, newest, sourceColumns)}${ofAll}`;
}

function councilTable({councils, without}: Rollup): Html {
  const rows: readonly RollupRow<"councils">[] = councils;
  const find =
    rows.length < manyRows
      ? nothing
      : html`<div class="find" data-thing="council" hidden><label for="find">Find a council by any part of its name</label><input id="find" type="search" autocomplete="off" spellcheck="false" aria-controls="council-table" aria-describedby="found"><p id="found" role="status">${several(rows.length, "council")}</p></div>`;
  const table = tableOf(
    "Each council by its newest edition, with its last year that is over: scopes 1 and 2",
    rows,
    [
      {name: "Council", of: councilName},
      {
        name: "Year",
        of: ({reporting_year}) => (reporting_year === null ? "none yet" : reportingYearText(reporting_year))
      },
      {
        name: "t CO₂e",
        isNumber: true,
        of: ({t_co2e, is_whole_year}) =>
          t_co2e === null ? "–" : `${is_whole_year === true ? "" : "at least "}${amount(t_co2e)}`
      },
      {name: "Held", isNumber: true, of: ({held_share}) => shareText(held_share)},
      {name: "Edition", of: ({edition, status}) => html`${named(edition)}, ${status}`},
      {
        name: "Made with canopy",
        of: ({canopy_version, is_other_schema}) =>
          html`${printable(canopy_version, 20)}${is_other_schema ? ", other columns" : ""}`
      }
    ],
    ' id="council-table"'
  );
  return html`${find}${table}${
    without.length === 0 ? nothing : html`<h3>Without an edition</h3>${listOf(without.map(({name}) => named(name)))}`
  }`;
}

/** A council's name, which leads to the pages of the edition that is told here. */
function councilName({
  council,
  council_name,
  folder,
  edition,
  has_pages,
  is_illustrative
}: RollupRow<"councils">): Html {
  const name = named(council_name);
  const path = [folder ?? "", "editions", edition, "public", "site", "index.html"].map(encodeURIComponent).join("/");
  const shown = has_pages && folder !== null ? html`<a href="../${path}">${name}</a>` : name;
  return html`<span id="council-${council.replaceAll(/[^\w-]/g, "-")}">${shown}${is_illustrative ? " (illustrative)" : ""}</span>`;
}

function kindTable({kinds, leastBuildings}: Rollup): Html {
  const why = html`<p>What the middle building of a kind uses for each square metre, electricity and gas together, over the 365 days to its council’s own day. A kind with fewer than ${plain(leastBuildings)} buildings of which enough is read would tell about single buildings: such kinds are put together as “other kinds”, and where even those are fewer they are not shown.</p>`;
  if (kinds.length === 0)
    return html`${why}<p>No kind has ${plain(leastBuildings)} buildings of which enough is read yet.</p>`;
  return html`${why}${tableOf("Kinds of building, all councils together", kinds, [
    {name: "Kind", of: ({site_kind}) => named(site_kind.replaceAll("-", " "))},
    {name: "Buildings", isNumber: true, of: row => plain(row.buildings)},
    {name: "Councils", isNumber: true, of: row => plain(row.councils)},
    {name: "Enough is read of", isNumber: true, of: row => plain(row.read_buildings)},
    {name: "A quarter use under, kWh/m²", isNumber: true, of: row => amount(row.lower_kwh_per_m2)},
    {name: "Middle, kWh/m²", isNumber: true, of: row => amount(row.middle_kwh_per_m2)},
    {name: "A quarter use over, kWh/m²", isNumber: true, of: row => amount(row.upper_kwh_per_m2)},
    {name: "Middle TM46-based estimate", isNumber: true, of: row => amount(row.middle_tm46_rating)}
  ])}`;
}

const gasText = {CO2: "CO₂", "CO2 CH4 N2O": "CO₂, CH₄ and N₂O"} as const;

/** Each national statistic in a table of its own: the councils' boroughs, never added up. */
function boroughTables({boroughs, councils}: Rollup): Html {
  const about = html`<p>National statistics of everyone and everything in each borough: not what the councils emit themselves, never added to that, and not what a borough’s target is measured by.</p>`;
  const statistics = [...new Set(boroughs.map(({statistic}) => statistic))];
  if (statistics.length === 0)
    return html`${about}<p>No edition holds a national statistic of its council’s borough.</p>`;
  return html`${about}${statistics.map(statistic => {
    const rows = boroughs.filter(row => row.statistic === statistic);
    const [first] = rows;
    if (first === undefined) return nothing;
    const {statistic_name, first_year, last_year, release, gases, source} = first;
    const pandemic = pandemicYears.includes(last_year) ? ` ${last_year} was a pandemic year.` : "";
    const table = tableOf(`${printable(statistic_name, 120)}, kt`, rows, [
      {name: "Borough", of: ({area_name}) => named(area_name)},
      {name: String(first_year), isNumber: true, of: row => tonnes(row.first_year_kt)},
      ...(first_year === last_year
        ? []
        : [
            {name: String(last_year), isNumber: true, of: (row: RollupRow<"boroughs">) => tonnes(row.last_year_kt)},
            {name: "Change", of: changeText}
          ])
    ]);
    return html`<h3>${named(statistic_name)}</h3><p>Its release ${named(release)} has the boroughs of ${rows.length} of ${several(councils.length, "council")} here${gases === null ? "" : `, ${gasText[gases]}`}; the years that all of them have.${pandemic}${source === null ? nothing : html` Source: ${named(source)}.`}</p>${
      rows.length < 3 * manyRows
        ? table
        : html`<details class="numbers"><summary>Show ${several(rows.length, "borough")}<span class="unseen">: ${printable(statistic_name, 120)}</span></summary>${table}</details>`
    }`;
  })}`;
}

const changeText = ({first_year_kt: first, last_year_kt: last}: RollupRow<"boroughs">): string =>
  first === null || last === null ? "–" : (lessOrMore(first, last) ?? "the same");

const methodOf = (leastBuildings: number): Html =>
  listOf([
    "Each council is told by its newest edition that can be read: the one that speaks of the latest day, and of one day the one of the later name. Files that are not as they were written are not read.",
    "Emissions are those of a council’s own operations, scopes 1 and 2 with the grid’s average factors, as its edition has them. Nothing is worked out anew; they are only added up.",
    "A year is complete for a council where it is over and read as far as a year must be to be called whole, by the method of its own edition. What is not complete is at least so much.",
    "A year is a total only where every council of the programme is complete in it. Councils without a figure or an edition are counted and named, and add nothing.",
    "A year is over here once the newest edition of any council speaks of a day after it: a council whose edition is older is then not complete.",
    "Where two councils both return the same building, vehicle or service, it is in twice: nothing here can tell.",
    `Fewer than ${plain(leastBuildings)} buildings of a kind are not shown by themselves. How many are left out is not told either, so that nothing can be worked out by subtraction.`,
    "National statistics of boroughs stand side by side, and are added to nothing."
  ]);
