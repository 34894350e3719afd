import {readFile} from "node:fs/promises";
import {join} from "node:path";
import fc from "fast-check";
import {expect, test} from "vitest";
import {marts} from "../../src/models/marts/index.ts";
import {publishFigures} from "../../src/publish/figures.ts";
import {publishSite} from "../../src/publish/site.ts";
import {publishTable} from "../../src/publish/tables.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {cdrsAnswer, claimsFile, geotabAnswer, sessionsFile, tankLog, trip} from "../support/fleet-records.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {shellFolder} from "../support/kept-shell.ts";
import {writeRows} from "../support/registers.ts";

/** What names someone: a registration, a card, a token, a device, an employee. */
interface Personal {
  readonly registration: string;
  readonly card: string;
  readonly token: string;
  readonly device: string;
  readonly employee: string;
  readonly driver: string;
}

const letters = (count: number) =>
  fc.array(fc.constantFrom(..."BCDFGHJKLMNPRSTVWX"), {minLength: count, maxLength: count}).map(all => all.join(""));
const digits = (count: number) =>
  fc.array(fc.constantFrom(..."123456789"), {minLength: count, maxLength: count}).map(all => all.join(""));

const personal: fc.Arbitrary<Personal> = fc.record({
  registration: fc.tuple(digits(2), letters(3)).map(([age, last]) => `QZ${age}${last}`),
  card: digits(15).map(rest => `7083${rest}`),
  token: letters(8).map(rest => `TK${rest}`),
  device: letters(7).map(rest => `dv${rest}`),
  employee: digits(7).map(rest => `EM${rest}`),
  driver: letters(9).map(rest => `Zed ${rest}`)
});

const spaced = (registration: string) => `${registration.slice(0, 4)} ${registration.slice(4)}`;

/** Every kind of fleet file, with what is personal in every place that it may stand, right and wrong. */
async function bringAll(c: Canopy, who: Personal): Promise<void> {
  const {registration, card, token, device, employee, driver} = who;
  await writeRows(c.folder, "vehicles.csv", [`F1,${spaced(registration)},van,care,diesel,,`]);
  await writeRows(c.folder, "vehicle-tags.csv", [`F1,${token},,`, `F1,${device},,`]);
  await writeRows(c.folder, "fuel-products.csv", [
    "keyfuels,018,diesel,diesel,illustrative",
    "fuel-portal,DIESEL,diesel,diesel,illustrative",
    "bunkered-tank,DERV,diesel,diesel,illustrative"
  ]);
  const drawing = {id: "700000001", at: "2025-06-22 07:41:12", registration, product: "018", litres: 45};
  const fuel = {feed: "fleet-fuel"};
  await c.bring("cards.E01", fuelFile([drawing], "2025-07-02 02:00:00").replaceAll("7000000000000000017", card), fuel);
  const portal = [
    "Account,Card Number,Registration,Driver,Date,Time,Product,Quantity,Gross",
    `1,${card},${spaced(registration)},${driver},22/06/2025,09:00,DIESEL,40,60.00`,
    `1,${card},${registration},${driver},${registration},09:00,DIESEL,40,60.00`,
    `1,${card},${registration},${driver},22/06/2025,10:00,DIESEL,${driver},60.00`
  ];
  await c.bring("portal.csv", portal.join("\r\n"), fuel);
  await c.bring(
    "yard.csv",
    tankLog([
      {at: "22/06/2025 07:00:00", type: "DISPENSE", vehicle: registration, litres: 20},
      {at: "22/06/2025 07:05:00", type: "DISPENSE", vehicle: driver, litres: registration}
    ]),
    fuel
  );
  const charging = {feed: "ev-charging"};
  await c.bring(
    "cdrs.json",
    cdrsAnswer([{id: "P1", start: "2025-06-22T09:00:00Z", kwh: 9, isHome: true, token}]),
    charging
  );
  const session = {id: "9", point: "CP-1", token, start: "22/06/2025 09:00", kwh: 7};
  await c.bring("sessions.csv", sessionsFile([session, {...session, id: "10", kwh: token}]), charging);
  const journeys = {feed: "journeys"};
  await c.bring("trips.json", geotabAnswer([trip("b1", device, "2025-06-22T09:00:00Z", 12)]), journeys);
  await c.bring(
    "claims.csv",
    claimsFile([
      {employee, date: "22/06/2025", miles: 10, vehicle: `Car ${registration}`, fuel: driver},
      {employee, date: "23/06/2025", miles: 11, to: `1 ${driver} Street`, vehicle: "Car", fuel: "Petrol"},
      {employee, date: "24/06/2025", miles: employee},
      {employee, date: registration, miles: 10}
    ]),
    journeys
  );
  const facts = {registrationNumber: registration, make: "QUILL", fuelType: "DIESEL"};
  await c.bring("dvla.json", JSON.stringify([facts, {...facts, yearOfManufacture: registration}]), {feed: "vehicles"});
}

/** Every row of every mart, and every file that is made of them, as text. */
async function published(c: Canopy): Promise<Map<string, string>> {
  await c.ask("select 1");
  const rows = await withPublished(c.folder, async connection => {
    const texts: [string, string][] = [];
    for (const mart of marts.values()) {
      const held = await connection.rows<{text: string}>(`select m::varchar as text from marts.${mart.name} m`);
      texts.push([`marts.${mart.name}`, held.map(({text}) => text).join("\n")]);
      const files = mart.isOpenData ? await publishTable(connection, mart) : [];
      for (const {path, bytes} of files) texts.push([path, Buffer.from(bytes).toString("latin1")]);
    }
    const site = {
      cacheFolder: shellFolder,
      council: "Test Council",
      isIllustrative: true,
      edition: null,
      onsCode: null,
      asOf: "2026-10-31"
    };
    for (const {path, bytes} of await publishSite(connection, site))
      texts.push([path, Buffer.from(bytes).toString("latin1")]);
    const options = {
      theme: "light",
      width: 960,
      place: "Test Council",
      isIllustrative: true,
      onsCode: null,
      asOf: "Oct 2026"
    } as const;
    for (const {files} of (await publishFigures(connection, options)).figures)
      for (const {path, bytes} of files) texts.push([path, Buffer.from(bytes).toString("latin1")]);
    return texts;
  });
  const database = await readFile(join(c.folder, "warehouse", "published.duckdb"), "latin1");
  return new Map([...rows, ["published.duckdb", database]]);
}

test("no registration, card, token, device, employee or driver is in a mart, a table, a figure or the page's data", async () => {
  await fc.assert(
    fc.asyncProperty(personal, async who => {
      const c = new Canopy(await makeDataFolder());
      await bringAll(c, who);
      const [{loads}] = (await c.ask(
        "select count(*)::integer as loads from marts.loads where outcome = 'landed'"
      )) as [{loads: number}];
      expect(loads).toBe(8);
      expect(await c.ask("select vehicle_id, drawn_l, distance_km, charged_kwh from marts.vehicle_distance")).toEqual([
        {vehicle_id: "F1", drawn_l: 105, distance_km: 12, charged_kwh: 16}
      ]);
      const secrets = [...Object.values(who), spaced(who.registration), who.driver.slice(4)].map(each =>
        each.toLowerCase()
      );
      const found = [...(await published(c))].flatMap(([place, text]) => {
        const plain = text.toLowerCase();
        return secrets.filter(secret => plain.includes(secret)).map(secret => `${secret} in ${place}`);
      });
      expect(found).toEqual([]);
    }),
    {numRuns: 2, seed: 41, endOnFailure: true}
  );
});
