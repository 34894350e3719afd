import {hasMpanCheckDigit} from "../../domain/meter-points.ts";
import type {RejectedRecord} from "../record-format.ts";
import type {ChargeLine} from "./lines.ts";
import {type Message, part} from "./segments.ts";

/** The meter points a bill names: by their segments MAN, by the serial numbers in them, and on its charge lines. */
export interface MeterNames {
  readonly bySerial: ReadonlyMap<string, string>;
  /** Each once. */
  readonly all: readonly string[];
}

/** Those of the segments MAN, and of the charge lines too unless a MAN is a valid MPAN. */
export function namesOf({segments}: Message, lines: readonly ChargeLine[]): MeterNames {
  const points = segments
    .filter(({code}) => code === "MAN")
    .map(segment => ({
      core: [0, 1, 2]
        .map(component => part(segment, 2, component))
        .join("")
        .replace(/\s/g, ""),
      serial: part(segment, 3, 0)
    }))
    .filter(({core}) => core !== "");
  const bySerial = new Map(points.filter(({serial}) => serial !== "").map(({core, serial}) => [serial, core]));
  const listed = points.map(({core}) => core);
  const onLines = lines.map(({location}) => pointIn(location)).filter(point => point !== null);
  const all = listed.some(hasMpanCheckDigit) ? listed : [...listed, ...onLines];
  return {bySerial, all: [...new Set(all.length > 0 ? all : onLines)]};
}

/** MPAN core, MPRN or SPID in a meter location; null where it is in words. A full MPAN has its top line after the core. */
function pointIn(location: string): string | null {
  if (/^\d{13,21}$/.test(location)) return location.slice(0, 13);
  return /^(\d{6,10}|\d{10}[WS]\d{2})$/.test(location) ? location : null;
}

/**
 * The meter point of a charge line: the one it names, else that of its serial number, else the only one of the bill, else the one the file
 * is said to be of.
 */
export function meterOf(
  {line, location, serial}: ChargeLine,
  {bySerial, all}: MeterNames,
  given: string | null
): {readonly meter: string | null} | RejectedRecord {
  const named = pointIn(location);
  if (named !== null && (all.length === 0 || all.includes(named))) return {meter: named};
  const ofSerial = bySerial.get(serial);
  if (ofSerial !== undefined) return {meter: ofSerial};
  if (named !== null && hasMpanCheckDigit(named)) return {meter: named};
  if (all.length > 1) return {line, rule: "a line of a bill of several meter points says which", value: ""};
  return {meter: all[0] ?? given};
}
