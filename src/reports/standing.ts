import type {Config} from "../config.ts";
import {inert} from "../effects.ts";
import {estateEnergy} from "../feeds/estate/estate-energy.ts";
import type {HeldMeter} from "../models/marts/held_meters.ts";
import type {Connection} from "../warehouse/connection.ts";
import {countText, energyText, longDate, several, shareText, shortDate, tonnesText, yearText} from "./words.ts";

const {quietAfterDays} = estateEnergy;

/** How the published marts stand, in numbers that SQL worked out. */
export interface Standing {
  readonly energy: readonly {energy: string; consumption_kwh: number; closed_kwh: number | null}[];
  /** The inventory of whole years and of the year to date, t CO2e: scopes 1 and 2, scope 3 beside, and the same months a year before. */
  readonly emissions: readonly {
    reporting_year: number;
    is_whole_year: boolean;
    scope_1_and_2_t_co2e: number;
    scope_1_t_co2e: number;
    scope_2_t_co2e: number;
    scope_3_t_co2e: number;
    same_months_before_t_co2e: number | null;
    /** Scopes 1 and 2 at the factors of the set before: what would have been reported had the factors not moved. */
    at_factors_before_t_co2e: number | null;
    /** What the change of factors alone adds to them, or takes off. */
    factor_effect_t_co2e: number | null;
    months: number;
    factor_set: number;
    is_provisional: boolean;
  }[];
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
  readonly quiet: readonly {meter_point_id: string; site_name: string; energy: string; last_read_date: Date | null}[];
}

/** Reads the standing of a data folder from its published marts, over the last twelve months to the as-of date. */
export async function readStanding(connection: Connection): Promise<Standing> {
  const recent = "> (select as_of from main.build) - interval 365 days";
  return {
    energy: await connection.rows(
      `select energy, sum(consumption_kwh::decimal(18, 4))::double as consumption_kwh, sum(closed_kwh::decimal(18, 4))::double as closed_kwh
       from marts.site_energy_daily where settlement_date ${recent} group by energy order by energy`
    ),
    emissions: await connection.rows(
      `with months as (
         select m.reporting_year, m.month, m.factor_set, m.is_provisional, m.scope,
           sum(m.emissions_t_co2e::decimal(18, 6)) as t_co2e,
           sum((m.quantity * f.kg_co2e_per_unit / 1000)::decimal(18, 6)) as at_factors_before_t_co2e
         from marts.monthly_emissions m
         left join marts.emission_factors f on f.factor_set = m.factor_set - 1 and f.activity = m.activity and f.unit = m.unit and f.line = m.line
         where m.scope <> 'outside' group by all
       )
       select
         m.reporting_year,
         make_date(m.reporting_year + 1, 3, 31) <= (select as_of from main.build) as is_whole_year,
         coalesce(sum(t_co2e) filter (scope in ('1', '2')), 0)::double as scope_1_and_2_t_co2e,
         coalesce(sum(t_co2e) filter (scope = '1'), 0)::double as scope_1_t_co2e,
         coalesce(sum(t_co2e) filter (scope = '2'), 0)::double as scope_2_t_co2e,
         coalesce(sum(t_co2e) filter (scope = '3'), 0)::double as scope_3_t_co2e,
         (select sum(b.t_co2e) from months b where b.scope in ('1', '2') and b.reporting_year = m.reporting_year - 1
            and exists (select 1 from months c where c.reporting_year = m.reporting_year and c.month = b.month + interval 1 year))::double as same_months_before_t_co2e,
         (sum(at_factors_before_t_co2e) filter (scope in ('1', '2')))::double as at_factors_before_t_co2e,
         (sum(t_co2e - at_factors_before_t_co2e) filter (scope in ('1', '2')))::double as factor_effect_t_co2e,
         count(distinct month)::integer as months,
         any_value(factor_set) as factor_set,
         bool_or(is_provisional) as is_provisional
       from months m group by m.reporting_year order by m.reporting_year desc limit 2`
    ),
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
    quiet: await connection.rows(
      `select meter_point_id, site_name, energy, last_read_date from marts.meter_points
       where quiet_days > $1 or (last_read_date is null and (valid_to is null or valid_to >= (select as_of from main.build)))
       order by meter_point_id`,
      [quietAfterDays]
    )
  };
}

const label = (words: string, text: string) => `${words.padEnd(10)}${text}`;
const more = (text: string) => `${" ".repeat(10)}${text}`;
const mostShown = 8;

/** The opening of a report: whose figures and up to when. */
export function headingOf({council, asOf}: Pick<Config, "council" | "asOf">): string {
  const estate = council.illustrative === null ? "" : " (an illustrative estate: every reading is invented)";
  return `${inert(council.name)}${estate}, to ${longDate(asOf)}`;
}

/** What was rejected, refused or held, and why. */
export function faultLines({rejects, refused, held, quiet}: Standing): string[] {
  const setAside = rejects.filter(({outcome}) => outcome === "rejected");
  const mended = rejects.filter(({outcome}) => outcome === "mended");
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
    ...(held.length > 0
      ? [label("Held", `${several(held.length, "meter")} not in meter-points.csv, in no total until added`)]
      : []),
    ...shown(
      held.map(({meter_key, days, first_date, last_date, file_names}) =>
        more(
          `${inert(meter_key)}: ${several(days, "day")}, ${shortDate(first_date)} to ${shortDate(last_date)}, in ${inert(file_names)}`
        )
      )
    ),
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

/** The number: the last whole reporting year, then the year to date against the same months of the year before. */
export function emissionsLines({emissions}: Standing): string[] {
  const whole = emissions.find(({is_whole_year, months}) => is_whole_year && months === 12);
  const toDate = emissions.find(({is_whole_year}) => !is_whole_year);
  const sets = ({factor_set, is_provisional}: Standing["emissions"][number]) =>
    `${factor_set} factors${is_provisional ? ", provisional" : ""}`;
  return [
    ...(whole
      ? [
          label(
            "Emissions",
            `${yearText(whole.reporting_year)}: ${tonnesText(whole.scope_1_and_2_t_co2e)} CO₂e from these buildings, location-based (${sets(whole)})`
          ),
          more(
            `scope 1 ${tonnesText(whole.scope_1_t_co2e)}, scope 2 ${tonnesText(whole.scope_2_t_co2e)}; upstream, scope 3, ${tonnesText(whole.scope_3_t_co2e)} beside`
          )
        ]
      : []),
    ...(toDate
      ? [
          (whole ? more : (text: string) => label("Emissions", text))(
            `${yearText(toDate.reporting_year)} to date: ${tonnesText(toDate.scope_1_and_2_t_co2e)} in ${several(toDate.months, "month")}${toDate.same_months_before_t_co2e === null ? "" : `, ${tonnesText(toDate.same_months_before_t_co2e)} in the same months before`} (${sets(toDate)})`
          ),
          ...(toDate.at_factors_before_t_co2e === null || toDate.factor_effect_t_co2e === null
            ? []
            : [
                more(
                  `at ${toDate.factor_set - 1} factors it would be ${tonnesText(toDate.at_factors_before_t_co2e)}: the change of factors alone ${toDate.factor_effect_t_co2e < 0 ? "takes off" : "adds"} ${tonnesText(Math.abs(toDate.factor_effect_t_co2e))}, not our doing`
                )
              ])
        ]
      : [])
  ];
}

/** Energy and coverage of the last twelve months. */
export function energyLines({energy, coverage}: Standing): string[] {
  if (coverage.expected === 0) return [label("Energy", "no reads yet")];
  const used = energy.map(
    ({energy: name, consumption_kwh, closed_kwh}) =>
      `${name} ${energyText(consumption_kwh)}${closed_kwh === null ? "" : ` (${energyText(closed_kwh)} while closed)`}`
  );
  return [
    label("Energy", `last 12 months: ${used.join("; ")}`),
    more(
      `${several(coverage.meters, "meter")} at ${several(coverage.sites, "site")}; ${shareText(coverage.present / coverage.expected)} of half-hours read, ${shareText(coverage.estimated / coverage.expected)} estimated`
    )
  ];
}
