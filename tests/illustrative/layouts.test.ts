import {beforeAll, expect, test} from "vitest";
import type {FileBack} from "./reread.ts";
import {type ReadBoth, writeAndReadEstate} from "./written.ts";

let written: ReadBoth;

beforeAll(async () => {
  written = await writeAndReadEstate();
});

function fileNamed(name: string): FileBack {
  const file = written.files.find(each => each.name === name);
  if (!file) throw new Error(`no file: ${name}`);
  return file;
}

function rowOf(name: string, ...words: string[]): string[] {
  const line = fileNamed(name).lines.find(each => words.every(word => each.includes(word)));
  return (line ?? "").split(",");
}

test("four layouts arrive: monthly from the portal and for gas, quarterly else", () => {
  const counts = ["portal-", "settlement-", "gas-", "readings-"].map(
    stem => written.files.filter(file => file.name.startsWith(stem)).length
  );
  expect(counts).toEqual([24 + 1, 8, 24, 8 + 1]);
});

test("the portal says when it was made, and its header is line 9", () => {
  const {lines} = fileNamed("portal-civic-office-2024-11.csv");
  expect(lines.slice(3, 8)).toEqual([
    "From: 01/11/24,,",
    "To: 30/11/24,,",
    "Units: kWh,,",
    "Generated: 02/12/24 07:14,,",
    ""
  ]);
  const header = lines[8]?.split(",") ?? [];
  expect(header.slice(0, 9).join(",")).toBe(
    "Company Name,Site Name,Online Meter Name,MPAN,Meter ID,Type,Est,Date,00:30"
  );
  expect(header.slice(-2)).toEqual(["23:30", "00:00"]);
  expect(header).toHaveLength(56);
});

test("the portal's spring day has no 01:00 to 02:00, its autumn day no second pass", () => {
  const values = (row: string[]) => row.slice(8);
  const spring = values(rowOf("portal-civic-office-2025-03.csv", ",30/03/25,"));
  const autumn = values(rowOf("portal-civic-office-2025-10.csv", ",26/10/25,"));
  expect(spring.map((text, index) => (text === "" ? index + 1 : 0)).filter(Boolean)).toEqual([3, 4]);
  expect(autumn.filter(text => text !== "")).toHaveLength(48);
});

test.each([
  ["settlement-leisure-centre-2026-02-to-2026-04.csv", "28-03-2026", 48],
  ["settlement-leisure-centre-2026-02-to-2026-04.csv", "29-03-2026", 46],
  ["settlement-leisure-centre-2026-08-to-2026-10.csv", "25-10-2026", 50]
])("settlement columns of %s on %s hold %i reads and then dashes", (name, date, periods) => {
  const row = rowOf(name, `"${date}"`).map(cell => JSON.parse(cell));
  const dashes = Array.from({length: 50 - periods}, () => "-");
  const [values, flags] = [row.slice(4, 54), row.slice(54)];
  expect(row).toHaveLength(104);
  expect(values.slice(0, periods).every(value => /^\d+\.\d{4}$/.test(value))).toBe(true);
  expect(flags.slice(0, periods).every(flag => flag === "Actual")).toBe(true);
  expect([values.slice(periods), flags.slice(periods)]).toEqual([dashes, dashes]);
});

test("a gas row states m3 and its own total", () => {
  for (const file of written.files.filter(each => each.name.startsWith("gas-"))) {
    for (const line of file.lines.slice(1).filter(Boolean)) {
      const cells = line.split(",");
      const total = cells.slice(9, 57).reduce((sum, cell) => sum + Number(cell), 0);
      expect(Number(cells[8])).toBeCloseTo(total, 6);
      expect(cells.slice(57)).toEqual(["M3"]);
    }
  }
});

test("period rows follow a title and count to 46 and 50", () => {
  const autumn = fileNamed("readings-library-2026-08-to-2026-10.csv");
  const spring = fileNamed("readings-library-2026-02-to-2026-04.csv");
  expect(autumn.lines.slice(0, 2)).toEqual(["Half hourly data", "MPANCore,Sett Date,Sett Period,Type,Meter Read"]);
  expect(autumn.lines.filter(line => line.includes("25/10/2026"))).toHaveLength(50);
  expect(spring.lines.filter(line => line.includes("29/03/2026")).at(-1)).toMatch(
    /^1600201802029,29\/03\/2026,46,AI,\d+\.\d{3}$/
  );
});
