import {existsSync} from "node:fs";
import {readdir, readFile} from "node:fs/promises";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import type {RecordFile} from "../../src/sources/record-format.ts";
import {samplePath} from "../support/real-data.ts";
import {boroughFormats, parsed, said, samples} from "./borough-files.ts";

const knownBy = (head: string, fileName = "file.csv") =>
  boroughFormats.filter(format => format.isOf({fileName, head})).map(({name}) => name);
const each = boroughFormats.map(format => ({
  format,
  name: format.name,
  text: samples[format.name]?.text ?? "",
  fileName: samples[format.name]?.fileName ?? ""
}));

describe("a file is known by one form alone", () => {
  test.each(each)("$name", ({name, text, fileName}) => {
    expect(knownBy(text, fileName)).toEqual([name]);
    expect(knownBy(`\ufeff\n\n${text}`, fileName)).toEqual([name]);
  });

  test.each(each.filter(({text}) => !text.startsWith("{")))(
    "$name with the ends of lines of an old system",
    ({format, name, text, fileName}) => {
      const old = text.replace(/\r?\n/g, "\r");
      expect(knownBy(old, fileName)).toEqual([name]);
      expect(parsed(format, old, fileName).rows).toEqual(parsed(format, text, fileName).rows);
    }
  );

  test.each([
    ["", "nothing"],
    ["\u0000\u0000", "no text"],
    ["<!doctype html><html><body>Your image cannot be displayed at this time</body></html>", "a page"],
    ["MPAN,Reading Date,00:30\n1600000000010,2026-06-22,1.2\n", "half-hours"],
    ['"a\nb', "an open quote"],
    [
      "ID,Scope,Level 1,Level 2,Level 3,Level 4,Column Text,UOM,GHG/Unit,GHG Conversion Factor 2031\n1,Scope 1,Fuels,,,,,kWh,kg CO2e,0.2\n",
      "conversion factors"
    ]
  ])("%j, %s, by none", head => {
    expect(knownBy(head)).toEqual([]);
  });

  test.each(each)("$name without one of its headings is not, or says so", ({format, text, fileName}) => {
    const renamed = text.replace(
      /area_code|certificate_number|count_point_id|geography_code|code|energy_certificates/gi,
      "thing"
    );
    expect(renamed).not.toBe(text);
    expect(format.isOf({fileName, head: renamed})).toBe(false);
  });
});

/** Nothing is counted that is not there: what a file gives is rows, rejected and passed over. */
function checkFile({rows, rejected, dropped, records}: RecordFile<"observation">): void {
  expect(records).toBe(rows.length + rejected.length + dropped);
  for (const {value, status, line, starts_at} of rows) {
    expect(line).toBeGreaterThan(0);
    expect(starts_at).toMatch(/^\d{4}-\d{2}-01$/);
    if (value === null) expect(["missing", "suppressed"]).toContain(status);
    else expect(value).toMatch(/^-?\d+(\.\d+)?$/);
  }
}

describe("a damaged file", () => {
  const outcome = (one: (typeof each)[number], text: string): RecordFile<"observation"> | null => {
    try {
      return parsed(one.format, text, one.fileName);
    } catch (error) {
      expect(error).toBeInstanceOf(FeedError);
      return null;
    }
  };

  test.each(each)("$name cut off anywhere is an error, or gives only what is whole", one => {
    const whole = new Set(parsed(one.format, one.text, one.fileName).rows.map(said));
    fc.assert(
      fc.property(fc.nat({max: one.text.length}), at => {
        const file = outcome(one, one.text.slice(0, at));
        if (file === null) return;
        checkFile(file);
        const last = file.rows.at(-1)?.line;
        for (const row of file.rows) if (row.line !== last) expect(whole).toContain(said(row));
      }),
      {numRuns: 200}
    );
  });

  test.each(each)("$name with anything anywhere in it is an error, or a file that adds up", one => {
    const junk = fc.constantFrom("\u0000", '"', ",", "\r", "\n", "[x]", "€", "-", "9".repeat(400), "=1+1", "\ufeff");
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat({max: one.text.length}), junk), {minLength: 1, maxLength: 6}), spots => {
        const text = spots.reduce((damaged, [at, what]) => damaged.slice(0, at) + what + damaged.slice(at), one.text);
        const file = outcome(one, text);
        if (file !== null) checkFile(file);
      }),
      {numRuns: 200}
    );
  });
});

const folder = samplePath("09-borough");
const hasSamples = existsSync(folder);
if (!hasSamples) process.stderr.write(`skipped: tests of sample files, which are not at ${folder}\n`);

/** Read off the samples by eye. */
describe.runIf(hasSamples)("the samples", () => {
  const expected: Readonly<Record<string, readonly [string, ...string[]]>> = {
    "desnz_la_ghg_2005_23_head.csv": [
      "desnz-la-ghg",
      "territorial_emissions | Domestic / Domestic Gas / CO2 | E08000007 | 2023-01-01 | 301.123456 | kt CO2e",
      "emissions_within_influence | Domestic / Domestic Gas / CO2 | E08000007 | 2023-01-01 | 301.123456 | kt CO2",
      "territorial_emissions | LULUCF / Net Emissions: Forest land / CO2 | E08000007 | 2023-01-01 | -2.345678 | kt CO2e",
      "emissions_within_influence | LULUCF / Net Emissions: Forest land / CO2 | E08000007 | 2023-01-01 | missing | kt CO2"
    ],
    "dft_aadf_page.json": [
      "dft-average-daily-traffic",
      "average_daily_traffic | cars_and_taxis | count point 6001 | 2024-01-01 | 21033 | vehicles a day",
      "average_daily_traffic | buses_and_coaches | count point 6001 | 2024-01-01 | 410 | vehicles a day",
      "average_daily_traffic | lgvs | count point 6001 | 2024-01-01 | 3300 | vehicles a day",
      "average_daily_traffic | all_hgvs | count point 6001 | 2024-01-01 | 702 | vehicles a day",
      "average_daily_traffic | all_motor_vehicles | count point 6001 | 2024-01-01 | 25641 | vehicles a day"
    ],
    "epc_domestic_search.json": [
      "epc-register-search",
      "energy_certificates_lodged | domestic D | Stockport | 2026-06-01 | 1 | certificates"
    ],
    "epc_export_csv_commercial.csv": [
      "epc-register-export",
      "energy_certificates_lodged | non-domestic D | E09000013 | 2021-03-01 | 1 | certificates",
      "energy_certificates_lodged | non-domestic F | E09000013 | 2013-08-01 | 1 | certificates"
    ],
    "epc_export_csv_dec.csv": [
      "epc-register-export",
      "energy_certificates_lodged | display A | E09000013 | 2021-02-01 | 2 | certificates"
    ],
    "epc_export_csv_domestic.csv": [
      "epc-register-export",
      "energy_certificates_lodged | domestic E | E08000007 | 2021-02-01 | 2 | certificates"
    ],
    "evci_la_sheet_1a_rendered_to_csv.csv": [
      "dft-charging-devices-la",
      ...[62_000, 64_000, 66_000].map(
        (count, quarter) =>
          `public_charging_devices | all speeds | E92000001 | 2025-0${1 + 3 * quarter}-01 | ${count} | devices`
      ),
      ...[180, 191, 203].map(
        (count, quarter) =>
          `public_charging_devices | all speeds | E08000007 | 2025-0${1 + 3 * quarter}-01 | ${count} | devices`
      ),
      ...[0, 1, 2].map(
        quarter => `public_charging_devices | all speeds | E07000000 | 2025-0${1 + 3 * quarter}-01 | missing | devices`
      )
    ],
    "nomis_population.csv": ["nomis-population", "population |  | E08000007 | 2024-01-01 | 303000 | people"],
    "tra8901_rendered_to_csv.csv": [
      "dft-road-traffic-la",
      ...[
        ["E12000002", "33000.1", "36800.3", "28500.2", "32900.8", "35100.4"],
        ["E08000007", "1050.2", "1101.9", "840.3", "975.0", "1040.1"],
        ["E09000001", "missing", "99.1", "60.2", "70.0", "75.3"]
      ].flatMap(([area, ...figures]) =>
        figures.map(
          (figure, index) =>
            `road_traffic | all motor vehicles | ${area} | ${[2012, 2019, 2020, 2021, 2022][index]}-01-01 | ${figure} | million vehicle miles`
        )
      )
    ]
  };

  test.each(Object.entries(expected))("%s", async (name, [format, ...rows]) => {
    const text = (await readFile(`${folder}/${name}`, "utf8")).replace(/^\ufeff/, "");
    expect(knownBy(text, name)).toEqual([format]);
    const form = boroughFormats.find(one => one.name === format);
    const file = form?.parse(text, {fileName: `E08000007 ${name}`, meterPointId: null});
    expect(file?.rows.map(said)).toEqual(rows);
    expect(file).toMatchObject({rejected: [], dropped: 0, records: rows.length});
  });

  test("all others are of no borough statistic", async () => {
    const others = (await readdir(folder)).filter(name => !(name in expected));
    expect(others).toEqual([
      "SOURCE.md",
      "epc_errors.json",
      "epc_export_csv_domestic_rr.csv",
      "ghg_conversion_factors_flat_rendered_to_csv.csv"
    ]);
    for (const name of others) expect(knownBy(await readFile(`${folder}/${name}`, "utf8"), name)).toEqual([]);
  });

  test("renewable electricity of Stockport", async () => {
    const text = await readFile(samplePath("07-renewables/desnz_renewable_la_rendered_to_csv.csv"), "utf8");
    expect(knownBy(text)).toEqual(["desnz-renewable-electricity-la"]);
    const form = boroughFormats.find(({name}) => name === "desnz-renewable-electricity-la");
    const rows = form?.parse(text, {fileName: "LA - Generation, 2024.csv", meterPointId: null}).rows ?? [];
    expect(rows.map(({item, value, status}) => `${item} ${value ?? status}`)).toEqual([
      "Photovoltaics 15234.2",
      "Onshore Wind 0",
      "Hydro 412.7",
      "Anaerobic Digestion suppressed",
      "Offshore Wind 0",
      "Wave/Tidal 0",
      "Sewage Gas suppressed",
      "Landfill Gas 0",
      "Municipal Solid Waste 0",
      "Animal Biomass 0",
      "Plant Biomass suppressed",
      "Cofiring 0",
      "Total 18021.9"
    ]);
  });
});
