import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {billLines} from "../../src/sources/bill-tables/bill-lines.ts";
import {csvBillElectricity, csvBillGas} from "../../src/sources/bill-tables/csv-bill.ts";
import {frameworkBill} from "../../src/sources/bill-tables/framework-bill.ts";
import type {RecordFormat} from "../../src/sources/record-format.ts";
import {tradacoms} from "../../src/sources/tradacoms/tradacoms.ts";
import {samplePath} from "../support/real-data.ts";

const folder = samplePath("05-bills-edi");
const hasSamples = existsSync(folder);
if (!hasSamples) process.stderr.write(`skipped: tests of sample bills, which are not at ${folder}\n`);

const textOf = (name: string) => readFile(`${folder}/${name}`, "utf8");
const parse = (format: RecordFormat<"bill">, text: string) =>
  format.parse(text, {fileName: "sample", meterPointId: null});

describe.runIf(hasSamples)("the sample bills", () => {
  test.each([
    ["electricity_engie_utlbil.edi", ["tradacoms-utility-bill"]],
    ["gas_engie_utlbil.edi", ["tradacoms-utility-bill"]],
    ["csv_bill_chellow_layout.csv", ["bill-csv-electricity"]],
    ["gas_bgs_bill_lines.csv", ["gas-bill-lines"]],
    ["team_sigma_non_periodic_reads.csv", []]
  ])("%s is known by one format, or none", async (name, names) => {
    const head = await textOf(name);
    const formats = [tradacoms, csvBillElectricity, csvBillGas, billLines, frameworkBill];
    expect(formats.filter(format => format.isOf({fileName: name, head})).map(({name}) => name)).toEqual(names);
  });

  test("electricity by EDI: refused as it is; with its counts mended, a capacity charge of 7.883 kWh is no consumption", async () => {
    const text = await textOf("electricity_engie_utlbil.edi");
    expect(() => parse(tradacoms, text)).toThrow('segment 15: MTR counts "43" segments, and 8 are there');
    const mended = text.replace("MTR=43", "MTR=8").replace("END=425", "END=2");
    const {rows, rejected, dropped, issued} = parse(tradacoms, mended);
    expect([rows, dropped, issued]).toEqual([[], 1, "2023-04-27 14:16:06"]);
    expect(rejected.map(({value}) => value)).toEqual(["7.883 × 9521 or 9521: 87.73", "87.73, 977.32"]);
  });

  test("electricity by EDI: were it the obligation it would be March, to the 31st", async () => {
    const text = await textOf("electricity_engie_utlbil.edi");
    const mended = text
      .replace("MTR=43", "MTR=8")
      .replace("END=425", "END=2")
      .replace("579387", "307660")
      .replace("8773'", "75'");
    expect(parse(tradacoms, mended).rows).toMatchObject([
      {
        bill_id: "engie/2-03185844",
        account: "756697345",
        meter: "2287572747109",
        first_date: "2023-03-01",
        last_date: "2023-03-31",
        quantity: "7.883",
        is_estimated: false,
        net_gbp: "977.32",
        vat_gbp: "9677.12"
      }
    ]);
  });

  const counted = (text: string) =>
    text.replace("MTR=18", "MTR=4").replace("MTR=74", "MTR=3").replace("END=288", "END=5");

  test("gas by EDI: refused as it is; with its counts mended, 831.2 kWh are not 771 m3", async () => {
    const text = await textOf("gas_engie_utlbil.edi");
    expect(() => parse(tradacoms, text)).toThrow('segment 39: MTR counts "18" segments, and 4 are there');
    const {rows, rejected} = parse(tradacoms, counted(text));
    expect(rows).toEqual([]);
    const misconverted = rejected.filter(({value}) => value === "771 × 1.02264 × 39.3 / 3.6, 831.2");
    expect(misconverted.map(({line}) => line)).toEqual([11, 25]);
    expect(rejected.filter(({rule}) => rule.startsWith("file total")).map(({value}) => value)).toEqual([
      "789.56, 1775.44",
      "73498.67, 6.64",
      "32, 2"
    ]);
  });

  test("gas by EDI: with the energy of its 771 m3, 8,607.305 kWh, the bill that comes twice is June once", async () => {
    const text = counted(await textOf("gas_engie_utlbil.edi")).replaceAll("831200:KWH", "8607305:KWH");
    const {rows, dropped} = parse(tradacoms, text);
    expect([rows.length, dropped]).toEqual([1, 1]);
    expect(rows).toMatchObject([
      {
        bill_id: "marsh-gas/7868273476",
        meter: "87614362",
        first_date: "2017-06-01",
        last_date: "2017-06-30",
        quantity: "8607.305",
        is_estimated: true,
        net_gbp: "887.72",
        vat_gbp: "3.32",
        gross_gbp: "891.04"
      }
    ]);
  });

  test("electricity as CSV: 1,229 kWh of which a read is estimated, and 1,203 kWh withdrawn", async () => {
    const {rows, rejected} = parse(csvBillElectricity, await textOf("csv_bill_chellow_layout.csv"));
    expect(rejected).toEqual([]);
    expect(
      rows.map(row => [row.kind, row.first_date, row.last_date, row.quantity, row.is_estimated, row.gross_gbp])
    ).toEqual([
      ["normal", "2026-06-01", "2026-06-30", "1229", true, "300.97"],
      ["withdrawn", "2026-05-01", "2026-05-31", "1203", false, "322.57"]
    ]);
  });

  test("gas by charge line: 12,345 kWh for £462.79 and VAT of £92.56, and a credit of 9,000", async () => {
    const {rows, rejected} = parse(billLines, await textOf("gas_bgs_bill_lines.csv"));
    expect(rejected).toEqual([]);
    expect(rows.map(row => [row.kind, row.bill_id, row.quantity, row.net_gbp, row.vat_gbp, row.gross_gbp])).toEqual([
      ["normal", "bgs/I0001", "12345", "462.79", "92.56", "555.35"],
      ["credit", "bgs/CR0002", "-9000", "-311.04", null, null]
    ]);
  });
});
