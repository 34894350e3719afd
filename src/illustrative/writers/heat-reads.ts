import {textOf} from "../csv.ts";
import type {HeatRead} from "../water/files.ts";

const MWH_DECIMALS = 3;
const M3_PER_MWH = 43.2;
const CELSIUS = {flow: 71.4, return: 52.1} as const;

/** What a gateway writes of a heat meter: what it stood at, in MWh and m3 of its own water, as each day began; an error of 0 is none. */
export function printHeatReads(meter: string, reads: readonly HeatRead[]): string {
  const header = "Meter;Timestamp;Energy (MWh);Volume (m3);Flow temp (C);Return temp (C);Error";
  const lines = reads.map(({date, mwh}) =>
    [
      ...[meter, `${date} 00:00:00`, mwh.toFixed(MWH_DECIMALS), (mwh * M3_PER_MWH).toFixed(1)],
      ...[CELSIUS.flow.toFixed(1), CELSIUS.return.toFixed(1), 0]
    ].join(";")
  );
  return textOf([header, ...lines], "\n");
}
