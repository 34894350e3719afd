import {existsSync, readFileSync} from "node:fs";
import {describe, expect, test} from "vitest";
import {cellsOf} from "../../src/domain/csv.ts";
import {columnsOf, type Layout} from "../../src/layouts/layout.ts";
import {readLayouts} from "../../src/layouts/library.ts";
import {recognise} from "../../src/layouts/recognise.ts";
import {samplePath} from "../support/real-data.ts";

const path = samplePath("02-electricity-amr-csv/amr_feed_configs.json");
const hasSamples = existsSync(path);
if (!hasSamples) process.stderr.write(`skipped: tests of public mappings, which are not at ${path}\n`);

/** What a public mapping says of one feed's files. */
interface Mapping {
  readonly identifier: string;
  readonly header_example: string;
  readonly number_of_header_rows: number;
  readonly mpan_mprn_field?: string;
  readonly msn_field?: string;
  readonly reading_date_field: string;
  readonly reading_time_field?: string;
  readonly period_field?: string;
  readonly reading_fields: readonly string[];
  readonly date_format: string;
  readonly total_field?: string;
  readonly lookup_by_serial_number?: boolean;
  readonly row_per_reading?: boolean;
  readonly enabled?: boolean;
  readonly source_type?: string;
}

const {configs = [], pre_2020_seeds: seeds = []} = hasSamples
  ? (JSON.parse(readFileSync(path, "utf8")) as {configs: Mapping[]; pre_2020_seeds: Mapping[]})
  : {};
const mappings = [...configs, ...seeds].filter(({enabled, source_type}) => enabled !== false && source_type !== "api");

const all = await readLayouts(null);
const layouts = [...all.values()].filter(({unfold}) => unfold === undefined);

/** Feeds without a header row: their columns are known by their place. */
const headless = ["siemens", "clarity-reporting", "eft-solar", "asl-centrica-solar"];

/** Where canopy does not follow a mapping: one kept its order when the header changed, one names HH8 twice, the second time for HH48. */
const misread = ["imserv-datavision", "brook-green-electricity"];

function mappingNamed(identifier: string): Mapping {
  const found = mappings.find(each => each.identifier === identifier);
  if (found === undefined) throw new Error(`no mapping: ${identifier}`);
  return found;
}

const plain = (name: string) => name.replaceAll('"', "").replace(/\s+/g, " ").trim().toLowerCase();
const cellsIn = (header: string) => cellsOf(header, ",").map(plain);

function layoutOf({identifier, header_example}: Mapping): Layout {
  if (headless.includes(identifier)) {
    const layout = all.get(identifier);
    if (layout === undefined) throw new Error(`no layout: ${identifier}`);
    return layout;
  }
  const found = recognise(() => [{cells: cellsOf(header_example, ","), line: 1}], layouts);
  if ("reason" in found) throw new Error(`${found.reason}: ${found.difference}`);
  return found.columns;
}

describe.runIf(hasSamples)("the public mappings of half-hourly files", () => {
  test("there are 63 of files in use, and three seeds", () => expect(mappings).toHaveLength(66));

  test.each(mappings.map(mapping => [mapping.identifier, mapping] as const))("%s", (identifier, mapping) => {
    const layout = layoutOf(mapping);
    const columns = columnsOf(layout);
    expect(columns.map(({name}) => plain(name).replace(/^not of the layout: /, ""))).toEqual(
      cellsIn(mapping.header_example)
    );
    expect(plain(layout.date.column)).toBe(plain(mapping.reading_date_field));
    const meter = mapping.lookup_by_serial_number ? mapping.msn_field : mapping.mpan_mprn_field;
    expect(typeof layout.meter === "object" && "column" in layout.meter && plain(layout.meter.column)).toBe(
      plain(meter ?? "")
    );
    if (mapping.date_format !== "n/a")
      expect(layout.date.formats).toContain(
        mapping.date_format.replaceAll('"', "").replace("%e", "%d").replace("00:00:00", "%H:%M:%S")
      );
    const {shape} = layout;
    expect(shape.rows).toBe(mapping.row_per_reading ? "reading" : "day");
    const quantities =
      shape.rows === "reading"
        ? [shape.quantity]
        : columns.filter(({holds}) => holds === "quantity").map(({name}) => name);
    if (!misread.includes(identifier))
      expect(quantities.map(plain).slice(0, mapping.reading_fields.length)).toEqual(mapping.reading_fields.map(plain));
    if (shape.rows === "reading") {
      const placed =
        "period" in shape.placed_by
          ? shape.placed_by.period
          : "stamp" in shape.placed_by
            ? (shape.placed_by.time ?? null)
            : null;
      expect(placed).toBe(mapping.period_field ?? mapping.reading_time_field ?? null);
    }
  });

  test("the two that are not followed are wrong", () => {
    const fieldsOf = (identifier: string) => mappingNamed(identifier).reading_fields;
    expect([fieldsOf("imserv-datavision")[0], fieldsOf("imserv-datavision")[47]]).toEqual(["00:00", "23:30"]);
    const [first, last] = columnsOf(layoutOf(mappingNamed("imserv-datavision")))
      .filter(({holds}) => holds === "quantity")
      .filter(({halfHour}) => halfHour === 1 || halfHour === 48);
    expect([first?.name, last?.name]).toEqual(["00:30", "00:00"]);
    expect(fieldsOf("brook-green-electricity").filter(name => name === "HH8")).toHaveLength(2);
  });
});
