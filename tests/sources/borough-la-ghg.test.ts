import {execFile} from "node:child_process";
import {createWriteStream} from "node:fs";
import {mkdtemp, rm, stat, writeFile} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {Readable} from "node:stream";
import {pipeline} from "node:stream/promises";
import {promisify} from "node:util";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {desnzLaGhg, readLaGhg} from "../../src/sources/national-statistics/desnz-la-ghg.ts";
import {ghgHeader, parsed, said, samples} from "./borough-files.ts";

const text = samples["desnz-la-ghg"]?.text ?? "";
const headOf = (head: string) => ({fileName: "x.csv", head});
async function* linesOf(whole: string) {
  yield* whole.split(/\r?\n/);
}

const stockport = [
  "territorial_emissions | LULUCF Net Emissions / Net Emissions: Forest land / CO2 | E08000007 | 2022-01-01 | -2.125 | kt CO2e",
  "emissions_within_influence | LULUCF Net Emissions / Net Emissions: Forest land / CO2 | E08000007 | 2022-01-01 | missing | kt CO2",
  "territorial_emissions | Domestic / Domestic Gas / CH4 | E08000007 | 2022-01-01 | 0.045 | kt CO2e",
  "emissions_within_influence | Domestic / Domestic Gas / CH4 | E08000007 | 2022-01-01 | 0.045 | kt CO2"
];

describe("a release of local authority emissions", () => {
  test("every area, exactly, a net sink below nought, and what is outside an authority's influence missing", () => {
    const {rows, ...file} = parsed(desnzLaGhg, `\ufeff${text}`);
    expect(rows.map(said)).toEqual([
      "territorial_emissions | Domestic / Domestic Gas / CO2 | E06000023 | 2022-01-01 | 280.5 | kt CO2e",
      "emissions_within_influence | Domestic / Domestic Gas / CO2 | E06000023 | 2022-01-01 | 280.5 | kt CO2",
      ...stockport
    ]);
    expect(rows.map(({line}) => line)).toEqual([2, 2, 3, 3, 4, 4]);
    expect(file).toEqual({rejected: [], dropped: 0, records: 6, issued: null});
  });

  test("one area, line by line", async () => {
    const {rows} = await readLaGhg(linesOf(`\ufeff${text}\n`), "E08000007");
    expect(rows.map(said)).toEqual(stockport);
    expect(rows.map(({line}) => line)).toEqual([3, 3, 4, 4]);
  });

  test.each(["CO2", "CO2e"] as const)("the unit within influence is what the heading says: kt %s", unit => {
    const other = text.replace(ghgHeader("CO2"), ghgHeader(unit));
    expect(desnzLaGhg.isOf(headOf(other))).toBe(true);
    expect(new Set(parsed(desnzLaGhg, other).rows.map(row => `${row.series} ${row.unit}`))).toEqual(
      new Set(["territorial_emissions kt CO2e", `emissions_within_influence kt ${unit}`])
    );
  });

  test("columns are found by name, and another unit is another form", () => {
    const moved = text
      .split("\n")
      .map(line => line.replace(/^([^,]*),([^,]*),/, "$2,$1,"))
      .join("\n");
    expect(parsed(desnzLaGhg, moved).rows.map(said)).toEqual(parsed(desnzLaGhg, text).rows.map(said));
    expect(desnzLaGhg.isOf(headOf(text.replace("emissions (kt CO2e)", "emissions (Mt CO2e)")))).toBe(false);
  });

  test.each(["\r", "\r\n"])("line ends %j", end => {
    expect(parsed(desnzLaGhg, text.replaceAll("\n", end)).rows).toEqual(parsed(desnzLaGhg, text).rows);
  });

  test("what cannot be read is rejected by line", () => {
    const bad = text
      .replace("280.5,280.5", "280.5,two hundred")
      .replace("E08000007,2022,LULUCF", "E8000007,2022,LULUCF")
      .concat("\n", text.split("\n")[3] ?? "");
    expect(parsed(desnzLaGhg, bad)).toMatchObject({
      rejected: [
        {line: 2, rule: "a figure is a number or a marker", value: "not shown, it may be personal"},
        {line: 3, rule: "an area has an ONS code", value: "E8000007"},
        {line: 5, rule: "a figure stands once", value: "E08000007 2022-01-01 Domestic / Domestic Gas / CH4"}
      ],
      records: 6
    });
  });

  test("a file cut off in its last row, of another file's headings, or without the area is not believed", async () => {
    expect(() => parsed(desnzLaGhg, text.slice(0, -20))).toThrow(/line 4: the file is cut off/);
    await expect(readLaGhg(linesOf(text.slice(0, -20)), "E06000023")).rejects.toThrow(/cut off/);
    await expect(readLaGhg(linesOf("a,b\n1,2"), "E08000007")).rejects.toThrow(/line 1: not the headings/);
    await expect(readLaGhg(linesOf(text), "E08000010")).rejects.toThrow("no row of E08000010");
    await expect(readLaGhg(linesOf(""), "E08000007")).rejects.toThrow(FeedError);
  });
});

/** As many rows as the release of 2005 to 2023, an area's all over the file: text that is kept as a slice would keep all of it. */
describe("a whole release", () => {
  const years = Array.from({length: 19}, (_, index) => 2005 + index);
  const codes = Array.from({length: 363}, (_, index) => `E08${String(index + 1).padStart(6, "0")}`);
  const kinds = Array.from(
    {length: 81},
    (_, index) => `Sector ${index % 9},Sub-sector number ${index},${["CO2", "CH4", "N2O"][index % 3]}`
  );
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "canopy-ghg-"));
    const rows = function* () {
      yield `\ufeff${ghgHeader("CO2e")}\r\n`;
      for (const year of years)
        for (const [index, kind] of kinds.entries())
          yield codes
            .map(
              code =>
                `England,E92000001,North West,E12000002,Greater Manchester,Somewhere,${code},${year},${kind},${index}.1234567890123456,${index}.1234567890123456,299.5,126.1\r\n`
            )
            .join("");
    };
    await pipeline(Readable.from(rows()), createWriteStream(join(folder, "release.csv")));
  });
  afterAll(() => rm(folder, {recursive: true}));

  test("is read in a heap smaller than it", async () => {
    const path = join(folder, "release.csv");
    expect((await stat(path)).size).toBeGreaterThan(80_000_000);
    const source = new URL("../../src/sources/national-statistics/desnz-la-ghg.ts", import.meta.url).href;
    const script = join(folder, "read.mts");
    await writeFile(
      script,
      `import {createReadStream} from "node:fs";
       import {createInterface} from "node:readline";
       import {readLaGhg} from ${JSON.stringify(source)};
       const input = createReadStream(${JSON.stringify(path)});
       const {rows, rejected} = await readLaGhg(createInterface({input, crlfDelay: Infinity}), "E08000007");
       const hundredths = rows.reduce((sum, {value}) => sum + Number(value.replace(".1234567890123456", "")), 0);
       process.stdout.write(JSON.stringify({rows: rows.length, rejected: rejected.length, whole: hundredths}));`
    );
    const root = new URL("../..", import.meta.url).pathname;
    const {stdout} = await promisify(execFile)(
      process.execPath,
      ["--max-old-space-size=48", "--import", "tsx", script],
      {cwd: root}
    );
    const whole = 2 * years.length * ((80 * 81) / 2);
    expect(JSON.parse(stdout)).toEqual({rows: 2 * years.length * kinds.length, rejected: 0, whole});
  });
});
