import {hasMpanCheckDigit, parseMpan, parseSpid} from "../../domain/meter-points.ts";
import type {Layout} from "../layout.ts";
import {sheetOf} from "../outside.ts";
import {datesIn, isDate} from "./dates.ts";
import type {Guess} from "./guess.ts";
import {isNamed, type NoDraft, type Table, type TableColumn, valuesOf} from "./table.ts";

type Meter = Layout["meter"];

const isMpan = (text: string) => "key" in parseMpan(text);
const isSpid = (text: string) => "key" in parseSpid(text);
const isMprn = (text: string) => /^\d{6,10}$/.test(text);
const isRounded = (text: string) => /^\d(\.\d+)?e\+?1\d$/i.test(text);
const shareOf = (column: TableColumn, is: (text: string) => boolean) => {
  const values = valuesOf(column);
  return values.length === 0 ? 0 : values.filter(is).length / values.length;
};

const mprnNames = /\bmprn?\b|\bmpan\b|mpxn|meter ?point|^column \d+$|m number|supply (no|number|point)/i;
const meterNames = [
  /meter|mpan|mprn|msn/i,
  /serial|supply|channel|point|device/i,
  /site|building|school|premises|location/i,
  /name/i
];
/** Who pays or owns is the same for every meter. */
const ownerNames = /company|customer|client|council|authority|organi[sz]ation|owner|account|group|supplier/i;
const quantityNames = /kwh|consumption|usage|reading|value|quantity|total|cost|type|unit/i;

/** Which column names the meter, and how; or where else it is named. */
export function meterOf(columns: readonly TableColumn[], table: Table, fileName: string): MeterOutside | NoDraft {
  const rounded = columns.find(column => shareOf(column, isRounded) > 0.5);
  if (rounded !== undefined)
    return {
      reason: `the numbers in "${rounded.name}" were rounded by a spreadsheet (${valuesOf(rounded)[0]}): no meter can be known by them. Bring the file as it came, never opened in a spreadsheet`
    };
  return (
    numberedMeter(columns) ??
    meterOutside(table, fileName) ??
    utilityFile(fileName) ??
    namedMeter(columns) ??
    namedAbove(table) ??
    namedSheet(fileName) ??
    unnamedMeter
  );
}

function numberedMeter(columns: readonly TableColumn[]): Guess<Meter> | null {
  const byMpan = columns.find(column => shareOf(column, isMpan) >= 0.5);
  if (byMpan !== undefined) {
    const isMixed = shareOf(byMpan, isMprn) > 0;
    const bad = valuesOf(byMpan).filter(text => !isMpan(text) && !(isMixed && isMprn(text)));
    return {
      part: {column: byMpan.name, kind: isMixed ? "mpxn" : "mpan"},
      found: `in the column "${byMpan.name}": MPANs whose check digits fit${isMixed ? ", and MPRNs" : ""}`,
      undecided:
        bad.length === 0
          ? []
          : [
              `The meter. "${byMpan.name}" holds what is no MPAN, such as ${bad[0]}: such rows will be rejected. Is another column the meter's?`
            ]
    };
  }
  const bySpid = columns.find(column => shareOf(column, isSpid) >= 0.5);
  if (bySpid !== undefined)
    return {
      part: {column: bySpid.name, kind: "spid"},
      found: `in the column "${bySpid.name}": SPIDs of water supplies`,
      undecided: []
    };
  const byMprn = columns.find(column => isNamed(column, mprnNames) && shareOf(column, isMprn) >= 0.8);
  if (byMprn !== undefined)
    return {
      part: {column: byMprn.name, kind: "mprn"},
      found: `in the column "${byMprn.name}": MPRNs of gas meters`,
      undecided: []
    };
  return columns.flatMap(column => withinCells(column) ?? []).at(0) ?? null;
}

const within = /(?<!\d)(\d{13})(?!\d)/;

function withinCells(column: TableColumn): Guess<Meter> | null {
  const isWithin = (text: string) => hasMpanCheckDigit(within.exec(text)?.[1] ?? "");
  if (shareOf(column, isWithin) < 0.5) return null;
  return {
    part: {column: column.name, kind: "mpan", pattern: "(\\d{13})"},
    found: `in the column "${column.name}": the 13 digits of an MPAN, with other words about them`,
    undecided: []
  };
}

function meterOutside({preamble, tables}: Table, fileName: string): MeterOutside | null {
  if (hasMpanCheckDigit(within.exec(fileName)?.[1] ?? ""))
    return {part: {file_name: "(\\d{13})", kind: "mpan"}, found: "an MPAN in the name of the file", undecided: []};
  const line = preamble.find(text => hasMpanCheckDigit(within.exec(text)?.[1] ?? ""));
  if (line === undefined) return null;
  const before = /mpan/i.exec(line)?.[0] ?? "";
  const pattern = before === "" ? "(?<!\\d)(\\d{13})(?!\\d)" : `${before}\\D{0,40}(\\d{13})`;
  if (tables === 1)
    return {part: {preamble: pattern, kind: "mpan"}, found: "an MPAN in the lines above the header", undecided: []};
  return {
    part: {column: "Supply", kind: "mpan"},
    outside: [{name: "Supply", in: "lines above", matches: pattern}],
    found: "an MPAN in the lines above each table",
    undecided: []
  };
}

function namedMeter(columns: readonly TableColumn[]): Guess<Meter> | null {
  const texts = columns.filter(
    column =>
      !column.cells.includes("") &&
      !isNamed(column, quantityNames) &&
      !isNamed(column, ownerNames) &&
      !valuesOf(column).some(text => /^-?\d*\.\d+$/.test(text)) &&
      datesIn(column.cells) === null
  );
  const column = meterNames.map(words => texts.find(each => isNamed(each, words))).find(each => each !== undefined);
  if (column === undefined) return null;
  const [example = ""] = valuesOf(column);
  return {
    part: {column: column.name, kind: "name"},
    found: `by name, in the column "${column.name}", such as "${example}"`,
    undecided: [
      `The meter. No column holds MPANs, MPRNs or SPIDs, so meters are known by the values in "${column.name}". Write them the same way in council/meter-points.csv, under known_as.`
    ]
  };
}

/** Where a meter is named outside the table: what the layout finds there, under the name that its column then has. */
export interface MeterOutside extends Guess<Meter> {
  readonly outside?: Layout["outside"];
}

const writeAlike = "Write them the same way in council/meter-points.csv, under known_as.";

const dayInName =
  "(?:\\d{4}[-_. ]?\\d\\d(?:[-_. ]?\\d\\d)?|\\d\\d[-_. ]?\\d\\d[-_. ]?\\d{4}|(?:\\d\\d?[-_. ]*)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-_. ]*\\d{2,4})";
const utilities = "(?:elec|gas|heat|water|oil)[a-z]*";
/** What is of the meter in such a name: all up to the utility, without a date before or after it. */
const ofUtility = (day: string) => `^(?:${dayInName}[-_. ]+)?(.*${utilities})(?:[-_. ]+${dayInName}.*)${day}\\.[a-z]+$`;
const datedFirst = new RegExp(`^${dayInName}[-_. ]+(.*${utilities})\\.[a-z]+$`, "i");

/** A file for each building and utility, such as "Baths_Electricity_20260112.csv": only its name tells electricity from gas. */
function utilityFile(fileName: string): MeterOutside | null {
  const [name = ""] = fileName.split(" › ");
  const words = (new RegExp(ofUtility(""), "i").exec(name) ?? datedFirst.exec(name))?.[1];
  if (words === undefined || !/[a-z].*[\s_-]/i.test(words)) return null;
  return {
    part: {column: "Meter", kind: "name"},
    outside: [{name: "Meter", in: "file name", matches: ofUtility("?")}],
    found: `by the name of the file, such as "${words}"`,
    undecided: [
      `The meter. No column holds MPANs, MPRNs or SPIDs, and what a file is of stands in its name alone, so a meter is known by that: "${words}". ${writeAlike}`
    ]
  };
}

const aboveName =
  /^"?((?:meter|site|building|premises|supply|location)(?: name)?)"?\s*[:,]\s*"?([^",]*[a-z0-9][^",]*)/i;

/** A line above the table that names the meter or its site. */
function namedAbove({preamble}: Table): MeterOutside | null {
  const [, key, value] = preamble.map(line => aboveName.exec(line)).find(found => found !== null) ?? [];
  if (key === undefined || value === undefined) return null;
  return {
    part: {column: "Meter", kind: "name"},
    outside: [{name: "Meter", in: "lines above", matches: `^"?${key}"?\\s*[:,]\\s*"?([^",]+)`}],
    found: `by name, in the lines above the header, such as "${value.trim()}"`,
    undecided: [
      `The meter. It is known by what stands after "${key}" above the table, such as "${value.trim()}". ${writeAlike}`
    ]
  };
}

const commonSheets =
  /^(sheet|tab|table|data|report|export|results?|half.?hour\w*|hh|readings?|k?wh|energy|consumption)[\s\d._-]*$/i;
const month = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
/** A month, a year, a quarter, a week, alone or with a year. */
const time = new RegExp(
  `^(${month}|q[1-4]|quarter \\d|week \\d+|w\\d+|h[12])?[\\s._'-]*((19|20)?\\d\\d([/_-](19|20)?\\d\\d)?)?$`,
  "i"
);

/** Whether the name of a sheet says nothing of a building: it is a common one, or a time. */
const isOfNoMeter = (sheet: string) => commonSheets.test(sheet) || time.test(sheet) || isDate(sheet);

/** A workbook with a sheet for each building. */
function namedSheet(fileName: string): MeterOutside | null {
  const sheet = sheetOf(fileName);
  if (sheet === "" || isOfNoMeter(sheet)) return null;
  return {
    part: {column: "Meter", kind: "name"},
    outside: [{name: "Meter", in: "sheet name", matches: "^(.+)$"}],
    found: `by the name of the sheet, such as "${sheet}"`,
    undecided: [
      `The meter. The table does not name it, so each sheet is taken for the meter of its name, such as "${sheet}". ${writeAlike}`
    ]
  };
}

const unnamedMeter: Guess<Meter> = {
  part: "given",
  found: "not in the file",
  undecided: [
    "The meter. The file does not name it: bring each file with --meter-point, or put it into a folder of the inbox that is named for the meter."
  ]
};
