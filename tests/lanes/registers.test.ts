import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {readRegisters} from "../../src/council/registers.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";

const headers = {
  "vehicles.csv": "vehicle_id,registration,kind,service,fuel,valid_from,valid_to",
  "fuel-products.csv": "provider,product_code,product,activity,confirmation",
  "generation-assets.csv":
    "asset_id,site_id,technology,capacity_kw,generation_meter_id,export_meter_point_id,valid_from,valid_to",
  "annual-returns.csv": "reporting_year,emission_source,activity,unit,quantity,used_for,source"
} as const;
type Register = keyof typeof headers;

const good: Readonly<Record<Register, string>> = {
  "vehicles.csv": "F1,QZ70ABC,van,highways,diesel,2024-01-01,2026-01-01",
  "fuel-products.csv": "keyfuels,018,diesel,diesel,illustrative",
  "generation-assets.csv": `PV-1,town-hall,solar,50,GEN-1,${mpans[0]},2024-01-01,2026-01-01`,
  "annual-returns.csv": "2019,fleet,diesel,l,1000,inventory,return"
};
const files = Object.keys(headers) as Register[];

let folder: string;
beforeAll(async () => {
  folder = await makeDataFolder(
    [{id: mpans[0]}, {id: mpans[1], site: "library"}, {id: "GEN-1"}, {id: "GEN-2"}, {id: "9100000001", energy: "gas"}],
    "2026-10-31",
    leave => afterAll(leave)
  );
});

const write = (file: Register, text: string | Uint8Array) => writeFile(join(folder, "council", file), text);

/** How many rows of each new register are read, or why none is. */
async function verdict(): Promise<string> {
  return readRegisters(folder).then(
    ({fleet, generationAssets, annualReturns}) =>
      [fleet.vehicles, fleet.fuelProducts, generationAssets, annualReturns].map(rows => rows.length).join(),
    error => `${(error as Error).name}: ${(error as Error).message.replaceAll(`${folder}/council/`, "")}`
  );
}

const writeAll = (text: (file: Register) => string | Uint8Array) =>
  Promise.all(files.map(file => write(file, text(file))));
const plain = (file: Register) => `${headers[file]}\n${good[file]}\n`;

/** What is said of one row in place of the good one; the other registers are well. */
async function verdictOf(file: Register, ...rows: readonly string[]): Promise<string> {
  await writeAll(plain);
  await write(file, [headers[file], ...rows, ""].join("\n"));
  return verdict();
}

test("a mark, line ends of any system, blank lines, other order and quotes change nothing; only a header is no rows", async () => {
  for (const text of [
    plain,
    (file: Register) => `\ufeff${plain(file)}`,
    (file: Register) => plain(file).replaceAll("\n", "\r\n"),
    (file: Register) => plain(file).replaceAll("\n", "\n\n"),
    (file: Register) => plain(file).trimEnd(),
    (file: Register) => plain(file).replaceAll(/[^,\n]+/g, cell => `"${cell}"`),
    (file: Register) => plain(file).replace(/(.*)\n(.*)\n/, (_, head, row) => `${turned(head)}\n${turned(row)}\n`)
  ]) {
    await writeAll(text);
    expect(await verdict()).toBe("1,1,1,1");
  }
  for (const text of ["", "\n", "\r\n"]) {
    await writeAll(file => `${headers[file]}${text}`);
    expect(await verdict()).toBe("0,0,0,0");
  }
});

const turned = (line: string) => line.split(",").reverse().join();

test("Windows-1252 is read as it was written", async () => {
  await writeAll(plain);
  await write(
    "annual-returns.csv",
    Buffer.from(plain("annual-returns.csv").replace("return\n", "caf\xe9\n"), "latin1")
  );
  expect((await readRegisters(folder)).annualReturns[0]?.source).toBe("café");
});

test("a bad row of any of them is refused by file, row, column and value", async () => {
  const bad: readonly (readonly [Register, from: string, to: string, said: RegExp])[] = [
    ["vehicles.csv", "F1", "=1+1", /^CheckError: vehicles\.csv, row 2, vehicle_id: =1\+1: /],
    ["vehicles.csv", "diesel", "coal", /row 2, fuel: coal: /],
    ["vehicles.csv", "2024-01-01", "01/01/2024", /row 2, valid_from: 01\/01\/2024: /],
    ["vehicles.csv", "2024-01-01", "2024-02-30", /row 2, valid_from: 2024-02-30: /],
    ["vehicles.csv", "2024-01-01", "2027-01-01", /row 2, valid_to: 2026-01-01: valid_to is before valid_from/],
    ["vehicles.csv", "van", "", /row 2, kind: \(nothing\): /],
    ["fuel-products.csv", ",diesel,ill", ",kerosene,ill", /row 2, activity: kerosene: /],
    ["fuel-products.csv", "illustrative", "sure", /row 2, confirmation: sure: /],
    ["fuel-products.csv", "018", "", /row 2, product_code: \(nothing\): /],
    ["generation-assets.csv", "PV-1", "@SUM(A1)", /row 2, asset_id: @SUM\(A1\): /],
    ["generation-assets.csv", "town-hall", "nowhere", /row 2, site_id: nowhere: sites\.csv has no such row/],
    ["generation-assets.csv", "GEN-1", "GEN-9", /row 2, generation_meter_id: GEN-9: meter-points\.csv has no such row/],
    ["generation-assets.csv", mpans[0], "X-1", /row 2, export_meter_point_id: X-1: meter-points\.csv has no such row/],
    ["generation-assets.csv", ",50,", ",0,", /row 2, capacity_kw: 0: /],
    ["generation-assets.csv", ",50,", ",-5,", /row 2, capacity_kw: -5: /],
    ["generation-assets.csv", ",50,", ",5e3,", /row 2, capacity_kw: 5e3: /],
    ["generation-assets.csv", ",50,", `,${"9".repeat(400)},`, /row 2, capacity_kw: 9+: /],
    ["annual-returns.csv", "2019", "2019/20", /row 2, reporting_year: 2019\/20: /],
    ["annual-returns.csv", "2019", "19", /row 2, reporting_year: 19: /],
    ["annual-returns.csv", ",l,", ",litres,", /row 2, unit: litres: /],
    ["annual-returns.csv", ",1000,", ',"1,000",', /row 2, quantity: 1,000: /],
    ["annual-returns.csv", ",1000,", ",1e9,", /row 2, quantity: 1e9: /],
    ["annual-returns.csv", ",1000,", ",NaN,", /row 2, quantity: NaN: /],
    ["annual-returns.csv", ",1000,", ",,", /row 2, quantity: \(nothing\): /],
    ["annual-returns.csv", "inventory", "both", /row 2, used_for: both: /],
    ["annual-returns.csv", ",return", "", /annual-returns\.csv: .*line 2/]
  ];
  for (const [file, from, to, said] of bad)
    expect(await verdictOf(file, good[file].replace(from, to)), `${file} ${to.slice(0, 20)}`).toMatch(said);
});

test("a row that stands twice is refused, and a formula in free text is kept as text", async () => {
  expect(await verdictOf("vehicles.csv", good["vehicles.csv"], "F1,,car,care,petrol,,")).toMatch(
    /vehicles\.csv, row 3: vehicle_id stands twice: F1/
  );
  expect(await verdictOf("fuel-products.csv", good["fuel-products.csv"], "keyfuels,018,x,petrol,confirmed")).toMatch(
    /fuel-products\.csv, row 3: a product of a provider stands twice: keyfuels, 018/
  );
  expect(
    await verdictOf("generation-assets.csv", good["generation-assets.csv"], "PV-2,town-hall,solar,5,GEN-1,,,")
  ).toMatch(/generation-assets\.csv, row 3: generation_meter_id stands twice: GEN-1/);
  expect(
    await verdictOf("annual-returns.csv", good["annual-returns.csv"], "2019,fleet,diesel,t,1,inventory,x")
  ).toMatch(/annual-returns\.csv, row 3: .*stands twice/);
  expect(await verdictOf("annual-returns.csv", "2019,fleet,diesel,l,5,inventory,=cmd|' /C calc'!A0")).toBe("1,1,1,1");
  expect(await verdictOf("annual-returns.csv", "2019,=cmd|' /C calc'!A0,diesel,l,5,inventory,@x")).toMatch(
    /annual-returns\.csv, row 2, emission_source: /
  );
});

test("a header that lacks a column, has another, or is not there is refused in row 1", async () => {
  for (const file of files) {
    await writeAll(plain);
    const [first = ""] = headers[file].split(",");
    await write(file, `${headers[file].replace(`${first},`, "")}\n`);
    expect(await verdict()).toMatch(new RegExp(`${file}, row 1: the header lacks ${first}`));
    await write(file, `${headers[file]},colour\n`);
    expect(await verdict()).toMatch(/row 1: the header has what it should not: colour/);
    await write(file, `${good[file]}\n`);
    expect(await verdict()).toMatch(new RegExp(`${file}, row 1: the header lacks ${first}`));
    await write(file, "");
    expect(await verdict()).toMatch(/row 1: the header lacks/);
    await write(file, Buffer.from(`\ufeff${plain(file)}`, "utf16le"));
    expect(await verdict()).toMatch(/row 1: the header lacks/);
  }
});

describe("faults that were found by attack", () => {
  test("an asset whose generation meter is a gas meter, its own export meter, or of another site, or whose export is another site's, is refused", async () => {
    const taken: string[] = [];
    for (const meters of ["9100000001,", "GEN-1,GEN-1", `${mpans[1]},`, `GEN-1,${mpans[1]}`]) {
      const said = await verdictOf("generation-assets.csv", `PV-1,town-hall,solar,50,${meters},,`);
      if (!said.startsWith("CheckError")) taken.push(meters);
    }
    expect(taken).toEqual([]);
  });

  test("an array may replace another behind the same export meter", async () => {
    expect(
      await verdictOf(
        "generation-assets.csv",
        `PV-1,town-hall,solar,50,GEN-1,${mpans[0]},,2025-01-01`,
        `PV-2,town-hall,solar,80,GEN-2,${mpans[0]},2025-01-02,`
      )
    ).toBe("1,1,2,1");
  });

  test("a return of 400 digits is refused", async () => {
    expect(await verdictOf("annual-returns.csv", `2019,fleet,diesel,l,${"9".repeat(400)},comparison,return`)).toMatch(
      /annual-returns\.csv, row 2, quantity: 9+/
    );
  });

  test("a column that stands twice in a header is refused", async () => {
    await writeAll(plain);
    const header = headers["annual-returns.csv"].replace("quantity,", "quantity,quantity,");
    await write("annual-returns.csv", `${header}\n2019,fleet,diesel,l,1000,7,inventory,return\n`);
    expect(await verdict()).toMatch(/annual-returns\.csv, row 1: .*quantity/);
  });

  test("a provider and a code are told from another two that spell the same with a space between them", async () => {
    expect(
      await verdictOf(
        "fuel-products.csv",
        "key fuels,018,diesel,diesel,illustrative",
        "key,fuels 018,diesel,diesel,illustrative"
      )
    ).toBe("1,2,1,1");
  });

  test("the message of a stray quote in vehicles.csv does not repeat the registration before it", async () => {
    const said = await verdictOf("vehicles.csv", 'F1,QZ70 AB"C,van,highways,diesel,,');
    expect(said).toMatch(/^CheckError: vehicles\.csv.*line 2/);
    expect(said).not.toContain("QZ70");
  });
});
