import {FeedError} from "../../errors.ts";
import type {RegisterRead} from "../kinds.ts";
import type {RecordFormat} from "../record-format.ts";
import {isWallClock} from "../text/dates.ts";
import {isReading} from "../text/decimal.ts";
import {firstLineOf} from "../text/file-start.ts";
import {type Judged, readFile, rejected} from "../text/judged.ts";
import {type RegisterRecord, registerCells, registerRecords} from "./d0010-groups.ts";
import {flowVersion, openFlow} from "./flow-envelope.ts";

const flow = "D0010";

/** The one version whose groups are known: in the first, 029 held the readings. */
const version = "002";

/**
 * What the type of a reading says of it. Readings that nobody took off the dial count as estimated: D deemed, E estimated, O the old supplier's
 * estimate, Q changed by hand by the collector, X agreed between suppliers, and U, V and Y, made for a change of settlement.
 */
const statusOfType: Readonly<Record<string, RegisterRead["status"]>> = {
  ...Object.fromEntries([..."ACFIMPRSTZ"].map(type => [type, "actual"] as const)),
  ...Object.fromEntries([..."DEOQUVXY"].map(type => [type, "estimated"] as const)),
  W: "withdrawn"
};

/**
 * Industry flow D0010: what the registers of non-half-hourly meters stood at, in kWh. Under a meter point (026) stands a meter (028), and under it a
 * reading (030) for each register; two rates are two registers. Times are British local time, midnight as a rule.
 *
 * A reading that failed validation (026 F, or 032 F), that is flagged suspect, or that comes with a reset of maximum demand, which is no energy, is
 * rejected. One that withdraws another is a row whatever its validation, or what it withdraws would stand.
 */
export const d0010: RecordFormat<"read"> = {
  name: "d0010",
  description:
    "Industry flow D0010: register readings of non-half-hourly electricity meters, as collectors and suppliers forward them",
  evidence:
    "Groups 026, 028 and 030 are those of public samples of version 002; reading types, the flag T or F and the reset of maximum demand are as public data models of the flow list them.",
  confirmation: "confirmed",
  feed: "register-reads",
  kind: "read",
  provider: "electricity industry",
  version: 1,
  isOf: start => flowVersion(firstLineOf(start), flow) !== null,
  parse: text => {
    const {issued, body} = openFlow(text, {flow, countedGroup: "026"});
    const found = flowVersion(firstLineOf({head: text}), flow);
    if (found !== version) throw new FeedError(`line 1: a ${flow}${found}: the groups of version ${version} are known`);
    const {readings, childless, unknown} = registerRecords(body);
    const judged = [
      ...readings.map(judgedReading),
      ...childless.map(({line, group}) => rejected(line, "no reading", group)),
      ...unknown.map(({line, group}) => rejected(line, "record group", group))
    ];
    return readFile(
      judged.sort((a, b) => a.line - b.line),
      wallClockOf(issued)
    );
  }
};

function judgedReading(record: RegisterRecord): Judged {
  const cells = registerCells(record);
  const {line} = record.reading;
  const broken = brokenRule(cells);
  if (broken !== null) return rejected(line, ...broken);
  return {
    line,
    meter: cells.mpan,
    serial: cells.serial,
    register: cells.register,
    read_at: wallClockOf(cells.at),
    value: cells.value,
    unit: "kWh",
    status: statusOfType[cells.type] ?? "estimated",
    digits: null
  };
}

/** The first rule that a reading breaks, and the value that breaks it. */
function brokenRule(cells: ReturnType<typeof registerCells>): readonly [string, string] | null {
  const {mpan, validation, serial, type, at, value, flag, isDemand, failure} = cells;
  if (mpan === "") return ["meter", ""];
  if (serial === "") return ["serial number", ""];
  if (!Object.hasOwn(statusOfType, type)) return ["reading type", type];
  if (!/^\d{14}$/.test(at) || !isWallClock(wallClockOf(at))) return ["date", at];
  if (!isReading(value)) return ["reading", value];
  if (type === "W") return null;
  if (validation === "F") return ["failed validation", validation];
  if (validation !== "V" && validation !== "U") return ["validation status", validation];
  if (failure !== null) return ["failed validation", failure];
  if (flag === "F") return ["suspect reading", flag];
  if (flag !== "T" && flag !== "") return ["reading flag", flag];
  return isDemand ? ["maximum demand", value] : null;
}

/** YYYYMMDDHHMMSS as `YYYY-MM-DD HH:MM:SS`. */
function wallClockOf(stamp: string): string {
  return stamp.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3 $4:$5:$6");
}
