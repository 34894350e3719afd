import {existsSync} from "node:fs";
import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {sigmaReads} from "../../src/sources/meter-portals/sigma-reads.ts";
import {samplePath} from "../support/real-data.ts";

const parsed = (text: string, fileName = "reads kWh.csv") => sigmaReads.parse(text, {fileName, meterPointId: null});

describe("Sigma", () => {
  const sigma = [
    "NPC:,77-1,NPD:,01/04/2026,00:00,10234,4,",
    "NPC:,77-1,NPD:,01/05/2026,00:00,10789.5,4,COM:",
    "NPC:,77-2,NPD:,01/04/2026,9:30,99980,4,COM:",
    "NPC:,77-2,NPD:,02/04/2026,00:00:00,0,39,COM:"
  ].join("\r\n");

  test("each line is a reading, and a reset by hand is an estimated nought", () => {
    const file = parsed(sigma);
    expect(file.rows[0]).toEqual({
      line: 1,
      meter: "77-1",
      serial: null,
      register: "",
      read_at: "2026-04-01 00:00:00",
      value: "10234",
      unit: "kWh",
      status: "actual",
      digits: null
    });
    expect(file.rows.map(({meter, read_at, value, status}) => [meter, read_at, value, status]).slice(1)).toEqual([
      ["77-1", "2026-05-01 00:00:00", "10789.5", "actual"],
      ["77-2", "2026-04-01 09:30:00", "99980", "actual"],
      ["77-2", "2026-04-02 00:00:00", "0", "estimated"]
    ]);
    expect(file).toMatchObject({rejected: [], dropped: 0, records: 4, issued: null});
  });

  test.each([
    ["reads_2026_m3.csv", "m3"],
    ["HCF reads.csv", "hcf"],
    ["site-mwh-2.CSV", "MWh"]
  ])("the unit is in the name of the file: %s", (fileName, unit) => {
    expect(new Set(parsed(sigma, fileName).rows.map(row => row.unit))).toEqual(new Set([unit]));
  });

  test.each(["reads.csv", "reads kWh m3.csv", "kwhs.csv", ""])("without one unit there it is refused: %j", fileName => {
    expect(() => parsed(sigma, fileName)).toThrow(FeedError);
    expect(() => parsed(sigma, fileName)).toThrow("put one of kWh, MWh, GJ, m3, ft3, hcf in its name");
  });

  test.each([
    ["NPC:,77-1,NPD:,31/04/2026,00:00,1,4,COM:", "date", "31/04/2026 00:00"],
    ["NPC:,77-1,NPD:,2026-04-01,00:00,1,4,COM:", "date", "2026-04-01 00:00"],
    ["NPC:,77-1,NPD:,01/04/2026,24:00,1,4,COM:", "date", "01/04/2026 24:00"],
    ["NPC:,77-1,NPD:,01/04/2026,00:00,,4,COM:", "reading", ""],
    ["NPC:,77-1,NPD:,01/04/2026,00:00,-4,4,COM:", "reading", "-4"],
    ['NPC:,77-1,NPD:,01/04/2026,00:00,"1,234",4,COM:', "reading", "1,234"],
    ["NPC:,77-1,NPD:,01/04/2026,00:00,1,12,COM:", "code", "12"],
    ["NPC:,77-1,NPD:,01/04/2026,00:00,1,,COM:", "code", ""],
    ["NPC:,77-1,NPD:,01/04/2026,00:00,5,39,COM:", "reset to another value than 0", "5"],
    ["NPC:,,NPD:,01/04/2026,00:00,1,4,COM:", "meter", ""],
    ["NPC:,77-1,NPX:,01/04/2026,00:00,1,4,COM:", "row shape", "8"],
    ["NPC:,77-1,NPD:,01/04/2026,00:00,1,4,COM:,x", "row shape", "9"],
    ["NPC:,77-1,NPD:,01/04/2026,00:00,1,4", "not committed (COM:)", "77-1"]
  ])("%s is rejected: %s", (line, rule, value) => {
    const file = parsed(`${sigma}\r\n${line}`);
    expect(file.rows).toHaveLength(4);
    expect(file.rejected).toEqual([{line: 5, rule, value}]);
  });

  test("COM: commits the lines above it of its own channel only", () => {
    const text = ["A", "B", "A", "A"].map((channel, at) => `NPC:,${channel},NPD:,0${at + 1}/04/2026,00:00,1,4,`);
    const {rows, rejected} = parsed(`${text.join("\n")}COM:\n`);
    expect(rows.map(({line}) => line)).toEqual([3, 4]);
    expect(rejected.map(({line, rule}) => `${line} ${rule}`)).toEqual([
      "1 not committed (COM:)",
      "2 not committed (COM:)"
    ]);
  });
});

const sample = samplePath("05-bills-edi/team_sigma_non_periodic_reads.csv");
test.runIf(existsSync(sample))("the sample: four readings of two channels, the last a reset", async () => {
  const text = await readFile(sample, "utf8");
  expect(sigmaReads.isOf({fileName: "x.csv", head: text})).toBe(true);
  const {rows, rejected} = parsed(text, "team_sigma_non_periodic_reads_kWh.csv");
  expect(rejected).toEqual([]);
  expect(rows.map(({meter, read_at, value, status}) => `${meter} ${read_at} ${value} ${status}`)).toEqual([
    "1234-2 2019-04-01 00:00:00 10234 actual",
    "1234-2 2019-05-01 00:00:00 10789 actual",
    "999-XYZ 2019-04-01 00:00:00 99980 actual",
    "999-XYZ 2019-04-02 00:00:00 0 estimated"
  ]);
});
