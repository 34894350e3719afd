import {basename} from "node:path";
import {describe, expect, test} from "vitest";
import {hasRealData, realPath, samplePath} from "../../support/real-data.ts";
import {type Brought, bringPath} from "./bring.ts";

const folder = "02-electricity-amr-csv";
const [pipeline, uploads] = [
  `${folder}/energy-sparks-data-pipeline-fixtures`,
  `${folder}/energy-sparks-fixtures/amr_upload_data_files`
];
const bringSample = (path: string) => bringPath(samplePath(path), basename(path));
const table = (brought: Brought, part: string) =>
  (brought as Record<string, string>)[part]
    ?.trimEnd()
    .split("\n")
    .map(line => line.split(",")) ?? [];

describe.skipIf(!hasRealData)("real files", () => {
  test.each(["xls", "xlsx"])(
    "half-hours in npower-eon_export.%s add up to the daily totals beside them",
    async ending => {
      const brought = await bringSample(`${pipeline}/npower-eon_export.${ending}`);
      expect(Object.keys(brought as object)).toEqual(["Half Hourly Data With Max Deman"]);
      const [header, ...days] = table(brought, "Half Hourly Data With Max Deman");
      expect(header?.slice(0, 6)).toEqual([
        "mpan",
        "rdate",
        "TotalConsumptionKwh",
        "MaxDemand",
        "colStatuskwh",
        "Kwh1"
      ]);
      expect(days).toHaveLength(450);
      let [total, halfHours] = [0, 0];
      for (const day of days) {
        expect(day[0]).toMatch(/^\d{13}$/);
        expect(day[1]).toMatch(/^2023-05-\d\d$/);
        const sum = day.slice(5).reduce((tenths, cell) => tenths + Math.round(Number(cell) * 10), 0);
        expect(sum).toBe(Math.round(Number(day[2]) * 10));
        total += Math.round(Number(day[2]) * 10);
        halfHours += sum;
      }
      expect([total, halfHours]).toEqual([2_497_966, 2_497_966]);
    }
  );

  test("both kinds of the one export say the same", async () => {
    const [old, now] = await Promise.all(
      ["xls", "xlsx"].map(ending => bringSample(`${pipeline}/npower-eon_export.${ending}`))
    );
    expect(old).toEqual(now);
  });

  test("a workbook without a header", async () => {
    const days = table(await bringSample(`${pipeline}/tgp-electricity_no-header.xlsx`), "Sheet1");
    expect(days).toHaveLength(626);
    expect(new Set(days.map(day => day.length))).toEqual(new Set([55]));
  });

  test("each date of a workbook of dates is the text beside it", async () => {
    const [, ...rows] = table(await bringSample(`${uploads}/date-test.xlsx`), "Sheet1");
    expect(rows).toHaveLength(15);
    for (const [, , read = "", expected = ""] of rows) {
      const said = expected.replace("T", " ").replace("+00:00", "");
      expect(said === read || said === `${read}:00`, `${read} for ${expected}`).toBe(true);
    }
  });

  test("a workbook with a drawing and a stamp for a date", async () => {
    const rows = table(await bringSample(`${uploads}/banes-example-file.xlsx`), "banes-example-file");
    expect(rows).toHaveLength(6);
    expect(rows[1]?.[1]).toBe("2019-11-13 00:00:00");
    expect(rows[0]?.[7]).toBe("[00:30]");
  });

  test.each([
    [`${pipeline}/npower-eon_image.xlsx`, "is not what its name says (.xlsx): it is a JPEG picture"],
    [`${uploads}/not_a_xlsx.xlsx`, "is not what its name says (.xlsx): it is a JPEG picture"],
    [`${uploads}/not_a_csv.csv`, "is not what its name says (.csv): it is a PNG picture"],
    [`${pipeline}/1x1.png`, "a PNG picture, which holds no data that can be read"],
    [
      `${folder}/constructed/imserv_email_with_link.eml`,
      "the message holds a link, not the file: download it from datavision.imserv.com and bring that"
    ]
  ])("%s is refused", async (path, words) => expect(await bringSample(path)).toBe(`refused: ${words}`));

  test.each([
    `${pipeline}/cr.csv`,
    `${uploads}/with-nulls-and-empty-lines.csv`,
    `${folder}/constructed/imserv_link_error_page.csv`
  ])("%s is no container", async path => expect(await bringSample(path)).toBeNull());

  test("a profile's half-hours are headed by the clock, the last by midnight", async () => {
    const rows = table(await bringPath(realPath("profiles/AllProfileClasses.xlsx"), "a.xlsx"), "Profile Class 1");
    const times = rows.slice(1).map(([time]) => time);
    expect([times.length, times[0], times[46], times[47]]).toEqual([48, "00:30", "23:30", "00:00"]);
  });

  test("an hourly year has every hour of it", async () => {
    const brought = await bringPath(realPath("solar/measured_hourly_plants/Almeria.xlsx"), "a.xlsx");
    const hours = table(brought, "Almeria2023")
      .slice(1)
      .map(([stamp]) => stamp);
    const all = Array.from({length: 8760}, (_, hour) =>
      new Date(Date.UTC(2023, 0, 1, hour)).toISOString().slice(0, 19).replace("T", " ")
    );
    expect(hours).toEqual(all);
  });
});
