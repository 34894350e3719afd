import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {geotabFeed} from "../../src/sources/geotab/geotab.ts";
import {samsaraFuelEnergy} from "../../src/sources/samsara/samsara.ts";
import {webfleetTrips} from "../../src/sources/webfleet/webfleet.ts";
import {isOf, read} from "./fleet-given.ts";

describe("Geotab", () => {
  const trip = {
    id: "b9",
    device: {id: "b77"},
    start: "2026-05-14T06:15:00.000Z",
    stop: "2026-05-14T07:00:00.000Z",
    distance: 8.125
  };
  const used = {
    id: "f4",
    device: {id: "b77"},
    dateTime: "2026-05-14T06:15:00Z",
    totalFuelUsed: 2.5,
    totalEnergyUsedKwh: 0.75
  };
  const answer = (...data: object[]) => JSON.stringify({result: {data, toVersion: "000a"}, jsonrpc: "2.0"});
  const distances = (...data: object[]) => read(geotabFeed, answer(...data)).rows.map(row => row.distance_km);

  test("a trip", () => {
    expect(isOf(geotabFeed, answer(trip))).toBe(true);
    expect(read(geotabFeed, answer(trip)).rows).toEqual([
      {
        line: 1,
        journey_id: "b9",
        travelled_at: "2026-05-14T06:15:00Z",
        distance_km: "8.125",
        fuel_l: null,
        energy_kwh: null,
        fleet: "own",
        registration: "B77",
        vehicle_kind: null,
        fuel: null
      }
    ]);
  });

  test("fuel and energy add to no distance", () => {
    expect(read(geotabFeed, answer(used)).rows).toMatchObject([
      {journey_id: "fuel/f4", distance_km: "0", fuel_l: "2.5", energy_kwh: "0.75", travelled_at: "2026-05-14T06:15:00Z"}
    ]);
  });

  test("a trip sent again replaces the one before; a version, where there is one, says which is newer", () => {
    expect(distances(trip, {...trip, distance: 9}, {...trip, id: "c1"})).toEqual(["9", "8.125"]);
    const [newer, older] = [
      {...trip, version: "00000000000000FF"},
      {...trip, distance: 9, version: "00000000000000f0"}
    ];
    expect(distances(newer, older)).toEqual(["8.125"]);
    expect(distances(older, newer)).toEqual(["8.125"]);
    expect(read(geotabFeed, answer(trip, {...trip, distance: 9}))).toMatchObject({
      dropped: 1,
      rejected: [],
      records: 2
    });
  });

  test("a distance keeps every digit it came with", () => {
    const text = answer(trip).replace("8.125", "8.12500000000000000001");
    expect(read(geotabFeed, text).rows[0]?.distance_km).toBe("8.12500000000000000001");
  });

  test.each([
    [{distance: null}, "a trip has a distance"],
    [{distance: -1}, "distance, fuel and energy are numbers, not below nought"],
    [{distance: "far"}, "distance, fuel and energy are numbers, not below nought"],
    [{distance: undefined}, "a record is a trip or says fuel or energy used"],
    [{start: "yesterday"}, "the start is an instant"],
    [{id: null}, "a record has an id"]
  ])("%j is rejected", (change, rule) => {
    expect(read(geotabFeed, answer({...trip, ...change})).rejected.map(reject => reject.rule)).toEqual([rule]);
  });

  test.each([
    ["OverLimitException", {error: {message: "m", data: {type: "OverLimitException"}}, jsonrpc: "2.0"}],
    [
      "InvalidUserException",
      {error: {message: "m", data: {type: "InvalidUserException"}}, result: {data: []}, jsonrpc: "2.0"}
    ],
    ["of an unknown kind", {error: "down", jsonrpc: "2.0"}],
    ["without its list", {result: {credentials: {}}, jsonrpc: "2.0"}],
    ["without its list", {result: null, jsonrpc: "2.0"}]
  ])("an error is none of data, though it came with status 200: %s", (message, body) => {
    expect(() => read(geotabFeed, JSON.stringify(body))).toThrow(message);
    expect(() => read(geotabFeed, JSON.stringify(body))).toThrow(FeedError);
  });

  test("a page without trips is one", () => {
    expect(read(geotabFeed, answer())).toMatchObject({rows: [], records: 0});
  });
});

describe("Samsara", () => {
  const report = {
    vehicle: {id: "28001", name: "rcv 7", energyType: "fuel"},
    fuelConsumedMl: 20_125,
    distanceTraveledMeters: 41_005,
    energyUsedKwh: 0
  };
  const answer = (...vehicleReports: object[]) =>
    JSON.stringify({data: {vehicleReports}, pagination: {hasNextPage: false}});
  const name = "samsara-2026-05-14-2026-05-15.json";
  const rows = (...reports: object[]) => read(samsaraFuelEnergy, answer(...reports), name).rows;

  test("41,005 m and 20,125 ml are 41.005 km and 20.125 litres", () => {
    expect(isOf(samsaraFuelEnergy, answer(report))).toBe(true);
    expect(rows(report)).toEqual([
      {
        line: 1,
        journey_id: "28001/2026-05-14/2026-05-15",
        travelled_at: "2026-05-14T00:00:00Z",
        distance_km: "41.005",
        fuel_l: "20.125",
        energy_kwh: null,
        fleet: "own",
        registration: "RCV7",
        vehicle_kind: "fuel",
        fuel: null
      }
    ]);
  });

  test("nothing of what a vehicle does not run on is not said", () => {
    const electric = {...report, vehicle: {id: "2", energyType: "electric"}, fuelConsumedMl: 0, energyUsedKwh: 12.5};
    const hybrid = {...report, vehicle: {id: "3", energyType: "hybrid"}};
    expect(rows(electric, hybrid)).toMatchObject([
      {fuel_l: null, energy_kwh: "12.5", registration: "2"},
      {fuel_l: "20.125", energy_kwh: "0"}
    ]);
  });

  test("the file's name says of which days, of one month", () => {
    const named = (fileName: string) => () => read(samsaraFuelEnergy, answer(report), fileName);
    expect(named("x-2026-05-01-2026-06-01.json")().rows[0]?.travelled_at).toBe("2026-05-01T00:00:00Z");
    expect(named("x-2026-12-01-2027-01-01.json")().rows).toHaveLength(1);
    expect(named("x-2026-05-01-2026-06-02.json")).toThrow("one month at most");
    for (const bad of [
      "report.json",
      "x-2026-05-14.json",
      "x-2026-05-14-2026-05-14.json",
      "x-2026-02-30-2026-03-01.json"
    ])
      expect(named(bad)).toThrow("does not say of which days");
  });

  test.each([
    [{distanceTraveledMeters: null}, "a report has a distance"],
    [{distanceTraveledMeters: -5}, "distanceTraveledMeters is a number, not below nought"],
    [{fuelConsumedMl: "some"}, "fuelConsumedMl is a number, not below nought"],
    [{vehicle: null}, "a report is of a vehicle"],
    [{vehicle: {}}, "a vehicle has an id"]
  ])("%j is rejected", (change, rule) => {
    expect(read(samsaraFuelEnergy, answer({...report, ...change}), name).rejected.map(reject => reject.rule)).toEqual([
      rule
    ]);
  });

  test("an error is refused", () => {
    expect(() => read(samsaraFuelEnergy, JSON.stringify({message: "no", requestId: "r"}), name)).toThrow(
      "such as an error"
    );
  });
});

describe("Webfleet", () => {
  const trip = {
    tripid: 771,
    objectno: "rcv 7",
    start_time: "2026-05-14T07:15:00+01:00",
    distance: 8125,
    fuel_usage: 2.5,
    co2: 6600
  };
  const answer = (...trips: object[]) => JSON.stringify(trips);

  test("8,125 m are 8.125 km", () => {
    expect(isOf(webfleetTrips, answer(trip))).toBe(true);
    expect(read(webfleetTrips, answer(trip)).rows).toEqual([
      {
        line: 1,
        journey_id: "771",
        travelled_at: "2026-05-14T06:15:00Z",
        distance_km: "8.125",
        fuel_l: "2.5",
        energy_kwh: null,
        fleet: "own",
        registration: "RCV7",
        vehicle_kind: null,
        fuel: null
      }
    ]);
  });

  test.each([
    ["14/05/2026 07:15:00", "2026-05-14 07:15:00"],
    ["2026-05-14T07:15:00", "2026-05-14 07:15:00"],
    ["2026-05-14T07:15:00Z", "2026-05-14T07:15:00Z"]
  ])("the start %s is %s", (start_time, expected) => {
    expect(read(webfleetTrips, answer({...trip, start_time})).rows[0]?.travelled_at).toBe(expected);
  });

  test("fuel that is not said is not nought", () => {
    const {fuel_usage: _, ...without} = trip;
    expect(read(webfleetTrips, answer(without)).rows[0]?.fuel_l).toBeNull();
    expect(read(webfleetTrips, answer({...trip, fuel_usage: 0})).rows[0]?.fuel_l).toBe("0");
  });

  test("a long number of a trip keeps its last digit", () => {
    const text = answer(trip).replace("771", "9007199254740993");
    expect(read(webfleetTrips, text).rows[0]?.journey_id).toBe("9007199254740993");
  });

  test("a trip sent again with other words has nothing to say which is newer", () => {
    const {rows, rejected} = read(
      webfleetTrips,
      answer(trip, {...trip, distance: 9}, {...trip, tripid: 772}, {...trip, tripid: 772})
    );
    expect(rows.map(row => row.journey_id)).toEqual(["772"]);
    expect(rejected.map(({line, rule}) => [line, rule])).toEqual([
      [1, "repeated"],
      [2, "repeated"]
    ]);
  });

  test("a document that is empty has no trips; every other word in place of trips is a failure", () => {
    expect(isOf(webfleetTrips, "63, document is empty\n")).toBe(true);
    expect(read(webfleetTrips, "63, document is empty\n")).toMatchObject({rows: [], records: 0});
    expect(read(webfleetTrips, '{"errorCode": 63, "errorMsg": "document is empty"}').records).toBe(0);
    for (const text of ["8045, request quota exceeded", '{"errorCode":8045,"errorMsg":"request quota exceeded"}']) {
      expect(isOf(webfleetTrips, text)).toBe(true);
      expect(() => read(webfleetTrips, text)).toThrow("an error: code 8045");
    }
    expect(() => read(webfleetTrips, "<html>")).toThrow(FeedError);
    expect(() => read(webfleetTrips, "{}")).toThrow("no list of trips");
  });

  test.each([
    [{distance: null}, "the distance is a number of metres"],
    [{distance: -1}, "the distance is a number of metres"],
    [{fuel_usage: -1}, "the fuel is a number of litres"],
    [{start_time: "05/14/2026 07:15:00"}, "the start is a real date and time"],
    [{tripid: null}, "a trip has an id (tripid)"]
  ])("%j is rejected", (change, rule) => {
    expect(read(webfleetTrips, answer({...trip, ...change})).rejected.map(reject => reject.rule)).toEqual([rule]);
  });
});
