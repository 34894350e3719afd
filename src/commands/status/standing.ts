import type {Config} from "../../council/config.ts";
import {inert} from "../../effects.ts";
import type {HeldFuel} from "../../models/marts/held_fuel.ts";
import type {HeldMeter} from "../../models/marts/held_meters.ts";
import {estateEnergy} from "../../sources/estate-energy.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {countText, energyText, label, longDate, more, several, shareText, shortDate} from "../../wording/counts.ts";
import {type Headline, readHeadline} from "./headline.ts";
import {readStandpoints, type Standpoint} from "./on-track.ts";

const {quietAfterDays} = estateEnergy;

/** How the published marts stand, in numbers that SQL worked out. */
export interface Standing {
  readonly energy: readonly {energy: string; consumption_kwh: number; closed_kwh: number | null}[];
  readonly headline: Headline;
  readonly standpoints: readonly Standpoint[];
  readonly coverage: {sites: number; meters: number; expected: number; present: number; estimated: number};
  readonly rejects: readonly {
    file_name: string;
    rule: string;
    outcome: string;
    rows: number;
    first_row: number | null;
    value: string | null;
  }[];
  readonly refused: readonly {file_name: string; reason: string; difference: string | null}[];
  readonly held: readonly HeldMeter[];
  readonly heldFuel: readonly HeldFuel[];
  readonly unallocated: {transactions: number; quantity_l: number};
  readonly generation: {generation_kwh: number | null; self_consumption_kwh: number | null; assets: number};
  readonly quiet: readonly {meter_point_id: string; site_name: string; energy: string; last_read_date: Date | null}[];
}

/** Reads the standing of a data folder from its published marts, over the last twelve months to the as-of date. */
export async function readStanding(connection: Connection, {ons_code: onsCode}: Config["council"]): Promise<Standing> {
  const recent = "> (select as_of from main.build) - interval 365 days";
  return {
    energy: await connection.rows(
      `select energy, sum(consumption_kwh::decimal(18, 4))::double as consumption_kwh, sum(closed_kwh::decimal(18, 4))::double as closed_kwh
       from marts.site_energy_daily where settlement_date ${recent} group by energy order by energy`
    ),
    headline: await readHeadline(connection, onsCode),
    standpoints: await readStandpoints(connection),
    coverage: await connection.row(
      `select count(distinct site_id)::integer as sites, count(distinct meter_point_id)::integer as meters, coalesce(sum(expected_half_hours), 0)::double as expected,
         coalesce(sum(present_half_hours), 0)::double as present, coalesce(sum(estimated_half_hours), 0)::double as estimated
       from marts.data_coverage where month ${recent}`
    ),
    rejects: await connection.rows(
      `select file_name, rule, r.outcome as outcome, count(*)::integer as rows, min(row_number) as first_row, arg_min(value, row_number) as value
       from marts.rejects r join marts.loads l using (load_id, file_name) where l.withdrawn_because is null
       group by file_name, rule, r.outcome order by file_name, rule`
    ),
    refused: await connection.rows(
      "select file_name, reason, difference from marts.loads where outcome = 'refused' and superseded_by is null and withdrawn_because is null order by load_id"
    ),
    held: await connection.rows("select * from marts.held_meters order by meter_key"),
    heldFuel: await connection.rows("select * from marts.held_fuel order by provider, product_code"),
    unallocated: await connection.row(
      `select coalesce(sum(transactions), 0)::double as transactions, coalesce(sum(quantity), 0)::double as quantity_l
       from marts.fleet_activity where service = 'unallocated' and month ${recent}`
    ),
    generation: await connection.row(
      `select sum(generation_kwh::decimal(18, 4))::double as generation_kwh, sum(self_consumption_kwh::decimal(18, 4))::double as self_consumption_kwh, count(distinct asset_id)::integer as assets
       from marts.renewable_generation where month ${recent}`
    ),
    quiet: await connection.rows(
      `select meter_point_id, site_name, energy, last_read_date from marts.meter_points
       where quiet_days > $1 or (last_read_date is null and (valid_to is null or valid_to >= (select as_of from main.build)))
       order by meter_point_id`,
      [quietAfterDays]
    )
  };
}

const mostShown = 8;

/** The opening of a report: whose figures and up to when. */
export function headingOf({council, asOf}: Pick<Config, "council" | "asOf">): string {
  const estate = council.illustrative === null ? "" : " (an illustrative estate: every reading is invented)";
  return `${inert(council.name)}${estate}, to ${longDate(asOf)}`;
}

/** Meters that are held, under what they have in common. */
function heldLines(
  what: string,
  held: Standing["held"],
  beside: (meter: Standing["held"][number]) => string = () => ""
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
  const setAside = rejects.filter(({outcome}) => outcome === "rejected");
  const mended = rejects.filter(({outcome}) => outcome === "mended");
  const unknown = held.filter(({why}) => why === "not in meter-points.csv");
  const others = held.filter(({why}) => why !== "not in meter-points.csv");
  const totals = (list: typeof rejects) => list.reduce((sum, {rows}) => sum + rows, 0);
  const describe = ({file_name, rule, rows, first_row, value}: (typeof rejects)[number]) =>
    more(
      `${inert(file_name)}: ${rows === 1 ? `row ${first_row ?? "?"}` : `${countText(rows)} from row ${first_row ?? "?"}`}, ${rule}: ${inert(value ?? "")}`
    );
  return [
    label("Rejected", rejectedText(setAside)),
    ...shown(setAside.map(describe)),
    ...(mended.length > 0 ? [label("Mended", several(totals(mended), "row")), ...shown(mended.map(describe))] : []),
    ...(refused.length > 0 ? [label("Refused", several(refused.length, "file"))] : []),
    ...shown(
      refused.flatMap(({file_name, reason, difference}) => [
        more(`${inert(file_name)}: ${inert(reason)}`),
        ...(difference === null ? [] : [more(`  ${inert(difference)}`)])
      ])
    ),
    ...heldLines("not in meter-points.csv, in no total until added", unknown),
    ...heldLines("in no total for another reason", others, ({why}) => `, ${why}`),
    ...(heldFuel.length > 0
      ? [label("Held", `${several(heldFuel.length, "fuel product")} not in fuel-products.csv, in no total until added`)]
      : []),
    ...shown(
      heldFuel.map(({provider, product_code, transactions, quantity_l, file_names}) =>
        more(
          `${inert(provider)} ${inert(product_code)}: ${several(transactions, "drawing")}, ${countText(quantity_l)} l, in ${inert(file_names)}`
        )
      )
    ),
    ...(unallocated.transactions > 0
      ? [
          label(
            "Unplaced",
            `${several(unallocated.transactions, "drawing")} of fuel, ${countText(Math.round(unallocated.quantity_l))} l in the last 12 months: counted, but of no vehicle in vehicles.csv`
          )
        ]
      : []),
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

function rejectedText(rejects: Standing["rejects"]): string {
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

/** Energy and coverage of the last twelve months. */
export function energyLines({energy, coverage, generation}: Standing): string[] {
  if (coverage.expected === 0) return [label("Energy", "no reads yet")];
  const used = energy.map(
    ({energy: name, consumption_kwh, closed_kwh}) =>
      `${name} ${energyText(consumption_kwh)}${closed_kwh === null ? "" : ` (${energyText(closed_kwh)} while closed)`}`
  );
  return [
    label("Energy", `last 12 months: ${used.join("; ")}`),
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
