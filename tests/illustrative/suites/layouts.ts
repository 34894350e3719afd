import {basename} from "node:path";
import {expect, test} from "vitest";
import type {Written} from "../written.ts";

/** Files and rows of the layouts that tell of imported energy. */
export function layoutSuite(estate: () => Written): void {
  async function rowOf(name: string, ...words: string[]): Promise<string[]> {
    const {lines} = await estate().file(name);
    return (lines.find(each => words.every(word => each.includes(word))) ?? "").split(",");
  }

  test("a file for each financial year first, then each account's own rhythm", () => {
    const stems = ["portal-", "settlement-", "gas-", "readings-", "flows-", "generation-", "fuel-"];
    const names = estate().paths.map(path => basename(path));
    const counts = stems.map(stem => names.filter(name => name.startsWith(stem)).length);
    // Two accounts begin in January 2020: a file for the rest of that year before those of four years.
    expect(counts).toEqual([4 + 31 + 1, 1 + 4 + 11, 4 + 31, 1 + 4 + 6 + 1, 4 + 11, 4 + 11, 79]);
    expect(names).toContain("settlement-centres-2020-01-to-2020-03.csv");
    expect(names).toContain("gas-estate-2020-04-to-2021-03.csv");
    expect(names).toContain("flows-estate-2026-10.usr");
  });

  test("the portal says when it was made, and its header is line 9", async () => {
    const {lines} = await estate().file("portal-buildings-2024-11.csv");
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

  test("the portal's spring day has no 01:00 to 02:00, its autumn day no second pass", async () => {
    const values = (row: string[]) => row.slice(8);
    const spring = values(await rowOf("portal-buildings-2025-03.csv", ",30/03/25,"));
    const autumn = values(await rowOf("portal-buildings-2025-10.csv", ",26/10/25,"));
    expect(spring.map((text, index) => (text === "" ? index + 1 : 0)).filter(Boolean)).toEqual([3, 4]);
    expect(autumn.filter(text => text !== "")).toHaveLength(48);
  });

  test.each([
    ["settlement-centres-2026-01-to-2026-03.csv", "28-03-2026", 48],
    ["settlement-centres-2026-01-to-2026-03.csv", "29-03-2026", 46],
    ["settlement-centres-2026-10.csv", "25-10-2026", 50]
  ])("settlement columns of %s on %s hold %i reads and then dashes", async (name, date, periods) => {
    const row = (await rowOf(name, `"${date}"`)).map(cell => JSON.parse(cell));
    const dashes = Array.from({length: 50 - periods}, () => "-");
    const [values, flags] = [row.slice(4, 54), row.slice(54)];
    expect(row).toHaveLength(104);
    expect(values.slice(0, periods).every(value => /^\d+\.\d{4}$/.test(value))).toBe(true);
    expect(flags.slice(0, periods).every(flag => flag === "Actual")).toBe(true);
    expect([values.slice(periods), flags.slice(periods)]).toEqual([dashes, dashes]);
  });

  test.each(["gas-estate-2020-04-to-2021-03.csv", "gas-estate-2026-01.csv"])(
    "a gas row of %s states m3 and its own total",
    async name => {
      const {lines} = await estate().file(name);
      for (const line of lines.slice(1).filter(Boolean)) {
        const cells = line.split(",");
        const total = cells.slice(9, 57).reduce((sum, cell) => sum + Number(cell), 0);
        if (Math.abs(Number(cells[8]) - total) > 1e-6 || cells[57] !== "M3") expect(cells).toBe("sound");
      }
    }
  );

  test("period rows follow a title and count to 46 and 50", async () => {
    const autumn = await estate().file("readings-libraries-2026-10.csv");
    const spring = await estate().file("readings-libraries-2025-10-to-2026-03.csv");
    expect(autumn.lines.slice(0, 2)).toEqual(["Half hourly data", "MPANCore,Sett Date,Sett Period,Type,Meter Read"]);
    expect(autumn.lines.filter(line => line.startsWith("1600201802029,25/10/2026"))).toHaveLength(50);
    expect(spring.lines.filter(line => line.startsWith("1600201802029,29/03/2026")).at(-1)).toMatch(
      /^1600201802029,29\/03\/2026,46,AI,\d+\.\d{3}$/
    );
  });
}
