import {z} from "zod";
import {toCsv} from "../../domain/csv.ts";
import type {Mart} from "../../models/mart.ts";
import {dataCoverage} from "../../models/marts/data_coverage.ts";
import {meterDays} from "../../models/marts/meter_days.ts";
import {monthlyEmissions} from "../../models/marts/monthly_emissions.ts";
import {siteEnergyDaily} from "../../models/marts/site_energy_daily.ts";
import {siteEnergyMonthly} from "../../models/marts/site_energy_monthly.ts";
import {siteHeatDaily} from "../../models/marts/site_heat_daily.ts";
import {siteHeatMonthly} from "../../models/marts/site_heat_monthly.ts";
import {siteWaterDaily} from "../../models/marts/site_water_daily.ts";
import {siteWaterMonthly} from "../../models/marts/site_water_monthly.ts";
import {readFromMarts, readMart} from "../../models/read-mart.ts";
import {type Contract, csvwOf, readContract, type TableAbout} from "../../publish/site/contracts.ts";
import type {Connection} from "../../warehouse/connection.ts";

/** Of which building and which days something is asked. */
export interface Asked {
  readonly siteId: string;
  readonly first: Date;
  readonly last: Date;
}

/** One table of an answer: its rows as CSV, and what its columns are. */
export interface AnsweredTable {
  readonly name: string;
  readonly description: string;
  readonly rows: number;
  readonly files: readonly {readonly path: string; readonly text: string}[];
}

const ofMonths: readonly Mart[] = [
  dataCoverage,
  siteEnergyMonthly,
  siteWaterMonthly,
  siteHeatMonthly,
  monthlyEmissions
];
const ofDays: readonly Mart[] = [siteEnergyDaily, siteWaterDaily, siteHeatDaily];

/** Every table that has rows of a building and its days, the longest spans first. Months are those that the days touch, whole. */
export async function readTables(connection: Connection, asked: Asked, about: TableAbout): Promise<AnsweredTable[]> {
  const of = (mart: Mart, condition: string) => tableOf(connection, mart, condition, {asked, about});
  const tables = [
    ...(await Promise.all(ofMonths.map(mart => of(mart, "month between date_trunc('month', $2::date) and $3::date")))),
    ...(await Promise.all(ofDays.map(mart => of(mart, "settlement_date between $2::date and $3::date")))),
    await halfHours(connection, {asked, about})
  ];
  return tables.filter(({rows}) => rows > 0);
}

interface Asking {
  readonly asked: Asked;
  readonly about: TableAbout;
}

const valuesOf = ({siteId, first, last}: Asked) => [siteId, isoDay(first), isoDay(last)];
const isoDay = (date: Date) => date.toISOString().slice(0, 10);

async function tableOf(
  connection: Connection,
  mart: Mart,
  condition: string,
  {asked, about}: Asking
): Promise<AnsweredTable> {
  const rows = await readMart(connection, mart, `where site_id = $1 and ${condition} order by all`, valuesOf(asked));
  return written(await readContract(mart), rows, about);
}

const halfHourSchema = meterDays.row
  .pick({meter_point_id: true, energy: true, channel: true, settlement_date: true})
  .extend({settlement_period: z.int(), kwh: z.number(), is_estimated: z.boolean()});

/** The half-hours that are held, a row each: one that is missing has none. */
async function halfHours(connection: Connection, {asked, about}: Asking): Promise<AnsweredTable> {
  const rows = await readFromMarts(
    connection,
    halfHourSchema,
    `select
       meter_point_id, energy, channel, settlement_date, period::integer as settlement_period, kwh[period] as kwh,
       (estimated >> (period - 1)) & 1 = 1 as is_estimated
     from marts.${meterDays.name}, unnest(range(1, periods + 1)) as each(period)
     where site_id = $1 and settlement_date between $2::date and $3::date and (present >> (period - 1)) & 1 = 1
     order by all`,
    valuesOf(asked)
  );
  return written(halfHourContract, rows, about);
}

const required = (
  name: string,
  datatype: Contract["columns"][number]["datatype"],
  description: string,
  unit: string | null = null
) => ({
  name,
  datatype,
  isRequired: true,
  unit,
  description
});

const halfHourContract: Contract = {
  name: "half_hours",
  description: "One row per meter, channel and half-hour that is held. One that is missing has no row; it is not zero.",
  grain: ["meter_point_id", "channel", "settlement_date", "settlement_period"],
  columns: [
    required("meter_point_id", "string", "The meter."),
    required("energy", "string", "What it measures."),
    required("channel", "string", "Import, export, or what plant generates."),
    required("settlement_date", "date", "The day by the British clock."),
    required(
      "settlement_period",
      "integer",
      "The half-hour of the day, the first is 1: days on which the clock changes have 46 or 50."
    ),
    required("kwh", "number", "What was measured in it.", "kWh"),
    required("is_estimated", "boolean", "Whether it was estimated, and not read.")
  ]
};

function written(
  contract: Contract,
  rows: readonly Readonly<Record<string, unknown>>[],
  about: TableAbout
): AnsweredTable {
  const columns = contract.columns.map(({name}) => name);
  const csv = toCsv(
    columns,
    rows.map(row => columns.map(name => row[name]))
  );
  return {
    name: contract.name,
    description: contract.description,
    rows: rows.length,
    files: [
      {path: `${contract.name}.csv`, text: csv},
      {path: `${contract.name}.csv-metadata.json`, text: csvwOf(contract, about)}
    ]
  };
}
