import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {hasMpanCheckDigit} from "../../src/domain/meter-points.ts";
import {csv, electricityHeader, frameworkHeader} from "../sources/bills-table-file.ts";
import type {Canopy} from "../support/canopy.ts";

const headers = {
  "meters.csv": "meter_point_id,serial,unit,digits,multiplier,volume_correction,gas_zone,valid_from,valid_to",
  "sub-meters.csv": "meter_point_id,parent_meter_point_id,valid_from,valid_to",
  "virtual-meters.csv": "virtual_meter_id,meter_point_id,share,valid_from,valid_to",
  "market-migrations.csv": "meter_point_id,migrated_on,agent,clock_before,clock_after",
  "unmetered-inventory.csv":
    "meter_point_id,charge_code,switch_regime,items,circuit_watts,burning_hours_a_year,source,valid_from,valid_to"
};

/** Invented MPANs whose check digits fit, by number. */
export function mpanOf(number: number): string {
  const core = `1600000${String(number).padStart(5, "0")}`;
  const digits = Array.from({length: 10}, (_, digit) => `${core}${digit}`);
  return digits.find(hasMpanCheckDigit) ?? "";
}

export type MeteringFile = keyof typeof headers;

/** Writes a register of how meter points are metered: its header and these rows. */
export async function writeMetering(folder: string, file: MeteringFile, rows: readonly string[]): Promise<void> {
  await writeFile(join(folder, "council", file), [headers[file], ...rows, ""].join("\n"));
}

/** What a register of a meter stood at, as a D0010 tells it. */
export interface Dial {
  readonly mpan: string;
  readonly serial?: string;
  readonly register?: string;
  /** British local time, YYYY-MM-DD or with HH:MM. */
  readonly at: string;
  readonly value: number;
  /** R read, E estimated, W withdrawn. */
  readonly type?: string;
}

/** A D0010 made at this time (YYYY-MM-DD HH:MM:SS), a meter for each reading. */
export function flowOfReads(issued: string, reads: readonly Dial[]): string {
  const stamp = issued.replaceAll(/\D/g, "");
  const body = reads.flatMap(({mpan, serial = "K26Z00417", register = "01", at, value, type = "R"}) => [
    `026|${mpan}|V|`,
    `028|${serial}|${type}|`,
    `030|${register}|${at.replaceAll(/\D/g, "").padEnd(14, "0")}|${value.toFixed(1)}|||T|N|`
  ]);
  return [
    `ZHV|0000000077|D0010002|D|TEST|X|CNPY|${stamp}||||OPER|`,
    ...body,
    `ZPT|0000000077|${body.length}||${reads.length}|${stamp}|`,
    ""
  ].join("\r\n");
}

/** A row of electricity bills as CSV. */
export interface Bill {
  readonly mpan: string;
  readonly invoice: string;
  readonly type?: "N" | "F" | "W";
  readonly issued?: string;
  readonly from: string;
  readonly to: string;
  readonly kwh: number;
  readonly read?: "A" | "E";
}

/** Bills as the public bill checker's layout has them, between two reads of one type. */
export function billFile(bills: readonly Bill[]): string {
  const rows = bills.map(({mpan, invoice, type = "N", issued = "", from, to, kwh, read = "A"}) =>
    [type, "ACC1", mpan, invoice, issued, from, to, kwh, "1.00", "0.20", "1.20", "{}"]
      .concat(["S1", mpan, "1", "kWh", "00001", from, "0", read, to, "0", read])
      .join()
  );
  return csv([electricityHeader, ...rows]);
}

/** Rows of a framework's consolidated bill: account, site, meter, invoice, tax date, from, to, read type, quantity and amounts. */
export function frameworkFile(rows: readonly string[], quantity = "kWh"): string {
  return csv([frameworkHeader.replace("kWh", quantity), ...rows]);
}

/** Readings of one channel, as TEAM Sigma's import takes them. */
export function sigmaFile(channel: string, reads: readonly (readonly [date: string, time: string, value: number])[]) {
  return reads.map(([date, time, value]) => `NPC:,${channel},NPD:,${date},${time},${value},4,COM:\r\n`).join("");
}

/** An index export of Meter Portal: meter, kind, unit, then instants and what it stood at. */
export function portalIndexFile(
  meter: string,
  kind: string,
  unit: string,
  reads: readonly (readonly [at: string, value: number])[],
  serial = ""
): string {
  const head = "POS_ID,CUSTOMER_REFERENCE,METER_SERIALNUMBER,METER_TYPE,MODULE_ID,DATEREF,INDEX,MEASUREMENT_UNIT";
  return [head, ...reads.map(([at, value]) => `${meter},C1,${serial},${kind},M1,${at},${value},${unit}`), ""].join(
    "\n"
  );
}

/** Daily calorific values of a zone, as National Gas publishes them. */
export function calorificFile(zone: string, values: readonly (readonly [date: string, value: number])[]): string {
  const dmy = (date: string) => date.split("-").reverse().join("/");
  const rows = values.map(
    ([date, value]) => `${dmy(date)},${dmy(date)},"Calorific Value, LDZ(${zone})",${value},${dmy(date)} 12:00:00,`
  );
  return ["Applicable At,Applicable For,Data Item,Value,Generated Time,Quality Indicator", ...rows, ""].join("\n");
}

/** Half-hours and kWh of a meter point by source, best first: "read pair 48 24". */
export async function sourcesOf(canopy: Canopy, meterPoint: string, where = "true"): Promise<string[]> {
  const rows = await canopy.ask<{source: string; half_hours: number; kwh: number | null}>(
    `select source, sum(half_hours)::integer as half_hours, sum(kwh) as kwh from marts.energy_by_source
     where meter_point_id = '${meterPoint}' and ${where} group by source, rank order by rank`
  );
  return rows.map(({source, half_hours, kwh}) => `${source} ${half_hours} ${kwh ?? "-"}`);
}
