import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {cdrsAnswer, geotabAnswer, trip} from "../support/fleet-records.ts";
import {type Drawing, fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";

const vehicles = ["F417,QZ38FTS,refuse vehicle,waste,diesel,,", "F418,QZ21DEF,car,care,petrol,,"];

async function council(): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await writeRows(c.folder, "vehicles.csv", vehicles);
  await writeRows(c.folder, "vehicle-tags.csv", ["F417,b41,,2025-06-15", "F418,b41,2025-06-16,", "F418,TOK-8,,"]);
  await writeRows(c.folder, "fuel-products.csv", [
    "keyfuels,018,diesel,diesel,illustrative",
    "keyfuels,090,AdBlue,not_fuel,illustrative"
  ]);
  return c;
}

const bring = (c: Canopy, name: string, text: string) => c.bring(name, text, {feed: "journeys"});
const drawn = (id: string, at: string, litres: number, product = "018"): Drawing => ({
  id,
  at,
  registration: "QZ38FTS",
  product,
  litres
});

const distance = (c: Canopy) =>
  c.ask(
    "select strftime(month, '%Y-%m') as month, vehicle_id, distance_km as km, journeys, drawn_l, l_per_100_km as per_100, telematics_fuel_l as said_l from marts.vehicle_distance order by month, vehicle_id"
  );

describe("journeys of the council's own vehicles", () => {
  test("kilometres stand beside litres by vehicle and month; what telematics makes of the fuel is in no total", async () => {
    const c = await council();
    await bring(
      c,
      "trips.json",
      geotabAnswer([
        trip("b1", "b41", "2025-06-12T06:00:00Z", 12.5),
        trip("b2", "b41", "2025-06-12T09:00:00Z", 37.5),
        trip("b3", "b99", "2025-06-12T09:00:00Z", 7),
        {id: "u1", device: {id: "b41"}, dateTime: "2025-06-12T09:40:00Z", totalFuelUsed: 6.25, version: "1"}
      ])
    );
    await bring(c, "again.json", geotabAnswer([trip("b2", "b41", "2025-06-12T09:00:00Z", 40, "2")]));
    const webfleet = {
      tripid: 7,
      objectno: "F417",
      start_time: "2025-06-13T07:41:12+01:00",
      distance: 2500,
      fuel_usage: 0.5
    };
    await bring(c, "trips-webfleet.json", JSON.stringify([webfleet]));
    const cards = [
      drawn("600000001", "2025-06-14 07:00:00", 11),
      drawn("600000002", "2025-06-14 07:05:00", 5, "090"),
      drawn("600000003", "2025-07-14 07:00:00", 30)
    ];
    await c.bring("cards.E01", fuelFile(cards, "2025-08-02 02:00:00"), {feed: "fleet-fuel"});
    // 12.5 + 40 + 2.5 km for 11 l is 20 l/100 km; July has no trips.
    expect(await distance(c)).toEqual([
      {month: "2025-06", vehicle_id: "F417", km: 55, journeys: 3, drawn_l: 11, per_100: 20, said_l: 6.75},
      {month: "2025-06", vehicle_id: null, km: 7, journeys: 1, drawn_l: null, per_100: null, said_l: null},
      {month: "2025-07", vehicle_id: "F417", km: null, journeys: null, drawn_l: 30, per_100: null, said_l: null}
    ]);
    expect(
      await c.ask("select emission_source, activity, quantity from marts.annual_emissions where line = 'combustion'")
    ).toEqual([{emission_source: "fleet", activity: "diesel", quantity: 41}]);
  });

  test("a device that moves takes its journeys to the other vehicle, by the British day", async () => {
    const c = await council();
    await bring(
      c,
      "trips.json",
      geotabAnswer([
        trip("b1", "b41", "2025-06-15T22:30:00Z", 5),
        trip("b2", "b41", "2025-06-15T23:30:00Z", 9),
        trip("b3", "b41", "2025-06-30T23:30:00Z", 4)
      ])
    );
    expect(await distance(c)).toMatchObject([
      {month: "2025-06", vehicle_id: "F417", km: 5},
      {month: "2025-06", vehicle_id: "F418", km: 9},
      {month: "2025-07", vehicle_id: "F418", km: 4}
    ]);
  });

  test("fuel said without a distance is none driven, not nought; charging stands beside", async () => {
    const c = await council();
    const used = {id: "u1", device: {id: "b41"}, dateTime: "2025-06-12T09:40:00Z", totalFuelUsed: 6.25, version: "1"};
    await bring(c, "used.json", geotabAnswer([used]));
    const session = {id: "E1", start: "2025-06-12T09:00:00Z", kwh: 8.5, token: "TOK-8", isHome: true};
    await c.bring("cdrs.json", cdrsAnswer([session]), {feed: "ev-charging"});
    expect(
      await c.ask(
        "select vehicle_id, distance_km, journeys, telematics_fuel_l, charged_kwh from marts.vehicle_distance order by 1"
      )
    ).toEqual([
      {vehicle_id: "F417", distance_km: null, journeys: null, telematics_fuel_l: 6.25, charged_kwh: null},
      {vehicle_id: "F418", distance_km: null, journeys: null, telematics_fuel_l: null, charged_kwh: 8.5}
    ]);
  });
});

test("what the licensing authority says stands beside the vehicle, its newest word; where it is another fuel the two do not agree", async () => {
  const c = await council();
  const facts = (fuelType: string, euroStatus: string) => ({
    registrationNumber: "QZ38FTS",
    make: "QUILL",
    fuelType,
    euroStatus,
    co2Emissions: 190,
    yearOfManufacture: 2019
  });
  await c.bring("dvla-1.json", JSON.stringify([facts("PETROL", "EURO 5")]), {feed: "vehicles"});
  const vehicles =
    "select vehicle_id, fuel, dvla_fuel, co2_g_per_km as co2, euro_status, made_in_year, is_fuel_agreed from marts.vehicles order by 1";
  const unasked = {
    vehicle_id: "F418",
    fuel: "petrol",
    dvla_fuel: null,
    co2: null,
    euro_status: null,
    made_in_year: null,
    is_fuel_agreed: null
  };
  const asked = {vehicle_id: "F417", fuel: "diesel", co2: 190, made_in_year: 2019};
  expect(await c.ask(vehicles)).toEqual([
    {...asked, dvla_fuel: "PETROL", euro_status: "EURO 5", is_fuel_agreed: false},
    unasked
  ]);
  await c.bring("dvla-2.json", JSON.stringify([facts("DIESEL", "EURO 6")]), {feed: "vehicles"});
  expect(await c.ask(vehicles)).toEqual([
    {...asked, dvla_fuel: "DIESEL", euro_status: "EURO 6", is_fuel_agreed: true},
    unasked
  ]);
});
