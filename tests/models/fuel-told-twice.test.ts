import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Drawing, fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";

/** The same drawings by a card file and by a portal's export count once, and are said; what only looks alike counts. */
const drawing = (id: string, at: string, registration: string, litres: number): Drawing => ({
  ...{id, at, registration, litres},
  product: "018"
});
const [van, car, credit] = [
  drawing("100000001", "2026-06-02 07:41:12", "QZ70ABC", 61.25),
  drawing("100000002", "2026-06-03 16:05:00", "QZ21DEF", 40.5),
  drawing("100000003", "2026-06-04 09:00:00", "QZ21DEF", -10)
];

const portal = (rows: readonly string[]) =>
  ["Transaction Date,Transaction Time,Registration,Product,Quantity,Gross", ...rows, ""].join("\n");

async function fleet(): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await writeRows(c.folder, "vehicles.csv", ["F417,QZ70 ABC,van,highways,diesel,,", "F418,QZ21DEF,car,care,diesel,,"]);
  await writeRows(c.folder, "fuel-products.csv", [
    "keyfuels,018,diesel,diesel,illustrative",
    "fuel-portal,DIESEL,diesel,diesel,illustrative"
  ]);
  return c;
}

const bringCards = (c: Canopy) =>
  c.bring("cards.e01", fuelFile([van, car, credit], "2026-07-01 07:00:00"), {feed: "fleet-fuel"});
const bringPortal = (c: Canopy, rows: readonly string[]) => c.bring("portal.csv", portal(rows), {feed: "fleet-fuel"});
const litres = async (c: Canopy) =>
  (await c.ask<{l: number}>("select sum(quantity) as l from marts.fleet_activity"))[0]?.l;
const twice = (c: Canopy) =>
  c.ask("select provider, first_provider, transactions, quantity_l from marts.fuel_told_twice order by 1");

const timed = [
  "02/06/2026,07:41,QZ70 ABC,Diesel,61.25,85.75",
  "03/06/2026,16:05:00,QZ21DEF,Diesel,40.50,56.70",
  "04/06/2026,09:00:00,QZ21DEF,Diesel,-10.00,-14.00"
];

describe("two providers tell the same", () => {
  test.each([
    ["with their times", timed],
    ["with midnight for a time", timed.map(row => row.replace(/,\d\d:\d\d(:\d\d)?,/, ",00:00,"))],
    ["in another order", [...timed].reverse()]
  ])("%s: counted once, as the first tells it", async (_what, rows) => {
    const c = await fleet();
    await bringCards(c);
    expect(await litres(c)).toBe(91.75);
    await bringPortal(c, rows);
    expect(await litres(c)).toBe(91.75);
    expect(await twice(c)).toEqual([
      {provider: "fuel-portal", first_provider: "keyfuels", transactions: 3, quantity_l: 91.75}
    ]);
  });

  test("the portal first: the cards' are left out, and count when the portal's are withdrawn", async () => {
    const c = await fleet();
    const first = await bringPortal(c, timed);
    await bringCards(c);
    expect(await litres(c)).toBe(91.75);
    expect(await twice(c)).toMatchObject([{provider: "keyfuels", first_provider: "fuel-portal"}]);
    await c.decide(first.load_id, "withdrawn", "the cards' files are enough");
    expect(await litres(c)).toBe(91.75);
    expect(await twice(c)).toEqual([]);
  });
});

describe("what only looks alike", () => {
  test.each([
    ["another vehicle", "02/06/2026,07:41,QZ21DEF,Diesel,61.25,85.75", 153],
    ["another time", "02/06/2026,18:20,QZ70 ABC,Diesel,61.25,85.75", 153],
    ["other litres", "02/06/2026,07:41,QZ70 ABC,Diesel,60,84.00", 151.75],
    ["another day", "12/06/2026,07:41,QZ70 ABC,Diesel,61.25,85.75", 153]
  ])("%s counts", async (_what, row, total) => {
    const c = await fleet();
    await bringCards(c);
    await bringPortal(c, [row]);
    expect(await litres(c)).toBe(total);
    expect(await twice(c)).toEqual([]);
  });

  test("one provider's two drawings of one day and size are two", async () => {
    const c = await fleet();
    await bringCards(c);
    await bringPortal(c, [timed[0] ?? "", timed[0]?.replace("07:41", "18:20") ?? ""]);
    expect(await litres(c)).toBe(153);
    expect(await twice(c)).toMatchObject([{transactions: 1, quantity_l: 61.25}]);
  });
});
