import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Cdr, cdrsAnswer, type Session, sessionsFile} from "../support/fleet-records.ts";
import {writeRows} from "../support/registers.ts";

const vehicles = ["F501,QZ71EVA,van,care,electric,,", "F502,QZ72EVB,van,highways,electric,,"];
const tags = ["F501,TOK-1,,", "F502,TOK-2,2025-06-10,"];
const places = ["YARD-1,depot,town-hall,site plan", "LOC-P,public,,operator's list", "LOC-R,resold,,contract"];

async function council(): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await writeRows(c.folder, "vehicles.csv", vehicles);
  await writeRows(c.folder, "vehicle-tags.csv", tags);
  await writeRows(c.folder, "charging-places.csv", places);
  return c;
}

const bring = (c: Canopy, name: string, cdrs: readonly Cdr[]) => c.bring(name, cdrsAnswer(cdrs), {feed: "ev-charging"});
const bringSessions = (c: Canopy, name: string, sessions: readonly Session[]) =>
  c.bring(name, sessionsFile(sessions), {feed: "ev-charging"});

const charged = (c: Canopy) =>
  c.ask(
    "select strftime(month, '%Y-%m') as month, place, service, energy_kwh as kwh, credited_kwh as credited, sessions, vehicles, is_counted as counted from marts.vehicle_charging order by all"
  );

const inventory = (c: Canopy) =>
  c.ask(
    "select scope, line, quantity as kwh, round(coalesce(emissions_t_co2e, emissions_t_co2), 6) as t from marts.annual_emissions where emission_source = 'fleet charging away from depots' order by scope, line"
  );

describe("electricity charged into the council's vehicles", () => {
  test("in public and at home it is counted, at a depot and to others it is shown, and where is not said it is held", async () => {
    const c = await council();
    await bring(c, "june.json", [
      {id: "A1", start: "2025-06-12T09:00:00Z", kwh: 60, location: "LOC-P"},
      {id: "A2", start: "2025-06-13T19:00:00Z", kwh: 40, isHome: true, token: "TOK-2"},
      {id: "A3", start: "2025-06-13T19:00:00Z", kwh: 25, location: "yard-1"},
      {id: "A4", start: "2025-06-14T19:00:00Z", kwh: 9, location: "LOC-R", token: "SOMEONE"},
      {id: "A5", start: "2025-06-14T19:00:00Z", kwh: 7, location: "LOC-X"}
    ]);
    const row = {month: "2025-06", credited: 0, sessions: 1};
    expect(await charged(c)).toEqual([
      {...row, place: "depot", service: "care", kwh: 25, vehicles: 1, counted: false},
      {...row, place: "home", service: "highways", kwh: 40, vehicles: 1, counted: true},
      {...row, place: "public", service: "care", kwh: 60, vehicles: 1, counted: true},
      {...row, place: "resold", service: "unallocated", kwh: 9, vehicles: null, counted: false},
      {...row, place: "unknown", service: "care", kwh: 7, vehicles: 1, counted: false}
    ]);
    // 100 kWh by the 2025 set: 0.177, 0.01853, 0.0459, 0.00397 and, outside of scopes, 0.11507 kg/kWh.
    expect(await inventory(c)).toEqual([
      {scope: "2", line: "generation", kwh: 100, t: 0.0177},
      {scope: "3", line: "transmission_distribution", kwh: 100, t: 0.001853},
      {scope: "3", line: "well_to_tank_of_generation", kwh: 100, t: 0.00459},
      {scope: "3", line: "well_to_tank_of_transmission_distribution", kwh: 100, t: 0.000397},
      {scope: "outside", line: "biogenic", kwh: 100, t: 0.011507}
    ]);
    expect(
      await c.ask(
        "select place, site_id, why_not_counted from marts.vehicle_charging where not is_counted order by place"
      )
    ).toEqual([
      {place: "depot", site_id: "town-hall", why_not_counted: "in the meter of the depot already"},
      {place: "resold", site_id: null, why_not_counted: "bought by others, not used by the fleet"},
      {
        place: "unknown",
        site_id: null,
        why_not_counted: "where it was charged is not said: list its location in charging-places.csv"
      }
    ]);
    expect(await c.ask("select provider, location, sessions, energy_kwh from marts.held_charging")).toEqual([
      {provider: "ocpi", location: "LOC-X", sessions: 1, energy_kwh: 7}
    ]);
    await writeRows(c.folder, "charging-places.csv", [...places, "LOC-X,public,,operator's list"]);
    expect(await inventory(c)).toMatchObject([{kwh: 107}, {kwh: 107}, {kwh: 107}, {kwh: 107}, {kwh: 107}]);
    expect(await c.ask("select * from marts.held_charging")).toEqual([]);
  });

  test("a credit takes its session off, though its energy is written above nought, and a new record may follow", async () => {
    const c = await council();
    await bring(c, "june.json", [
      {id: "B1", start: "2025-06-12T09:00:00Z", kwh: 31.2, location: "LOC-P"},
      {id: "B2", start: "2025-06-12T09:00:00Z", kwh: 31.2, location: "LOC-P", isCredit: true},
      {id: "B3", start: "2025-06-12T09:00:00Z", kwh: 13.2, location: "LOC-P"}
    ]);
    expect(await charged(c)).toMatchObject([{kwh: 13.2, credited: 31.2, sessions: 2}]);
    expect(await inventory(c)).toMatchObject([{kwh: 13.2}, {kwh: 13.2}, {kwh: 13.2}, {kwh: 13.2}, {kwh: 13.2}]);
  });

  test("a session told again counts once, by its last word; a session of the small hours is of the British month", async () => {
    const c = await council();
    const session = {id: "1001", point: "LOC-P", token: "TOK-1", start: "01/07/2025 00:10", kwh: 10};
    await bringSessions(c, "first.csv", [session, {...session, id: "1002", kwh: 0}]);
    await bringSessions(c, "second.csv", [{...session, kwh: 12}]);
    await bring(c, "june.json", [{id: "C1", start: "2025-06-30T23:10:00Z", kwh: 5, location: "LOC-P"}]);
    expect(await charged(c)).toMatchObject([{month: "2025-07", kwh: 17, sessions: 3}]);
  });

  test("a token that passes to another vehicle is the other's from that day; before, nobody's", async () => {
    const c = await council();
    await bring(c, "june.json", [
      {id: "D1", start: "2025-06-09T12:00:00Z", kwh: 1, location: "LOC-P", token: "TOK-2"},
      {id: "D2", start: "2025-06-10T12:00:00Z", kwh: 2, location: "LOC-P", token: "tok-2"}
    ]);
    expect(await charged(c)).toMatchObject([
      {service: "highways", kwh: 2},
      {service: "unallocated", kwh: 1}
    ]);
  });
});

describe("registers of charging are refused where they do not hold together", () => {
  test.each([
    ["charging-places.csv", ["LOC-P,public,,list", "loc-p ,depot,,list"], /row 3: location stands twice: loc-p/],
    ["charging-places.csv", ["LOC-P,depot,no-such,list"], /row 2, site_id: no-such: sites\.csv has no such site/],
    ["charging-places.csv", ["LOC-P,street,,list"], /row 2, place: street: /],
    ["vehicle-tags.csv", ["F999,TOK-1,,"], /row 2, vehicle_id: F999: vehicles\.csv has no such vehicle/],
    ["vehicle-tags.csv", ["F501,TOK-1,,", "F502,tok 1,,"], /row 3, tag: vehicle F502 and F501 go by the same one/],
    ["vehicle-tags.csv", ["F502,QZ71 EVA,,"], /row 2, tag: vehicle F502 and F501 go by the same one/],
    ["vehicles.csv", ["QZ71EVA,QZ71 EVA,van,care,electric,,"], /row 2, vehicle_id: it is the registration/]
  ] as const)("%s: %s", async (file, rows, says) => {
    const c = await council();
    if (file === "vehicles.csv") await writeRows(c.folder, "vehicle-tags.csv", []);
    await writeRows(c.folder, file, rows);
    await expect(c.ask("select 1")).rejects.toThrow(says);
  });
});
