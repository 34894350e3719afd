import {rm} from "node:fs/promises";
import {join} from "node:path";
import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {controlLine, drawingLine} from "../sources/keyfuels-file.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Drawing, fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";
import {factorsOf, yearOf} from "./factors-by-hand.ts";

const meaning: Readonly<Record<string, string>> = {
  "018": "diesel",
  "001": "petrol",
  "070": "gas_oil",
  "090": "not_fuel"
};
const products = Object.entries(meaning).map(([code, fuel]) => `keyfuels,${code},${fuel},${fuel},illustrative`);
const vehicles = ["F417,QZ70 ABC,van,highways,diesel,,", "F418,QZ21DEF,car,care,petrol,,2026-06-30"];

async function fleet(): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await writeRows(c.folder, "vehicles.csv", vehicles);
  await writeRows(c.folder, "fuel-products.csv", products);
  return c;
}

const bring = (c: Canopy, name: string, drawings: readonly Drawing[], made: string) =>
  c.bring(name, fuelFile(drawings, made), {feed: "fleet-fuel"});

interface FuelFile {
  readonly made: string;
  readonly drawings: readonly Drawing[];
}

/** Hundredths of a litre by month and product, each drawing as the file made last of those in view tells it. */
function litresOf(files: readonly FuelFile[]): Map<string, number> {
  const newest = new Map<string, Drawing>();
  for (const {drawings} of [...files].sort((one, other) => (one.made < other.made ? -1 : 1)))
    for (const drawing of drawings) newest.set(drawing.id, drawing);
  const litres = new Map<string, number>();
  for (const {at, product, litres: drawn} of newest.values()) {
    const key = `${at.slice(0, 7)} ${meaning[product] ?? `held ${product}`}`;
    litres.set(key, (litres.get(key) ?? 0) + Math.round(drawn * 100));
  }
  return litres;
}

async function expectLitres(c: Canopy, files: readonly FuelFile[]): Promise<void> {
  const should = [...litresOf(files)].filter(([key]) => !/not_fuel|held/.test(key));
  const rows = await c.ask<{key: string; l: number}>(
    "select strftime(month, '%Y-%m') || ' ' || activity as key, sum(quantity::decimal(18, 2))::double as l from marts.fleet_activity group by all"
  );
  expect(new Map(rows.map(({key, l}) => [key, Math.round(l * 100)]))).toEqual(new Map(should));
  const held = [...litresOf(files)].filter(([key]) => key.includes("held")).reduce((sum, [, l]) => sum + l, 0);
  const [{l}] = (await c.ask<{l: number | null}>("select sum(quantity_l)::double as l from marts.held_fuel")) as [
    {l: number | null}
  ];
  expect(Math.round((l ?? 0) * 100)).toBe(held);
  await expectTonnes(c, should);
}

/** Litres by the oracle times the factor of their year's set, line by line, and every litre is in the inventory. */
async function expectTonnes(c: Canopy, litres: readonly (readonly [string, number])[]): Promise<void> {
  const should = new Map<string, number>();
  for (const [key, hundredths] of litres) {
    const [month = "", fuel = ""] = key.split(" ");
    const year = yearOf(month);
    for (const {line, co2e, co2} of factorsOf(year, fuel, "l")) {
      const at = `${year} ${fuel} ${line}`;
      should.set(at, (should.get(at) ?? 0) + (hundredths / 100) * ((co2e ?? co2 ?? 0) / 1000));
    }
  }
  const rows = await c.ask<{key: string; t: number}>(
    "select reporting_year || ' ' || activity || ' ' || line as key, coalesce(emissions_t_co2e, emissions_t_co2) as t from marts.annual_emissions"
  );
  expect(rows.map(({key}) => key).sort()).toEqual([...should.keys()].sort());
  // Each month is held to a millionth of a tonne.
  for (const {key, t} of rows) expect(Math.abs(t - (should.get(key) ?? Number.NaN)), key).toBeLessThan(12e-6);
}

/** Drawn in every file, so that no month and fuel ends below nought. */
const months = ["2025-02", "2025-03", "2025-04", "2026-06"];
const staple: Drawing[] = months.flatMap((month, index) =>
  ["018", "001", "070"].map((product, place) => ({
    id: `90000${index}${place}`,
    at: `${month}-03 08:00:00`,
    registration: "QZ70ABC",
    product,
    litres: 900
  }))
);

const drawing = fc
  .record({
    id: fc.integer({min: 1, max: 14}).map(number => `1000${String(number).padStart(2, "0")}`),
    month: fc.constantFrom(...months),
    day: fc.constantFrom("01", "15", "28"),
    time: fc.constantFrom("00:00:00", "00:30:00", "23:59:59"),
    registration: fc.constantFrom("QZ70ABC", "QZ21 DEF", "SPARE", ""),
    product: fc.constantFrom("018", "018", "001", "070", "090", "077"),
    hundredths: fc.integer({min: -6000, max: 9000})
  })
  .map(
    ({month, day, time, hundredths, ...rest}): Drawing => ({
      ...rest,
      at: `${month}-${day} ${time}`,
      litres: hundredths / 100
    })
  );

const history = fc
  .array(fc.uniqueArray(drawing, {selector: ({id}) => id, minLength: 1, maxLength: 10}), {minLength: 4, maxLength: 4})
  .map(files =>
    files.map(
      (drawings, index): FuelFile => ({
        made: `2026-10-0${index + 1} 02:00:00`,
        drawings: [...staple, ...drawings]
      })
    )
  );

test("random histories: litres by month and fuel, held litres and tonnes are the oracle's, whatever came first, withdrawn and back again", async () => {
  await fc.assert(
    fc.asyncProperty(
      history,
      fc.shuffledSubarray([0, 1, 2, 3], {minLength: 4, maxLength: 4}),
      fc.integer({min: 0, max: 3}),
      async (files, order, out) => {
        const c = await fleet();
        for (const index of order) {
          const {drawings, made} = files[index] as FuelFile;
          const load = await bring(c, `${index}.E01`, drawings, made);
          expect(load).toMatchObject({rows_read: drawings.length, rows_landed: drawings.length});
        }
        await expectLitres(c, files);
        const load = order.indexOf(out) + 1;
        await c.decide(load, "withdrawn", "wrong");
        await expectLitres(
          c,
          files.filter((_, index) => index !== out)
        );
        await c.decide(load, "reinstated", "right after all");
        await expectLitres(c, files);
      }
    ),
    {numRuns: 2, seed: 2026}
  );
});

test("a file of every kind of record: rows read are those landed, doubled and rejected, and each reject has its line", async () => {
  const c = await fleet();
  const rows = [
    {number: "1", date: "2026-06-22"},
    {number: "1", date: "2026-06-22"},
    {number: "2", date: "2026-02-30"},
    {number: "3", time: "24:00:00"},
    {number: "", date: "2026-06-22"},
    {number: "4", product: ""},
    {number: "5", mileage: "0000001"},
    {number: "5", mileage: "0000900"},
    {number: "6", date: "2027-01-01"}
  ];
  const control = controlLine({
    date: "2026-10-23",
    count: "0000009",
    quantity: (9 * 45.12).toFixed(2),
    cost: (9 * 63.17).toFixed(2)
  });
  const load = await c.bring("all.E01", `${[...rows.map(drawingLine), control].join("\n")}\n`, {feed: "fleet-fuel"});
  expect(load).toMatchObject({outcome: "landed", rows_read: 9, rows_landed: 1, rows_duplicate: 1, rows_rejected: 7});
  expect(
    (await c.ask<{row_number: number}>("select row_number from marts.rejects order by 1")).map(row => row.row_number)
  ).toEqual([3, 4, 5, 6, 7, 8, 9]);
  expect(await c.ask("select quantity from marts.fleet_activity")).toEqual([{quantity: 45.12}]);
});

test("where the key is lost nothing goes on until it is given up; then a replay makes the pseudonyms anew; litres never depend on it, and a replay under the same key does nothing", async () => {
  const c = await fleet();
  await bring(c, "all.E01", staple, "2026-10-01 02:00:00");
  const services = "select service, sum(quantity)::double as l from marts.fleet_activity group by 1 order by 1";
  const allocated = [{service: "highways", l: 12 * 900}];
  expect(await c.ask(services)).toEqual(allocated);
  expect(await c.replay()).toEqual([]);
  await rm(join(c.folder, ".keys"), {recursive: true});
  await expect(c.ask(services)).rejects.toThrow("the key of the pseudonyms is gone");
  await expect(c.replay()).rejects.toThrow("the key of the pseudonyms is gone");
  await rm(join(c.folder, "warehouse", "pseudonym-key.sha256"));
  expect(await c.ask(services)).toEqual([{service: "unallocated", l: 12 * 900}]);
  expect(await c.replay()).toMatchObject([{outcome: "landed", rows_landed: 12}]);
  expect(await c.ask(services)).toEqual(allocated);
});

describe("faults that were found by attack", () => {
  test("a fuel file put in the wrong inbox lands all the same, and once however often it is moved", async () => {
    const c = await fleet();
    const text = fuelFile([...staple], "2026-10-01 02:00:00");
    expect(await c.bring("june.E01", text, {feed: "estate-energy"})).toMatchObject({outcome: "landed"});
    const services = "select service, sum(quantity)::double as l from marts.fleet_activity group by 1 order by 1";
    const before = await c.ask(services);
    expect(await c.bring("june.E01", text, {feed: "fleet-fuel"})).toMatchObject({outcome: "landed"});
    expect(await c.ask(services)).toEqual(before);
  });

  test("a month in which more of a fuel is credited than drawn is less than nothing, and builds", async () => {
    const c = await fleet();
    await bring(
      c,
      "credit.E01",
      [{id: "1", at: "2026-05-02 08:00:00", registration: "QZ21DEF", product: "001", litres: -60}],
      "2026-10-01 02:00:00"
    );
    expect(await c.ask("select quantity from marts.fleet_activity")).toEqual([{quantity: -60}]);
  });

  test("a drawing of litres whose pounds are given back is a drawing", async () => {
    const c = await fleet();
    const control = controlLine({
      date: "2026-10-23",
      count: "0000001",
      quantity: "45.12",
      cost: "63.17",
      costSign: "-"
    });
    const load = await c.bring("mixed.E01", `${drawingLine({costSign: "-"})}\n${control}\n`, {feed: "fleet-fuel"});
    expect(load).toMatchObject({outcome: "landed"});
    expect(await c.ask("select quantity from marts.fleet_activity")).toEqual([{quantity: 45.12}]);
  });

  test("a drawing of the year 1899 is rejected and takes nothing out of view", async () => {
    const c = await fleet();
    const drawing = {id: "1", at: "2026-06-22 07:41:12", registration: "QZ70ABC", product: "018", litres: 45};
    await bring(c, "june.E01", [drawing], "2026-07-01 02:00:00");
    await bring(c, "july.E01", [{...drawing, at: "1899-06-22 07:41:12"}], "2026-08-01 02:00:00");
    const load = await c.live<{landed: number; rejected: number}>(
      "select rows_landed::integer as landed, rows_rejected::integer as rejected from ops.loads where load_id = 2"
    );
    expect(load).toEqual([{landed: 0, rejected: 1}]);
  });

  test("litres too many for the warehouse are rejected by line", async () => {
    const c = await fleet();
    const control = controlLine({date: "2026-10-23", count: "0000001", quantity: "99999999999.99", cost: "63.17"});
    const load = await c.bring("huge.E01", `${drawingLine({quantity: "99999999999.99"})}\n${control}\n`, {
      feed: "fleet-fuel"
    });
    expect(load.reason ?? "line 1").toMatch(/line 1/);
  });
});
