import {z} from "zod";
import type {Config} from "../../council/config.ts";
import {inert} from "../../effects.ts";
import {type HeldFuel, heldFuel} from "../../models/marts/held_fuel.ts";
import {type HeldMeter, heldMeters} from "../../models/marts/held_meters.ts";
import {loads} from "../../models/marts/loads.ts";
import {meterPoints} from "../../models/marts/meter_points.ts";
import {readFromMarts, readMart, readOneFromMarts} from "../../models/read-mart.ts";
import {estateEnergy} from "../../sources/estate-energy.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {type NotRenewed, ofOneBuild, readNotRenewed, type Told} from "../../warehouse/published.ts";
import {countText, energyText, label, longDate, more, several, shareText, shortDate} from "../../wording/counts.ts";
import {type Headline, headlineLines, readHeadline} from "./headline.ts";
import {notRenewedLines, toldLines} from "./not-renewed.ts";
import {onTrackLines, readStandpoints, type Standpoint} from "./on-track.ts";

const {quietAfterDays} = estateEnergy;

/** How the published marts stand, in numbers that SQL worked out: each part of one build, or withheld. */
export interface Standing {
  /** What the last build could not make. */
  readonly notRenewed: readonly NotRenewed[];
  readonly headline: Told<Headline>;
  readonly standpoints: Told<readonly Standpoint[]>;
  readonly energy: Told<Energy>;
  readonly rejects: Told<readonly RejectedRows[]>;
  readonly refused: Told<readonly RefusedFile[]>;
  readonly held: Told<readonly HeldMeter[]>;
  readonly heldFuel: Told<readonly HeldFuel[]>;
  readonly unallocated: Told<z.infer<typeof unallocatedSchema>>;
  readonly quiet: Told<readonly QuietMeter[]>;
}

const usedSchema = z.object({energy: z.string(), consumption_kwh: z.number(), closed_kwh: z.number().nullable()});
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
export async function readStanding(connection: Connection, {ons_code: onsCode}: Config["council"]): Promise<Standing> {
  const told = <T>(work: (connection: Connection) => Promise<T>) => ofOneBuild(connection, work);
  return {
    notRenewed: await readNotRenewed(connection),
    headline: await told(each => readHeadline(each, onsCode)),
    standpoints: await told(readStandpoints),
    energy: await told(readEnergy),
    rejects: await told(readRejects),
    refused: await told(readRefused),
    held: await told(each => readMart(each, heldMeters, "order by meter_key")),
    heldFuel: await told(each => readMart(each, heldFuel, "order by provider, product_code")),
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
      `select energy, sum(consumption_kwh::decimal(18, 4))::double as consumption_kwh, sum(closed_kwh::decimal(18, 4))::double as closed_kwh
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

const readRefused = (connection: Connection) =>
  readFromMarts(
    connection,
    refusedSchema,
    "select file_name, reason, difference from marts.loads where outcome = 'refused' and superseded_by is null and withdrawn_because is null order by load_id"
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
  return `${inert(council.name)}${estate}, to ${longDate(asOf)}`;
}

/** Meters that are held, under what they have in common. */
function heldLines(
  what: string,
  held: readonly HeldMeter[],
  beside: (meter: HeldMeter) => string = () => ""
): string[] {
  if (held.length === 0) return [];
  return [
    label("Held", `${several(held.length, "meter")} ${what}`),
    ...shown(
      held.map(meter =>
        more(
          `${inert(meter.meter_key)}: ${several(meter.days, "day")}, ${shortDate(meter.first_date)} to ${shortDate(meter.last_date)}, in ${inert(meter.file_names)}${beside(meter)}`
        )
      )
    )
  ];
}

/** What was rejected, refused or held, and why. */
export function faultLines({rejects, refused, held, heldFuel, unallocated, quiet}: Standing): string[] {
  return [
    ...toldLines("rejected rows", rejects, rejectLines),
    ...toldLines("refused files", refused, refusedLines),
    ...toldLines("held meters", held, allHeldLines),
    ...toldLines("held fuel", heldFuel, heldFuelLines),
    ...toldLines("fuel of no vehicle", unallocated, unallocatedLines),
    ...toldLines("silent meters", quiet, quietLines)
  ];
}

function rejectLines(rejects: readonly RejectedRows[]): string[] {
  const setAside = rejects.filter(({outcome}) => outcome === "rejected");
  const mended = rejects.filter(({outcome}) => outcome === "mended");
  const total = mended.reduce((sum, {rows}) => sum + rows, 0);
  const describe = ({file_name, rule, rows, first_row, value}: RejectedRows) =>
    more(
      `${inert(file_name)}: ${rows === 1 ? `row ${first_row ?? "?"}` : `${countText(rows)} from row ${first_row ?? "?"}`}, ${rule}: ${inert(value ?? "")}`
    );
  return [
    label("Rejected", rejectedText(setAside)),
    ...shown(setAside.map(describe)),
    ...(mended.length > 0 ? [label("Mended", several(total, "row")), ...shown(mended.map(describe))] : [])
  ];
}

function refusedLines(refused: readonly RefusedFile[]): string[] {
  return [
    ...(refused.length > 0 ? [label("Refused", several(refused.length, "file"))] : []),
    ...shown(
      refused.flatMap(({file_name, reason, difference}) => [
        more(`${inert(file_name)}: ${inert(reason ?? "")}`),
        ...(difference === null ? [] : [more(`  ${inert(difference)}`)])
      ])
    )
  ];
}

function allHeldLines(held: readonly HeldMeter[]): string[] {
  const unknown = held.filter(({why}) => why === "not in meter-points.csv");
  const others = held.filter(({why}) => why !== "not in meter-points.csv");
  return [
    ...heldLines("not in meter-points.csv, in no total until added", unknown),
    ...heldLines("in no total for another reason", others, ({why}) => `, ${why}`)
  ];
}

function heldFuelLines(heldFuel: readonly HeldFuel[]): string[] {
  return [
    ...(heldFuel.length > 0
      ? [label("Held", `${several(heldFuel.length, "fuel product")} not in fuel-products.csv, in no total until added`)]
      : []),
    ...shown(
      heldFuel.map(({provider, product_code, transactions, quantity_l, file_names}) =>
        more(
          `${inert(provider)} ${inert(product_code)}: ${several(transactions, "drawing")}, ${countText(quantity_l)} l, in ${inert(file_names)}`
        )
      )
    )
  ];
}

function unallocatedLines({transactions, quantity_l}: {transactions: number; quantity_l: number}): string[] {
  if (transactions === 0) return [];
  return [
    label(
      "Unplaced",
      `${several(transactions, "drawing")} of fuel, ${countText(Math.round(quantity_l))} l in the last 12 months: counted, but of no vehicle in vehicles.csv`
    )
  ];
}

function quietLines(quiet: readonly QuietMeter[]): string[] {
  return [
    ...(quiet.length > 0
      ? [label("Silent", `${several(quiet.length, "meter")}, for more than ${quietAfterDays} days`)]
      : []),
    ...shown(
      quiet.map(({meter_point_id, site_name, energy, last_read_date}) =>
        more(
          `${inert(meter_point_id)} (${inert(site_name)}, ${energy}): ${last_read_date === null ? "no read yet" : `last read ${shortDate(last_read_date)}`}`
        )
      )
    )
  ];
}

function rejectedText(rejects: readonly RejectedRows[]): string {
  const [cells, rows] = [true, false].map(isCell =>
    rejects.filter(({rule}) => (rule === "cell") === isCell).reduce((sum, reject) => sum + reject.rows, 0)
  );
  const parts = [...(rows ? [several(rows, "row")] : []), ...(cells ? [several(cells, "cell")] : [])];
  return parts.length > 0 ? parts.join(", ") : "nothing";
}

function shown(lines: readonly string[]): string[] {
  return lines.length <= mostShown
    ? [...lines]
    : [...lines.slice(0, mostShown), more(`… and ${lines.length - mostShown} more: canopy loads`)];
}

/** The number and all that is told with it: what failed, emissions, targets, energy. */
export function openingLines({notRenewed, headline, standpoints, energy}: Standing): string[] {
  return [
    ...notRenewedLines(notRenewed),
    ...toldLines("emissions", headline, headlineLines),
    ...toldLines("targets", standpoints, onTrackLines),
    ...toldLines("energy", energy, energyLines)
  ];
}

function energyLines({used, coverage, generation}: Energy): string[] {
  if (coverage.expected === 0) return [label("Energy", "no reads yet")];
  const words = used.map(
    ({energy: name, consumption_kwh, closed_kwh}) =>
      `${name} ${energyText(consumption_kwh)}${closed_kwh === null ? "" : ` (${energyText(closed_kwh)} while closed)`}`
  );
  return [
    label("Energy", `last 12 months: ${words.join("; ")}`),
    ...(generation.generation_kwh === null
      ? []
      : [
          more(
            `own generation ${energyText(generation.generation_kwh)} at ${several(generation.assets, "array")}${generation.self_consumption_kwh === null ? "" : `, ${energyText(generation.self_consumption_kwh)} of it known to be used on site`}; export is taken off nothing`
          )
        ]),
    more(
      `${several(coverage.meters, "meter")} at ${several(coverage.sites, "site")}; ${shareText(coverage.present / coverage.expected)} of half-hours read, ${shareText(coverage.estimated / coverage.expected)} estimated`
    )
  ];
}
