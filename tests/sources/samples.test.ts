import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {isD0036, unfoldD0036} from "../../src/sources/industry-flows/d0036.ts";
import {isKeyfuels, parseKeyfuels} from "../../src/sources/keyfuels/keyfuels.ts";
import {samplePath} from "../support/real-data.ts";

const flows = samplePath("01-electricity-industry-flows");
const keyfuels = samplePath("06-fleet/keyfuels_sample.E01");
const hasSamples = existsSync(flows) && existsSync(keyfuels);
if (!hasSamples) process.stderr.write(`skipped: tests of sample files, which are not at ${samplePath("")}\n`);

const firstLine = (text: string) => text.slice(0, text.indexOf("\n"));
const tenths = (cells: readonly string[]) => cells.reduce((total, cell) => total + Math.round(Number(cell) * 10), 0);

/** Summed over the files by awk, in tenths. */
describe.runIf(hasSamples)("the samples of a D0036", () => {
  test.each([
    ["d0036_normal_48.usr", "20260623", 48, 0, {AI: 6160, RI: 2032}],
    ["d0036_spring_46.usr", "20260329", 46, 0, {AI: 5873, RI: 1917}],
    ["d0036_autumn_50_with_estimates.usr", "20261025", 50, 2, {AI: 6475, RI: 2175}]
  ])("%s", async (name, date, periods, estimates, sums) => {
    const text = await readFile(`${flows}/${name}`, "utf8");
    expect(isD0036(firstLine(text))).toBe(true);
    const {rows, misshapen, issued} = unfoldD0036(text);
    expect({misshapen, issued}).toEqual({misshapen: [], issued: "20260624141613"});
    expect(Object.fromEntries(rows.map(({cells}) => [cells[1], tenths(cells.slice(3, 53))]))).toEqual(sums);
    for (const {cells} of rows) {
      expect([cells[0], cells[2]]).toEqual(["1600000000010", date]);
      expect(cells.slice(3, 53).filter(cell => cell !== "")).toHaveLength(periods);
      expect(cells.slice(53).filter(cell => cell === "E")).toHaveLength(estimates);
    }
  });

  test("a D0010 is not one", async () => {
    expect(isD0036(firstLine(await readFile(`${flows}/d0010_nhh_reads.usr`, "utf8")))).toBe(false);
  });
});

test.runIf(hasSamples)("the sample of Keyfuels: 45.12 litres are left of three drawings", async () => {
  const text = await readFile(keyfuels, "utf8");
  expect(isKeyfuels(firstLine(text))).toBe(true);
  const {transactions, ...file} = parseKeyfuels(text);
  expect(file).toEqual({rejected: [], records: 3, issued: "2026-06-23 02:00:00"});
  expect(transactions.map(({quantity, cost_gbp, is_credit}) => [quantity, cost_gbp, is_credit])).toEqual([
    ["45.12", "63.17", false],
    ["60.00", "84.00", false],
    ["-60.00", "-84.00", true]
  ]);
  expect(transactions.map(({fleet_number, mileage}) => [fleet_number, mileage])).toEqual([
    ["417", 45_210],
    ["418", null],
    ["418", null]
  ]);
});
