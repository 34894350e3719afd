import {z} from "zod";
import type {Config} from "../../council/config.ts";
import {type Effects, inert} from "../../effects.ts";
import {wordsAlone} from "../../ingest/reading.ts";
import {type Conflict, conflicts} from "../../models/marts/conflicts.ts";
import {type Doubt, doubts} from "../../models/marts/doubts.ts";
import {type FuelToldTwice, fuelToldTwice} from "../../models/marts/fuel_told_twice.ts";
import {type HeldFuel, heldFuel} from "../../models/marts/held_fuel.ts";
import {type HeldMeter, heldMeters} from "../../models/marts/held_meters.ts";
import {loads} from "../../models/marts/loads.ts";
import {meterPoints} from "../../models/marts/meter_points.ts";
import {type RegisterReconciliation, registerReconciliation} from "../../models/marts/register_reconciliation.ts";
import {readFromMarts, readMart, readOneFromMarts} from "../../models/read-mart.ts";
import {type Ailment, readHealth} from "../../pipeline/health.ts";
import {type Headline, readHeadline} from "../../publish/headline.ts";
import {readStandpoints, type Standpoints} from "../../publish/standpoints.ts";
import {estateEnergy} from "../../sources/feeds.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {type NotRenewed, ofOneBuild, readMadeFrom, readNotRenewed, type Told} from "../../warehouse/published.ts";
import {dateText, daysText, longDateText} from "../../wording/dates.ts";
import {andMore} from "../../wording/lists.ts";
import {energyText, plain, several} from "../../wording/numbers.ts";
import {folded, label, more} from "../../wording/report.ts";
import {percent} from "../../wording/shares.ts";
import {ruleText} from "../loads/load-lines.ts";
import {conflictItems} from "./conflicts.ts";
import {doubtText, pictureLine, settlingLines} from "./doubts.ts";
import {headlineLines} from "./headline.ts";
import type {Item} from "./item.ts";
import {notRenewedLines, toldLines} from "./not-renewed.ts";
import {onTrackLines} from "./on-track.ts";
import {metersFound, reconciliationItems} from "./reconciliation.ts";

const {quietAfterDays} = estateEnergy;

/** How the published marts stand, in numbers that SQL worked out: each part of one build, or withheld. */
export interface Standing {
  /** What is not well beside them. */
  readonly health: readonly Ailment[];
  /** What the last build could not make. */
  readonly notRenewed: readonly NotRenewed[];
  readonly headline: Told<Headline>;
  readonly standpoints: Told<Standpoints>;
  readonly energy: Told<Energy>;
  readonly rejects: Told<readonly RejectedRows[]>;
  readonly refused: Told<readonly RefusedFile[]>;
  readonly doubts: Told<readonly Doubt[]>;
  readonly conflicts: Told<readonly Conflict[]>;
  readonly reconciliation: Told<readonly RegisterReconciliation[]>;
  readonly held: Told<readonly HeldMeter[]>;
  readonly heldFuel: Told<readonly HeldFuel[]>;
  readonly fuelToldTwice: Told<readonly FuelToldTwice[]>;
  readonly unallocated: Told<z.infer<typeof unallocatedSchema>>;
  readonly quiet: Told<readonly QuietMeter[]>;
}

const usedSchema = z.object({
  energy: z.string(),
  consumption_kwh: z.number(),
  closed_kwh: z.number().nullable(),
  closed_import_kwh: z.number().nullable()
});
const coverageSchema = z.object({
  sites: z.int(),
  meters: z.int(),
  expected: z.number(),
  present: z.number(),
  estimated: z.number()
});
const generationSchema = z.object({
  generation_kwh: z.number().nullable(),
  self_consumption_kwh: z.number().nullable(),
  assets: z.int()
});

/** Energy and coverage of the last twelve months. */
interface Energy {
  readonly used: readonly z.infer<typeof usedSchema>[];
  readonly coverage: z.infer<typeof coverageSchema>;
  readonly generation: z.infer<typeof generationSchema>;
}

const rejectedSchema = z.object({
  file_name: z.string(),
  rule: z.string(),
  outcome: z.string(),
  rows: z.int(),
  first_row: z.int().nullable(),
  value: z.string().nullable()
});
type RejectedRows = z.infer<typeof rejectedSchema>;

const refusedSchema = loads.row.pick({file_name: true, reason: true, difference: true});
type RefusedFile = z.infer<typeof refusedSchema>;

const quietSchema = meterPoints.row.pick({meter_point_id: true, site_name: true, energy: true, last_read_date: true});
type QuietMeter = z.infer<typeof quietSchema>;

const unallocatedSchema = z.object({transactions: z.number(), quantity_l: z.number()});

/** Reads the standing of a data folder from its published marts, over the last twelve months to the as-of date. */
export async function readStanding(
  connection: Connection,
  {council: {ons_code: onsCode}, dataFolder}: Pick<Config, "council" | "dataFolder">,
  effects: Pick<Effects, "now" | "environment">
): Promise<Standing> {
  const told = <T>(work: (connection: Connection) => Promise<T>) => ofOneBuild(connection, work);
  return {
    health: await readHealth(dataFolder, await readMadeFrom(connection), effects),
    notRenewed: await readNotRenewed(connection),
    headline: await told(each => readHeadline(each, onsCode)),
    standpoints: await told(readStandpoints),
    energy: await told(readEnergy),
    rejects: await told(readRejects),
    refused: await told(readRefused),
    doubts: await told(each =>
      readMart(each, doubts, "where is_left_out or outcome = 'noted' order by load_id, meter_key, first_date")
    ),
    conflicts: await told(each =>
      readMart(each, conflicts, "order by meter_point_id, channel, load_id, other_load_id")
    ),
    reconciliation: await told(each =>
      readMart(each, registerReconciliation, "order by estimated_t_co2e desc nulls last, kind, name")
    ),
    held: await told(each => readMart(each, heldMeters, "order by meter_key")),
    heldFuel: await told(each => readMart(each, heldFuel, "order by provider, product_code")),
    fuelToldTwice: await told(each => readMart(each, fuelToldTwice, "order by provider, first_provider")),
    unallocated: await told(each =>
      readOneFromMarts(
        each,
        unallocatedSchema,
        `select coalesce(sum(transactions), 0)::double as transactions, coalesce(sum(quantity), 0)::double as quantity_l
         from marts.fleet_activity where service = 'unallocated' and month ${recent}`
      )
    ),
    quiet: await told(readQuiet)
  };
}

const recent = "> (select as_of from main.build) - interval 365 days";

async function readEnergy(connection: Connection): Promise<Energy> {
  return {
    used: await readFromMarts(
      connection,
      usedSchema,
      `select energy, sum(consumption_kwh::decimal(18, 4))::double as consumption_kwh, sum(closed_kwh::decimal(18, 4))::double as closed_kwh,
         (sum(closed_kwh::decimal(18, 4)) filter (quantity = 'import'))::double as closed_import_kwh
       from marts.site_energy_daily where settlement_date ${recent} group by energy order by energy`
    ),
    coverage: await readOneFromMarts(
      connection,
      coverageSchema,
      `select count(distinct site_id)::integer as sites, count(distinct meter_point_id)::integer as meters, coalesce(sum(expected_half_hours), 0)::double as expected,
         coalesce(sum(present_half_hours), 0)::double as present, coalesce(sum(estimated_half_hours), 0)::double as estimated
       from marts.data_coverage where month ${recent}`
    ),
    generation: await readOneFromMarts(
      connection,
      generationSchema,
      `select sum(generation_kwh::decimal(18, 4))::double as generation_kwh, sum(self_consumption_kwh::decimal(18, 4))::double as self_consumption_kwh, count(distinct asset_id)::integer as assets
       from marts.renewable_generation where month ${recent}`
    )
  };
}

const readRejects = (connection: Connection) =>
  readFromMarts(
    connection,
    rejectedSchema,
    `select file_name, rule, r.outcome as outcome, count(*)::integer as rows, min(row_number) as first_row, arg_min(value, row_number) as value
     from marts.rejects r join marts.loads l using (load_id, file_name) where l.withdrawn_because is null
     group by file_name, rule, r.outcome order by file_name, rule`
  );

/** The file or sheet within a file that a load is of. */
const partOf = (load: string) => `regexp_extract(${load}.file_name, ' › (.*)$', 1)`;

/** Files that were refused and stand so: the same bytes have not landed since, nor what they hold, and they are no sheet of words beside tables. */
const readRefused = (connection: Connection) =>
  readFromMarts(
    connection,
    refusedSchema,
    `select file_name, reason, difference
     from marts.loads l
     where outcome = 'refused' and superseded_by is null and withdrawn_because is null and reason <> $1
       and not exists (
         select 1 from marts.loads g
         where g.outcome = 'landed' and g.superseded_by is null and g.sha256 = l.sha256 and (${partOf("g")} = ${partOf("l")} or ${partOf("l")} = '')
       )
     order by load_id`,
    [wordsAlone]
  );

const readQuiet = (connection: Connection) =>
  readFromMarts(
    connection,
    quietSchema,
    `select meter_point_id, site_name, energy, last_read_date from marts.meter_points
     where quiet_days > $1 or (last_read_date is null and (valid_to is null or valid_to >= (select as_of from main.build)))
     order by meter_point_id`,
    [quietAfterDays]
  );

const mostShown = 8;

/** The opening of a report: whose figures and up to when. */
export function headingOf({council, asOf}: Pick<Config, "council" | "asOf">): string {
  const estate = council.illustrative === null ? "" : " (an illustrative estate: every reading is invented)";
  return `${inert(council.name)}${estate}, to ${longDateText(new Date(asOf))}`;
}

/** What needs somebody to act, each with its rows and what to do; rows that were put right by rule are only listed. */
export function faultLines(standing: Standing): string[] {
  const {health, rejects, fuelToldTwice: twice, doubts: doubtful} = standing;
  const parts = [{items: health, lines: health.flatMap(ailmentLines)}, ...attentionParts(standing)];
  const count = parts.reduce((sum, {items}) => sum + items.length, 0);
  const lines = parts.flatMap(each => each.lines);
  return [
    ...(count === 0 ? ["Nothing needs your attention", ...lines] : [attentionHeading(count)]),
    ...(count === 0 ? [] : [...folded(lines), more("To see each file: canopy loads")]),
    ...(rejects.value === null ? [] : mendedLines(rejects.value)),
    ...(twice.value === null ? [] : countedOnceLines(twice.value)),
    ...(doubtful.value === null ? [] : notedLines(doubtful.value))
  ];
}

/** The heading of what needs somebody to act. */
export const attentionHeading = (count: number) => `Needs your attention (${plain(count)})`;

/** What needs somebody to act of what the marts say. */
export const attentionItems = (standing: Standing): Item[] => attentionParts(standing).flatMap(({items}) => items);

function attentionParts(standing: Standing) {
  const {rejects, refused, doubts: doubtful, conflicts: disagreements, reconciliation} = standing;
  const {held, heldFuel, unallocated, quiet} = standing;
  return [
    part("rejected rows", rejects, rejectItems),
    part("refused files", refused, refusedItems),
    part("doubtful readings", doubtful, all => doubtItems(all.filter(({is_left_out}) => is_left_out))),
    part("files that disagree", disagreements, conflictItems),
    part("lists of others", reconciliation, reconciliationItems),
    part("unknown meters", held, all => heldItems(all, metersFound(reconciliation.value ?? []))),
    part("unknown fuel", heldFuel, heldFuelItems),
    part("fuel of no vehicle", unallocated, unallocatedItems),
    part("silent meters", quiet, quietItems)
  ];
}

/** A part of the list: what in it needs somebody to act, and that as lines. */
function part<T>(what: string, told: Told<T>, itemsOf: (value: T) => readonly Item[]) {
  const items = told.value === null ? [] : itemsOf(told.value);
  return {items, lines: toldLines(what, told, () => items.flatMap(itemLines))};
}

const ailmentLines = ({words, rows}: Ailment) => itemLines({words: inert(words), rows: rows.map(inert)});
const itemLines = ({words, rows}: Item) => [more(words), ...shown(rows).map(row => more(`  ${row}`))];

const rejectText = ({file_name, rule, rows, first_row, value}: RejectedRows) =>
  `${inert(file_name)}: ${rows === 1 ? `row ${first_row ?? "?"}` : `${plain(rows)} from row ${first_row ?? "?"}`}, ${ruleText(rule, value)}`;

const total = (rejects: readonly RejectedRows[]) => rejects.reduce((sum, {rows}) => sum + rows, 0);

function rejectItems(rejects: readonly RejectedRows[]): Item[] {
  const rejected = rejects.filter(({outcome}) => outcome === "rejected");
  const [cells, rows] = [true, false].map(isCell => rejected.filter(({rule}) => (rule === "cell") === isCell));
  return [
    rejectedItem(rows ?? [], "row could not be read and is", "rows could not be read and are"),
    rejectedItem(cells ?? [], "cell could not be read and is", "cells could not be read and are")
  ].flat();
}

function rejectedItem(rejects: readonly RejectedRows[], one: string, many: string): Item[] {
  if (rejects.length === 0) return [];
  const words = `${several(total(rejects), one, many)} not counted. Ask the sender for the file again`;
  return [{words, rows: rejects.map(rejectText)}];
}

function mendedLines(rejects: readonly RejectedRows[]): string[] {
  const mended = rejects.filter(({outcome}) => outcome === "mended");
  if (mended.length === 0) return [];
  return [label("Mended", several(total(mended), "row")), ...shown(mended.map(rejectText)).map(more)];
}

function countedOnceLines(twice: readonly FuelToldTwice[]): string[] {
  if (twice.length === 0) return [];
  const rows = twice.map(
    ({provider, first_provider, transactions, quantity_l, file_names, first_file_names}) =>
      `${several(transactions, "purchase")} (${plain(quantity_l)} litres) of ${inert(provider)} in ${inert(file_names)} ${transactions === 1 ? "stands" : "stand"} in ${inert(first_file_names)} of ${inert(first_provider)} already`
  );
  return [label("Counted once", "fuel that two providers' files tell"), ...shown(rows).map(more)];
}

function notedLines(doubted: readonly Doubt[]): string[] {
  const noted = doubted.filter(({outcome}) => outcome === "noted");
  if (noted.length === 0) return [];
  return [
    label("Noted", several(noted.length, "run of readings", "runs of readings")),
    ...shown(noted.map(doubtText)).map(more)
  ];
}

function refusedItems(refused: readonly RefusedFile[]): Item[] {
  if (refused.length === 0) return [];
  const rows = refused.flatMap(({file_name, reason, difference}) => [
    `${inert(file_name)}: ${inert(reason ?? "")}`,
    ...(difference === null ? [] : [`  ${inert(difference)}`])
  ]);
  return [
    {
      words: `${several(refused.length, "file was", "files were")} refused: nothing in ${itOrThem(refused)} is counted`,
      rows
    }
  ];
}

function doubtItems(doubted: readonly Doubt[]): Item[] {
  const rest = doubted.length - mostShown;
  return [
    ...doubted
      .slice(0, mostShown)
      .map(doubt => ({words: doubtText(doubt), rows: [pictureLine(doubt), ...settlingLines(doubt)]})),
    ...(rest > 0
      ? [
          {
            words: `${several(rest, "more run of readings is", "more runs of readings are")} doubtful. To list them: canopy query "from marts.doubts"`,
            rows: []
          }
        ]
      : [])
  ];
}

const itOrThem = (things: readonly unknown[]) => (things.length === 1 ? "it" : "them");
const itsOrTheir = (things: readonly unknown[]) => (things.length === 1 ? "its" : "their");

/** Meters whose readings wait; those that a finding of the lists names already are not told of twice. */
function heldItems(held: readonly HeldMeter[], found: ReadonlySet<string>): Item[] {
  const unknown = held.filter(({why, meter_key}) => why === "not in meter-points.csv" && !found.has(meter_key));
  const outside = held.filter(({why}) => why.startsWith("outside its dates"));
  // Nobody need do anything about the bills of a sewerage service: its water is counted.
  const others = held.filter(
    ({why}) =>
      why !== "not in meter-points.csv" && !why.startsWith("outside its dates") && !why.startsWith("a sewerage service")
  );
  const unknownWords = `${several(unknown.length, "meter is", "meters are")} unknown: ${itsOrTheir(unknown)} readings are kept but not counted. Add ${itOrThem(unknown)} to meter-points.csv`;
  const outsideWords = `${several(outside.length, "meter is", "meters are")} read outside ${itsOrTheir(outside)} dates in meter-points.csv or sites.csv. Those readings are kept but not counted. If they should count, correct the dates`;
  const otherWords = `${several(others.length, "meter has readings that are", "meters have readings that are")} kept but not counted. Correct meter-points.csv`;
  return [
    ...(unknown.length === 0 ? [] : [{words: unknownWords, rows: unknown.map(heldText)}]),
    ...(outside.length === 0 ? [] : [{words: outsideWords, rows: outside.map(heldText)}]),
    ...(others.length === 0 ? [] : [{words: otherWords, rows: others.map(each => `${heldText(each)}, ${each.why}`)}])
  ];
}

const heldText = ({meter_key, days, first_date, last_date, file_names}: HeldMeter) =>
  `${inert(meter_key)}: ${several(days, "day")}, ${daysText(first_date, last_date)}, in ${inert(file_names)}`;

function heldFuelItems(heldFuel: readonly HeldFuel[]): Item[] {
  if (heldFuel.length === 0) return [];
  const rows = heldFuel.map(
    ({provider, product_code, transactions, quantity_l, file_names}) =>
      `${inert(provider)} ${inert(product_code)}: ${several(transactions, "purchase")}, ${plain(quantity_l)} litres, in ${inert(file_names)}`
  );
  const words = `${several(heldFuel.length, "fuel product is", "fuel products are")} unknown: ${itsOrTheir(heldFuel)} litres are kept but not counted. Add ${itOrThem(heldFuel)} to fuel-products.csv`;
  return [{words, rows}];
}

function unallocatedItems({transactions, quantity_l}: {transactions: number; quantity_l: number}): Item[] {
  if (transactions === 0) return [];
  const many = `${several(transactions, "fuel purchase")} (${plain(Math.round(quantity_l))} litres) in the last 12 months`;
  return [
    {
      words: `${many} ${transactions === 1 ? "is" : "are"} counted but match no vehicle. Add the vehicle to vehicles.csv`,
      rows: []
    }
  ];
}

function quietItems(quiet: readonly QuietMeter[]): Item[] {
  if (quiet.length === 0) return [];
  const rows = quiet.map(
    ({meter_point_id, site_name, energy, last_read_date}) =>
      `${inert(meter_point_id)} (${inert(site_name)}, ${energy}): ${last_read_date === null ? "no reading yet" : `last reading ${dateText(last_read_date)}`}`
  );
  const words = `${several(quiet.length, "meter has", "meters have")} sent no reading for more than ${quietAfterDays} days. Ask the supplier`;
  return [{words, rows}];
}

function shown(rows: readonly string[]): readonly string[] {
  return rows.length <= mostShown ? rows : [...rows.slice(0, mostShown), andMore(rows.length - mostShown)];
}

/** The number and all that is told with it: what failed, emissions, targets, energy. */
export function openingLines({notRenewed, headline, standpoints, energy}: Standing): string[] {
  return folded([
    ...notRenewedLines(notRenewed),
    ...toldLines("emissions", headline, headlineLines),
    ...toldLines("targets", standpoints, onTrackLines),
    ...toldLines("energy", energy, energyLines)
  ]);
}

/** ` (1.2 GWh used while closed)`; how much of it is import alone, where own use is not known. */
function closedWords({
  closed_kwh,
  closed_import_kwh
}: Pick<z.infer<typeof usedSchema>, "closed_kwh" | "closed_import_kwh">): string {
  if (closed_kwh === null) return "";
  const alone =
    closed_import_kwh === null
      ? ""
      : `, of which ${energyText(closed_import_kwh)} is import: own solar use is not known`;
  return ` (${energyText(closed_kwh)} used while closed${alone})`;
}

function energyLines({used, coverage, generation}: Energy): string[] {
  if (coverage.expected === 0) return [label("Energy", noReadings)];
  const words = used.map(
    ({energy: name, consumption_kwh, ...closed}) =>
      `${name} ${energyText(consumption_kwh)} bought${closedWords(closed)}`
  );
  return [
    label("Energy", `last 12 months: ${words.join("; ")}`),
    ...(generation.generation_kwh === null
      ? []
      : [
          more(
            `own generation ${energyText(generation.generation_kwh)} at ${several(generation.assets, "array")}${generation.self_consumption_kwh === null ? "" : `, ${energyText(generation.self_consumption_kwh)} of it known to be used on site`}; exported electricity is not deducted`
          )
        ]),
    more(coverageText(coverage))
  ];
}

/** How complete the last twelve months are, in a sentence. */
export function coverageText({meters, sites, present, estimated, expected}: Energy["coverage"]): string {
  if (expected === 0) return noReadings;
  return `${several(meters, "meter")} at ${several(sites, "site")}; ${percent(present, expected, 1)} of half-hours read, ${percent(estimated, expected, 1)} estimated`;
}

const noReadings = "no readings yet";
