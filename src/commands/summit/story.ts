import type {Saving} from "../../models/marts/savings.ts";
import type {CountedYear} from "../../publish/headline.ts";
import {missingList, unregisteredText, yearTonnesText} from "../../wording/completeness.ts";
import {plain, several, tonnesText} from "../../wording/numbers.ts";
import {notTheMeasure} from "../../wording/targets.ts";
import {printable, sentenceCase} from "../../wording/titles.ts";
import {reportingYearText} from "../../wording/years.ts";
import {savedText} from "../savings/saving-lines.ts";
import {changedSlides} from "./changed.ts";
import {type Draft, named, type Pictured, type SummitOptions, wordsOf} from "./draft.ts";
import {type Shown, type Source, sourceOf} from "./ledger.ts";
import {questionSlides} from "./questions.ts";
import type {Facts, SourceMove, SourceTonnes, YearMove} from "./read.ts";
import {
  bySource,
  count,
  lastYearOf,
  missingSource,
  moveSource,
  ownPoint,
  pointSource,
  savingSource,
  scopeWords,
  yearMoveSource,
  yearSource
} from "./told.ts";

type Pictures = ReadonlyMap<string, Pictured>;

/** The seven slides, one message each, and those for questions. */
export function allSlides(facts: Facts, pictures: Pictures, options: SummitOptions): Draft[] {
  const figureSlide = (id: string, slide: string, talk: readonly string[], extra: Partial<Draft> = {}): Draft[] => {
    const picture = pictures.get(id);
    if (picture === undefined) return [];
    const {title, under, source} = wordsOf(picture, options);
    return [
      {
        id: slide,
        title,
        under,
        picture,
        source,
        talk,
        told: [...(facts.years.value ?? []).map(yearSource), ...picture.sources, ...scopeWords],
        ...extra
      }
    ];
  };
  const without = (slide: string, title: string, line: string): Draft[] => [
    {id: slide, title, lines: [line], source: inventory(options), talk: [`${title}.`, line], told: []}
  ];
  const changed = changedSlides(options.since ?? null);
  const orElse = (slides: Draft[], other: Draft[]) => (slides.length > 0 ? slides : other);
  return [
    startSlide(facts, options),
    ...orElse(
      figureSlide("emissions-by-source", "2 where we are", [
        "This is the council's own number: what we own and run.",
        ...numberTalk(facts)
      ]),
      without(
        "2 where we are",
        "No year of emissions is known yet",
        "The number appears with the first year that is over and has factors."
      )
    ),
    ...orElse(
      figureSlide("trajectory", "3 are we on track", [
        "The dashed line is what the straight path allows.",
        ...trackTalk(facts)
      ]),
      without(
        "3 are we on track",
        "No target for our own operations is on file",
        "Without a target nothing can be said of a path."
      )
    ),
    movedSlide(facts, pictures, options),
    savedSlide(facts, options),
    leftSlide(facts, options),
    ...orElse(
      figureSlide(
        "costliest-findings",
        "7 what you can do",
        [
          "The ask of councillors: for each of these a named owner, and a date.",
          "The ranges are what stopping the waste would save at the council's own tariffs."
        ],
        {lines: [{strong: "We ask councillors for a named owner and a date for each"}]}
      ),
      noFindings(facts, options)
    ),
    uncountedSlide(facts, options),
    ...figureSlide("boroughs", "A2 boroughs", [
      "These are official figures of whole boroughs, not of councils.",
      "They are totals: how many people live in each is not held."
    ]),
    ...figureSlide("allowance", "A3 allowance", ["The bars add up year by year. What is used cannot come back."]),
    ...figureSlide("data-coverage", "A4 how complete", [
      "A missing reading is never counted as zero, and every estimate is marked."
    ]),
    ...changed,
    ...questionSlides(facts, 5 + changed.length)
  ];
}

const place = ({council}: SummitOptions) => printable(council, 60);
const inventory = (options: SummitOptions) =>
  `Source: ${options.isIllustrative ? "Illustrative estate" : place(options)}, inventory, grid-average factors`;
const sourceText = ({emission_source}: {readonly emission_source: string}) =>
  sentenceCase(printable(emission_source, 40));

function sourceRows(rows: readonly SourceTonnes[], isWhole: boolean): string[][] {
  const [first] = rows;
  if (first === undefined) return [];
  return [
    ["Source", `t CO₂e in ${reportingYearText(first.reporting_year)}`],
    ...rows.map(row => [sourceText(row), tonnesText(row.emissions_t_co2e)]),
    ["All", yearTonnesText(first.year_t_co2e, isWhole)]
  ];
}

function startSlide({start, startSources}: Facts, options: SummitOptions): Draft {
  const year = start.value;
  const id = "1 where we started";
  if (year === null || year.scope_1_and_2_t_co2e === null)
    return {
      id,
      title: "No year of emissions is known yet",
      lines: ["The first year that is over and has factors will be where we started."],
      source: inventory(options),
      talk: ["Nothing is claimed before a year is known."],
      told: []
    };
  const {reporting_year, scope_1_and_2_t_co2e: tonnes, is_whole_year, base_year} = year;
  const [name, amount] = [reportingYearText(reporting_year), yearTonnesText(tonnes, is_whole_year)];
  const isBase = reporting_year === base_year;
  const title =
    isBase && is_whole_year
      ? `We started at ${amount} CO₂e in ${name}`
      : is_whole_year
        ? `Our first complete year is ${name}, with ${amount} CO₂e`
        : `The first year we know, ${name}, is ${amount} CO₂e`;
  const why =
    isBase || base_year === null
      ? []
      : [`The base year, ${reportingYearText(base_year)}, is not complete, so nothing is measured from it.`];
  return {
    id,
    title,
    under: `Emissions of our own operations by source, scopes 1 and 2 (grid average), ${place(options)}, ${name}`,
    table: {name: "Emissions by source", rows: sourceRows(startSources.value ?? [], is_whole_year)},
    lines: why,
    source: inventory(options),
    talk: [`${title}.`, ...why],
    told: [yearSource(year), ...(startSources.value ?? []).map(bySource), ...scopeWords]
  };
}

/** The year of which the deck speaks: the last whole one, else the newest that is over. */

function numberTalk({headline}: Facts): string[] {
  const incomplete = headline.value?.incomplete;
  return incomplete == null
    ? []
    : [`${reportingYearText(incomplete.reporting_year)} is not complete: what is missing is on the slide about data.`];
}

function trackTalk({standpoints}: Facts): string[] {
  const point = ownPoint(standpoints.value?.points);
  return point?.unconfirmed == null
    ? []
    : ["Parts of the target are still to be confirmed: say so when you show the path."];
}

function movedSlide({moves, yearMoves}: Facts, pictures: Pictures, options: SummitOptions): Draft {
  const [top] = moves.value ?? [];
  const [year] = yearMoves.value ?? [];
  const picture = pictures.get("emissions-by-source");
  const rows = (picture?.drawable.rows ?? []) as readonly ChartRow[];
  const title = top === undefined ? "No two complete years in a row to compare yet" : moveTitle(top);
  const lines = year === undefined ? [] : yearMoveLines(year);
  const from = (yearMoves.value ?? []).map(yearMoveSource);
  return {
    id: "4 what moved",
    title,
    ...(rows.length === 0
      ? {}
      : {
          under: `Emissions in t CO₂e by source, as reported, scopes 1 and 2 (grid average), ${place(options)}`,
          chart: chartOf(rows, picture?.sources ?? [])
        }),
    lines: lines.map(text => ({text, from})),
    source: inventory(options),
    talk: ["The chart can be edited: right click, edit data.", ...lines],
    told: [
      ...(moves.value ?? []).map(moveSource),
      ...(yearMoves.value ?? []).map(yearMoveSource),
      ...(picture?.sources ?? []),
      ...scopeWords
    ]
  };
}

function moveTitle({emission_source, reporting_year, moved_t_co2e, direction}: SourceMove): string {
  return `${sentenceCase(printable(emission_source, 40))} moved most: ${tonnesText(moved_t_co2e)} ${direction} than in ${reportingYearText(reporting_year - 1)}`;
}

/** As reported, and without the change of factors, in one breath. */
function yearMoveLines(year: YearMove): string[] {
  const {moved_t_co2e, moved_at_same_factors_t_co2e: same, direction, direction_at_same_factors, against_year} = year;
  if (moved_t_co2e === null || direction === null)
    return [`All sources together show no clear change from ${reportingYearText(against_year)}`];
  const reported = `All sources together: ${tonnesText(moved_t_co2e)} ${direction} as reported`;
  if (same === null) return [`${reported}.`];
  const without =
    direction_at_same_factors === null ? "no clear change" : `${tonnesText(same)} ${direction_at_same_factors}`;
  return [`${reported}; ${without} without changes in the government's factors`];
}

interface ChartRow {
  readonly reporting_year: number;
  readonly emission_source: string;
  readonly emissions_t_co2e: number;
  readonly is_whole_year: boolean;
}

function chartOf(rows: readonly ChartRow[], from: readonly Source[]): NonNullable<Draft["chart"]> {
  const years = [...new Set(rows.map(({reporting_year}) => reporting_year))].sort((a, b) => a - b);
  const last = years.at(-1);
  const size = (source: string) =>
    rows.find(row => row.reporting_year === last && row.emission_source === source)?.emissions_t_co2e ?? 0;
  const isOther = (source: string) => Number(source === "other");
  const sources = [...new Set(rows.map(({emission_source}) => emission_source))].sort(
    (a, b) => isOther(a) - isOther(b) || size(b) - size(a) || (a < b ? -1 : 1)
  );
  const isWhole = (year: number) => rows.every(row => row.reporting_year !== year || row.is_whole_year);
  return {
    name: "Emissions by source and year",
    alt: `Stacked columns of emissions by source and year, in t CO₂e: ${years.map(year => `${reportingYearText(year)}${isWhole(year) ? "" : " (at least)"}`).join(", ")}.`,
    unit: "t CO₂e",
    categories: years.map(year => `${reportingYearText(year)}${isWhole(year) ? "" : " at least"}`),
    series: sources.map(source => ({
      name: sentenceCase(printable(source, 40)),
      values: years.map(year => {
        const at = rows.findIndex(row => row.reporting_year === year && row.emission_source === source);
        const row = rows[at];
        return row === undefined ? null : {value: row.emissions_t_co2e, from: from[at]};
      })
    }))
  };
}

function savedSlide({savings}: Facts, options: SummitOptions): Draft {
  const all = savings.value ?? [];
  const proved = all.filter(({outcome}) => outcome === "saves");
  const others = new Set(all.filter(({outcome}) => outcome !== "saves").map(({measure_id}) => measure_id)).size;
  const measures = new Set(proved.map(({measure_id}) => measure_id)).size;
  const title =
    savings.value === null
      ? "What worked is withheld: savings could not be made anew"
      : measures === 0
        ? all.length === 0
          ? "No measure is on file, so no saving is proved"
          : "No measure has proved a saving yet"
        : `${several(measures, "measure has", "measures have")} proved a saving`;
  return {
    id: "5 what worked",
    title,
    lines: [
      ...proved.slice(0, 3).flatMap(saving => [
        {strong: measureText(saving)},
        ...savedText(saving)
          .split("; ")
          .map(text => ({text: sentenceCase(text), from: [savingSource(saving)]}))
      ]),
      ...(others === 0
        ? []
        : [`${several(others, "other measure is", "other measures are")} planned, under way or not shown`])
    ],
    source: `Source: meters before and after, by weather (IPMVP Option C), ${options.isIllustrative ? "illustrative estate" : place(options)}`,
    talk: [
      "A saving is proved where its range does not reach zero, against what the building would have taken in the same weather.",
      "Where other energy of the site rose since, it is said beside."
    ],
    told: [
      ...proved.map(savingSource),
      ...proved.map(saving => named(measureText(saving), "marts.savings", "what")),
      count(plain(measures), measures, "marts.savings", "outcome=saves"),
      count(plain(others), others, "marts.savings", "outcome<>saves")
    ]
  };
}

const measureText = ({what, site_name, energy}: Saving) =>
  `${printable(what, 60)}, ${printable(site_name, 48)} (${energy})`;

function leftSlide({headline, lastSources, standpoints}: Facts, options: SummitOptions): Draft {
  const rows = lastSources.value ?? [];
  const year = lastYearOf(headline.value);
  const point = ownPoint(standpoints.value?.points);
  const isOfYear = point !== undefined && year !== null && point.year === year.reporting_year;
  const [largest] = rows;
  if (largest === undefined || year === null)
    return {
      id: "6 what is left",
      title: "What is left is not known yet",
      lines: ["The sources appear with the first year that is over and has factors."],
      source: inventory(options),
      talk: ["Nothing is claimed before a year is known."],
      told: []
    };
  const gap = isOfYear && point.gap_t > 0 ? point.gap_t : null;
  const name = reportingYearText(largest.reporting_year);
  const table = sourceRows(rows, year.is_whole_year);
  const gapRow =
    point === undefined || !isOfYear
      ? []
      : [[`${point.gap_t > 0 ? "Above" : "Below"} the straight path`, tonnesText(Math.abs(point.gap_t))]];
  return {
    id: "6 what is left",
    title: leftTitle(largest, gap, isOfYear, year),
    under: `Sources in ${name} against the gap to the straight path, t CO₂e, scopes 1 and 2 (grid average), ${place(options)}`,
    table: {name: "What is left by source", rows: [...table, ...gapRow]},
    source: [
      ...(point?.unconfirmed == null ? [] : ["Pathway still to be confirmed by the council."]),
      inventory(options)
    ].join(" "),
    talk: ["To be on the path again, the gap has to come out of these sources."],
    told: [yearSource(year), ...rows.map(bySource), ...(point === undefined ? [] : [pointSource(point)]), ...scopeWords]
  };
}

function leftTitle(largest: SourceTonnes, gap: number | null, isOfYear: boolean, year: CountedYear): string {
  const name = sentenceCase(printable(largest.emission_source, 40));
  const tonnes = yearTonnesText(largest.emissions_t_co2e, year.is_whole_year);
  if (gap !== null)
    return largest.emissions_t_co2e >= gap
      ? `${name}, ${tonnes}, is larger than the whole gap of ${tonnesText(gap)}`
      : `The gap of ${tonnesText(gap)} is larger than any one source`;
  return isOfYear
    ? `We are not above the path; ${name.toLowerCase()} is the largest source left`
    : `${name} is the largest source left: ${tonnes}`;
}

function noFindings({savings}: Facts, options: SummitOptions): Draft[] {
  const planned = (savings.value ?? []).filter(({outcome}) => outcome === "planned");
  return [
    {
      id: "7 what you can do",
      title: "No finding with a cost is open",
      lines: [
        "Ask that what is wrong with a building is looked at each week, and who owns it.",
        ...(planned.length === 0
          ? []
          : [{strong: "Measures that are planned"}, ...planned.slice(0, 3).map(measureText)])
      ],
      source: `Source: findings and measures, ${options.isIllustrative ? "illustrative estate" : place(options)}`,
      talk: ["Where readings are missing nothing can be found."],
      told: planned.map(saving => named(measureText(saving), "marts.savings", "what"))
    }
  ];
}

function uncountedSlide({headline, target}: Facts, options: SummitOptions): Draft {
  const year = lastYearOf(headline.value);
  const borough = headline.value?.borough ?? null;
  const missing = (headline.value?.missing ?? []).filter(each => each.reporting_year === year?.reporting_year);
  const unregistered = year === null ? undefined : unregisteredText(year);
  const name = year === null ? "" : reportingYearText(year.reporting_year);
  return {
    id: "A1 what is not counted",
    title:
      year === null
        ? "Nothing is counted yet"
        : `Scope 3, ${yearTonnesText(year.scope_3_t_co2e, year.is_whole_year)} in ${name}, is not in our number`,
    lines: [
      ...(year === null
        ? []
        : [`Our number is scopes 1 and 2: fuel and refrigerants we use, electricity and heat we buy (grid average)`]),
      ...(missing.length === 0 ? [] : [`Missing in ${name}: ${missingList(missing, 1)}`]),
      ...(unregistered === undefined ? [] : [sentenceCase(unregistered)]),
      "Green tariffs and exported electricity are not deducted; no certificates or residual mix are on file",
      ...(borough === null ? [] : [`The borough is not the council: official figures are ${notTheMeasure}`])
    ],
    source: inventory(options),
    talk: ["Say this before somebody asks: what is left out is left out on purpose, and named."],
    told: [
      ...(year === null ? [] : [yearSource(year)]),
      ...missing.map(missingSource),
      ...(target.value === null ? [] : [sourceOf("marts.trajectories", ["target_id"], target.value)]),
      ...scopeWords,
      ...missingCounts(missing)
    ]
  };
}

/** How many more are missing, as the list says it. */
function missingCounts(missing: readonly {readonly missing_t_co2e: number | null}[]): Shown[] {
  const rest = missing.slice(1);
  const tonnes = rest.reduce((sum, {missing_t_co2e}) => sum + (missing_t_co2e ?? 0), 0);
  if (rest.length === 0) return [];
  return [
    count(plain(rest.length), rest.length, "marts.missing_by_source", "all but the first"),
    {
      text: tonnesText(tonnes),
      value: tonnes,
      unit: "t CO₂e",
      mart: "marts.missing_by_source",
      key: "all but the first",
      column: "missing_t_co2e"
    }
  ];
}
