import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {type Claim, claimsFile} from "../support/fleet-records.ts";

const council = async () => new Canopy(await makeDataFolder());
const bring = (c: Canopy, name: string, claims: readonly Claim[]) =>
  c.bring(name, claimsFile(claims), {feed: "journeys"});

const claimed = (c: Canopy) =>
  c.ask(
    "select strftime(month, '%Y-%m') as month, activity, round(distance_km, 6) as km, journeys, unknown_words from marts.grey_fleet order by month, activity, unknown_words"
  );

const inventory =
  "select activity, scope, line, quantity, unit, activity_data, round(emissions_t_co2e, 7) as t from marts.annual_emissions where emission_source = 'grey fleet' order by activity, line";

describe("journeys in employees' own cars", () => {
  test("6.4 miles by petrol and 10 by diesel are 10.2998 and 16.0934 km, in scope 3 with what it took to make the fuel", async () => {
    const c = await council();
    await bring(c, "claims.csv", [
      {date: "30/06/2025", miles: "6.4", cc: "1400", fuel: "Petrol", paid: "2025-09"},
      {date: "12/06/2025", miles: 10, fuel: "DERV"}
    ]);
    expect(await claimed(c)).toEqual([
      {month: "2025-06", activity: "car_diesel", km: 16.09344, journeys: 1, unknown_words: null},
      {month: "2025-06", activity: "car_petrol", km: 10.299802, journeys: 1, unknown_words: null}
    ]);
    // kg/km of the 2025 set: diesel 0.17304 and 0.04146, petrol 0.16272 and 0.04599.
    const shared = {scope: "3", unit: "km", activity_data: "mileage claims"};
    expect(await c.ask(inventory)).toEqual([
      {...shared, activity: "car_diesel", line: "travel", quantity: 16.0934, t: 0.002785},
      {...shared, activity: "car_diesel", line: "well_to_tank", quantity: 16.0934, t: 0.000667},
      {...shared, activity: "car_petrol", line: "travel", quantity: 10.2998, t: 0.001676},
      {...shared, activity: "car_petrol", line: "well_to_tank", quantity: 10.2998, t: 0.000474}
    ]);
  });

  test("words that no list has are told by their column and go to an average car; a bicycle burns nothing", async () => {
    const c = await council();
    await bring(c, "claims.csv", [
      {date: "02/06/2025", miles: 10, fuel: ""},
      {date: "03/06/2025", miles: 20, vehicle: "Van", cc: "1968", fuel: ""},
      {date: "04/06/2025", miles: 30, fuel: "fryer oil"},
      {date: "05/06/2025", miles: 40, vehicle: "Hovercraft", fuel: "kites"},
      {date: "06/06/2025", miles: 50, vehicle: "Hovercraft", fuel: "Plug-in Hybrid"},
      {date: "07/06/2025", miles: 60, vehicle: "Motor-cycle", cc: "125", fuel: "Petrol"},
      {date: "08/06/2025", miles: 70, vehicle: "Bicycle"}
    ]);
    const km = (miles: number) => Math.round(miles * 1_609_344) / 1_000_000;
    const row = {month: "2025-06", journeys: 1};
    expect(await claimed(c)).toEqual([
      {...row, activity: "car_plug_in_hybrid", km: km(50), unknown_words: "vehicle"},
      {...row, activity: "car_unknown_fuel", km: km(30), unknown_words: "fuel"},
      {...row, activity: "car_unknown_fuel", km: km(20), unknown_words: "vehicle"},
      {...row, activity: "car_unknown_fuel", km: km(40), unknown_words: "vehicle and fuel"},
      {...row, activity: "car_unknown_fuel", km: km(10), unknown_words: null},
      {...row, activity: "motorbike", km: km(60), unknown_words: null},
      {...row, activity: "none", km: km(70), unknown_words: null}
    ]);
    expect(await c.ask(`select distinct activity from (${inventory}) order by 1`)).toEqual([
      {activity: "car_plug_in_hybrid"},
      {activity: "car_unknown_fuel"},
      {activity: "motorbike"}
    ]);
  });

  test("a journey claimed again counts once by its last word; two employees' journeys of one name are two", async () => {
    const c = await council();
    const claim = {date: "12/06/2025", miles: 10, fuel: "Diesel"};
    await bring(c, "july.csv", [claim, {...claim, employee: "900018"}]);
    await bring(c, "august.csv", [{...claim, fuel: "Electric", paid: "2025-08"}]);
    expect(await claimed(c)).toMatchObject([
      {activity: "car_diesel", km: 16.09344, journeys: 1},
      {activity: "car_electric", km: 16.09344, journeys: 1}
    ]);
  });

  test("a set without the factors stops a council with claims, by name, and no other", async () => {
    const c = await council();
    const without = (read: Parameters<NonNullable<Parameters<typeof c.ask>[1]>>[0]) => ({
      ...read,
      factors: read.factors.filter(({unit}) => unit !== "km")
    });
    expect(await c.ask("select * from marts.grey_fleet", without)).toEqual([]);
    await bring(c, "claims.csv", [{date: "12/06/2025", miles: 10, fuel: "Petrol"}]);
    await expect(c.ask("select 1", without)).rejects.toThrow(
      /intermediate\.emissions breaks its check \(line is not null\).*"activity":"car_petrol"/
    );
  });
});
