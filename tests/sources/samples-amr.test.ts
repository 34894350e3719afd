import {existsSync, readdirSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {bringAll} from "../support/bring-all.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {samplePath} from "../support/real-data.ts";

const amr = "02-electricity-amr-csv";
const constructed = `${amr}/constructed`;
const pipeline = `${amr}/energy-sparks-data-pipeline-fixtures`;
const byDay = `${amr}/energy-sparks-fixtures/amr_data-row-per-day`;
const byReading = `${amr}/energy-sparks-fixtures/amr_data-row-per-reading`;
const highlands = `${amr}/energy-sparks-fixtures/amr_highlands`;
const uploads = `${amr}/energy-sparks-fixtures/amr_upload_data_files`;
const gas = "04-gas";
const folders = [constructed, pipeline, byDay, byReading, highlands, uploads, gas];

const hasSamples = folders.every(folder => existsSync(samplePath(folder)));
if (!hasSamples) process.stderr.write(`skipped: tests of sample files, which are not at ${samplePath("")}\n`);

/** What each sample holds: half-hours, how many are estimated, and the sum of its raw cells, added up outside of canopy as decimals. */
interface Expected {
  readonly layout: string;
  readonly rows: number;
  readonly halfHours: number;
  readonly sum: number;
  readonly estimated?: number;
  readonly unit?: string;
  readonly rejects?: readonly string[];
}

const landing: Readonly<Record<string, Expected>> = {
  [`${constructed}/crown_electricity_12h_headers.csv`]: {
    layout: "crown-electricity",
    rows: 1,
    halfHours: 50,
    sum: 311.57
  },
  [`${constructed}/drax_repeated_header_names.csv`]: {layout: "drax-portal-flags", rows: 1, halfHours: 48, sum: 301.71},
  [`${constructed}/edf_historic_with_sep_line.csv`]: {layout: "edf-historic", rows: 1, halfHours: 48, sum: 301.71},
  [`${constructed}/edf_portal_50col.csv`]: {
    layout: "edf-portal-50",
    rows: 4,
    halfHours: 192,
    sum: 1205.91,
    estimated: 2
  },
  [`${constructed}/excel_mangled_mpan.csv`]: {
    layout: "generic1",
    rows: 0,
    halfHours: 0,
    sum: 0,
    rejects: ["meter: 1.6E+12: an MPAN that a spreadsheet has rounded"]
  },
  [`${constructed}/opus_row_per_period.csv`]: {layout: "opus-row-per-period", rows: 50, halfHours: 50, sum: 311.57},
  [`${constructed}/sse_active_reactive_mixed.csv`]: {layout: "sse1", rows: 1, halfHours: 48, sum: 301.71},
  [`${constructed}/stark_portal_9_header_rows.csv`]: {
    layout: "stark-portal",
    rows: 2,
    halfHours: 96,
    sum: 603.42,
    estimated: 48
  },
  [`${pipeline}/cr.csv`]: {layout: "site-meter-day-no-header", rows: 3, halfHours: 144, sum: 893.9},
  [`${pipeline}/cr_empty_lines.csv`]: {layout: "site-meter-day-no-header", rows: 3, halfHours: 144, sum: 893.9},
  [`${pipeline}/highlands.csv`]: {
    layout: "edf-row-per-reading",
    rows: 15,
    halfHours: 15,
    sum: 79.1
  },
  [`${pipeline}/highlands-invalid-character.csv`]: {layout: "edf-row-per-reading", rows: 6, halfHours: 6, sum: 22},
  [`${pipeline}/sheffield_export.csv`]: {layout: "sheffield-no-total", rows: 24, halfHours: 1152, sum: 9829.5513},
  [`${byDay}/all-missing-readings.csv`]: {layout: "site-meter-day", rows: 1, halfHours: 28, sum: 732.199154},
  [`${byDay}/duplicate-rows.csv`]: {
    layout: "site-meter-day",
    rows: 0,
    halfHours: 0,
    sum: 0,
    rejects: [2, 3].map(row => `repeated: row ${row} gives other readings for the same meter and day`)
  },
  [`${byDay}/empty-with-header.csv`]: {layout: "site-meter-day", rows: 0, halfHours: 0, sum: 0},
  [`${byDay}/incomplete-row.csv`]: {
    layout: "site-meter-day",
    rows: 0,
    halfHours: 0,
    sum: 0,
    rejects: ["row shape: 3 cells where 51 belong"]
  },
  [`${byDay}/no-readings.csv`]: {layout: "site-meter-day", rows: 0, halfHours: 0, sum: 0},
  [`${byDay}/some-missing-readings.csv`]: {layout: "site-meter-day", rows: 3, halfHours: 124, sum: 2535.97759},
  [`${byDay}/valid-no-header.csv`]: {layout: "site-meter-day-no-header", rows: 1, halfHours: 48, sum: 901.889218},
  [`${byDay}/valid.csv`]: {layout: "site-meter-day", rows: 1, halfHours: 48, sum: 901.889218},
  [`${byReading}/empty-with-header.csv`]: {layout: "site-meter-day", rows: 0, halfHours: 0, sum: 0},
  [`${byReading}/valid.csv`]: {layout: "edf-row-per-reading", rows: 48, halfHours: 48, sum: 1272.1},
  [`${highlands}/example.csv`]: {layout: "edf-row-per-reading", rows: 480, halfHours: 480, sum: 4468.5, estimated: 48},
  [`${highlands}/example-missing-half-hours.csv`]: {
    layout: "edf-row-per-reading",
    rows: 526,
    halfHours: 526,
    sum: 5385.7,
    estimated: 48
  },
  [`${uploads}/banes-example-file.csv`]: {layout: "banes-coded", rows: 5, halfHours: 240, sum: 1114.429},
  [`${uploads}/banes-bad-example-file.csv`]: {
    layout: "banes-coded",
    rows: 1,
    halfHours: 48,
    sum: 226.103,
    rejects: ["date: KABOOM"]
  },
  [`${uploads}/banes-bad-example-date-file.csv`]: {
    layout: "banes-coded",
    rows: 0,
    halfHours: 0,
    sum: 0,
    rejects: ["date: KABOOM"]
  },
  [`${uploads}/banes-bad-example-missing-data-file.csv`]: {
    layout: "banes-coded",
    rows: 0,
    halfHours: 0,
    sum: 0,
    rejects: ["row total: 226.103 is not the sum, 225.069", "row total: 226.103 is not the sum, 225.069"]
  },
  [`${uploads}/example-highlands-file.csv`]: {layout: "edf-row-per-reading", rows: 48, halfHours: 48, sum: 321.4},
  [`${uploads}/example-sheffield-file.csv`]: {layout: "sheffield-no-total", rows: 2, halfHours: 96, sum: 1099.849},
  [`${uploads}/example-bad-sheffield-file.csv`]: {layout: "sheffield-no-total", rows: 2, halfHours: 96, sum: 1099.849},
  [`${uploads}/with-carriage-return-line-endings.csv`]: {
    layout: "stark-portal",
    rows: 0,
    halfHours: 0,
    sum: 0,
    rejects: [
      "meter: 21000040359999: the check digit of the MPAN does not fit",
      "meter: 21000040359999: the check digit of the MPAN does not fit"
    ]
  },
  [`${uploads}/with-nulls-and-empty-lines.csv`]: {
    layout: "edf-row-per-reading",
    rows: 15,
    halfHours: 15,
    sum: 79.1
  },
  [`${uploads}/with-nulls-empty-lines-invalid-chars.csv`]: {
    layout: "edf-row-per-reading",
    rows: 6,
    halfHours: 6,
    sum: 22
  },
  [`${gas}/ems_gas.cns`]: {layout: "ems-gas-cns", rows: 3, halfHours: 3, sum: 3.5, unit: "m3"},
  [`${gas}/my_sefe_row_utc.csv`]: {layout: "my-sefe-portal", rows: 2, halfHours: 2, sum: 3, unit: "metered"},
  [`${gas}/sefe_per_day_unknown_unit.csv`]: {
    layout: "my-sefe-portal-new",
    rows: 2,
    halfHours: 96,
    sum: 3456,
    unit: "metered"
  },
  [`${gas}/tgp_gas_h2400.csv`]: {layout: "tgp-gas-brief", rows: 1, halfHours: 48, sum: 480}
};

const noHeader = /^these column headings match no known supplier layout/;
const refused: Readonly<Record<string, RegExp>> = {
  [`${constructed}/imserv_link_error_page.csv`]: /^a web page, not delimited text/,
  [`${byDay}/empty.csv`]: /^the file is empty$/,
  [`${byReading}/empty.csv`]: /^the file is empty$/,
  [`${byDay}/empty-msft.csv`]: noHeader,
  [`${byReading}/empty-msft.csv`]: noHeader,
  [`${highlands}/empty.csv`]: noHeader,
  [`${byDay}/malformed.csv`]: /^a quote opened in row 3 never closes$/,
  [`${uploads}/energy_assets_invalid.csv`]: /^a web page, not delimited text/,
  [`${uploads}/not_a_csv.csv`]: /^is not what its name says \(\.csv\): it is a PNG picture$/
};

interface Landed {
  readonly load_id: number;
  readonly unit: string;
  readonly halfHours: number;
  readonly sum: number;
  readonly estimated: number;
}

const nameOf = (path: string) => path.replaceAll("/", "--");

describe.runIf(hasSamples)("the samples of half-hourly files", () => {
  let loads: ReadonlyMap<string, LoadRecord>;
  let landed: readonly Landed[];
  let rejects: readonly {load_id: number; reject: string}[];
  let leave = async () => {};

  /** One folder for all: the same bytes under another name are the same file, and have the same load. */
  beforeAll(async () => {
    const folder = await makeDataFolder(undefined, undefined, finish => {
      leave = finish;
    });
    const canopy = new Canopy(folder);
    const paths = [...Object.keys(landing), ...Object.keys(refused)];
    const files = await Promise.all(paths.map(async path => [nameOf(path), await readFile(samplePath(path))] as const));
    loads = await bringAll(canopy, new Map(files));
    landed = await canopy.live<Landed>(
      `select load_id, unit, sum(bit_count(present))::integer as "halfHours", round(sum(list_sum(quantity)), 6) as sum, sum(bit_count(estimated))::integer as estimated
       from raw.meter_days group by load_id, unit`
    );
    rejects = await canopy.live<{load_id: number; reject: string}>(
      "select load_id, rule || ': ' || value as reject from ops.rejects order by all"
    );
  });
  afterAll(() => leave());

  /** Calorific values are no readings. */
  test("each is told of here", () => {
    const found = folders.flatMap(folder =>
      readdirSync(samplePath(folder))
        .filter(name => /\.(csv|cns)$/.test(name) && name !== "nationalgas_cv.csv")
        .map(name => `${folder}/${name}`)
    );
    expect([...Object.keys(landing), ...Object.keys(refused)].sort()).toEqual(found.sort());
  });

  test.each(Object.entries(landing))("%s lands", (path, expected) => {
    const load = loads.get(nameOf(path));
    expect([load?.reason, load?.layout, load?.rows_landed]).toEqual([null, expected.layout, expected.rows]);
    const {halfHours, sum, estimated = 0, unit = "kWh"} = expected;
    const found = landed.filter(({load_id}) => load_id === load?.load_id);
    expect(found.map(({load_id, ...each}) => each)).toEqual(halfHours === 0 ? [] : [{unit, halfHours, sum, estimated}]);
    expect(rejects.flatMap(({load_id, reject}) => (load_id === load?.load_id ? [reject] : []))).toEqual(
      expected.rejects ?? []
    );
  });

  test.each(Object.entries(refused))("%s is refused", (path, reason) => {
    const load = loads.get(nameOf(path));
    expect([load?.outcome, load?.reads]).toEqual(["refused", 0]);
    expect(load?.reason).toMatch(reason);
  });
});
