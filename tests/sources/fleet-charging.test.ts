import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {dvlaVehicles} from "../../src/sources/dvla/vehicle.ts";
import {ocpiCdrs} from "../../src/sources/ocpi/cdrs.ts";
import {isOf, read} from "./fleet-given.ts";

describe("OCPI", () => {
  const cdr = {
    country_code: "GB",
    party_id: "QZX",
    id: "C77",
    start_date_time: "2026-05-14T18:01:00Z",
    end_date_time: "2026-05-14T20:31:00Z",
    cdr_token: {uid: "0a77", contract_id: "GB-QZX-1"},
    cdr_location: {id: "WEST", address: "7 Hidden Street"},
    currency: "GBP",
    total_cost: {excl_vat: 7.5, incl_vat: 9},
    total_energy: 28.05,
    last_updated: "2026-05-14T20:35:11Z"
  };
  const {cdr_token: _, cdr_location: __, ...bare} = cdr;
  const credit = {
    ...bare,
    id: "C77-1",
    credit: true,
    credit_reference_id: "C77",
    total_cost: {excl_vat: -7.5, incl_vat: -9}
  };
  const envelope = (data: unknown, status_code = 1000) =>
    JSON.stringify({data, status_code, status_message: "words", timestamp: "2026-05-15T00:00:00Z"});
  const energies = (...data: unknown[]) => read(ocpiCdrs, envelope(data)).rows.map(row => row.energy_kwh);

  test("a record, with its cost in pounds and VAT", () => {
    expect(isOf(ocpiCdrs, envelope([cdr]))).toBe(true);
    expect(read(ocpiCdrs, envelope([cdr])).rows).toEqual([
      {
        line: 1,
        session_id: "GB*QZX*C77",
        started_at: "2026-05-14T18:01:00Z",
        ended_at: "2026-05-14T20:31:00Z",
        energy_kwh: "28.05",
        location: "WEST",
        place: "unknown",
        registration: "0A77",
        is_credit: false,
        cost_gbp: "9.00"
      }
    ]);
  });

  test("a credit's energy is sent above nought, and takes away; a new record may follow", () => {
    expect(energies(cdr, credit, {...cdr, id: "C77-2", total_energy: 20})).toEqual(["28.05", "-28.05", "20"]);
    expect(read(ocpiCdrs, envelope([credit])).rows).toMatchObject([
      {is_credit: true, cost_gbp: "-9.00", registration: null}
    ]);
    expect(energies({...credit, total_energy: -28.05})).toEqual(["-28.05"]);
    expect(read(ocpiCdrs, envelope([{...credit, total_cost: {incl_vat: 9}}])).rows[0]?.cost_gbp).toBe("-9.00");
  });

  test("an instant without Z is in UTC; one with an offset is brought there", () => {
    const starts = ["2026-05-14T18:01:00", "2026-05-14T19:01:00+01:00", "2026-05-14T18:01:00.250Z"];
    expect(
      read(ocpiCdrs, envelope(starts.map((start_date_time, index) => ({...cdr, id: index, start_date_time})))).rows.map(
        row => row.started_at
      )
    ).toEqual(["2026-05-14T18:01:00Z", "2026-05-14T18:01:00Z", "2026-05-14T18:01:00.250Z"]);
  });

  test("charging at home is told, and its address is not kept", () => {
    const {rows} = read(ocpiCdrs, envelope([{...cdr, home_charging_compensation: true}]));
    expect(rows).toMatchObject([{place: "home", location: null}]);
    expect(JSON.stringify(rows)).not.toMatch(/WEST|Hidden/);
  });

  test("a cost in another currency is none, nor is one without VAT; VAT may stand apart", () => {
    const cost = (change: object) => read(ocpiCdrs, envelope([{...cdr, ...change}])).rows[0]?.cost_gbp;
    expect(cost({currency: "EUR"})).toBeNull();
    expect(cost({total_cost: {excl_vat: 7.5}})).toBeNull();
    expect(cost({total_cost: 7.5})).toBeNull();
    expect(cost({total_cost: {before_taxes: 7.5, taxes: [{name: "VAT", amount: 1.5}]}})).toBe("9.00");
    expect(cost({total_cost: {before_taxes: 7.5, taxes: [{name: "VAT"}]}})).toBeNull();
  });

  test("of a record sent twice the one updated last is taken, wherever it stands", () => {
    const later = {...cdr, total_energy: 30, last_updated: "2026-05-14T20:35:11.500Z"};
    expect(energies(cdr, later)).toEqual(["30"]);
    expect(energies(later, cdr)).toEqual(["30"]);
    expect(read(ocpiCdrs, envelope([cdr, cdr]))).toMatchObject({dropped: 1, rejected: []});
    const {rows, rejected} = read(ocpiCdrs, envelope([cdr, {...later, last_updated: cdr.last_updated}]));
    expect([rows, rejected.map(({line, rule}) => [line, rule])]).toEqual([
      [],
      [
        [1, "repeated"],
        [2, "repeated"]
      ]
    ]);
    expect(energies(cdr, {...cdr, party_id: "OTHER", total_energy: 1})).toEqual(["28.05", "1"]);
  });

  test("one record alone, in its envelope or not, and a bare list", () => {
    for (const text of [JSON.stringify(cdr), envelope(cdr), JSON.stringify([cdr])]) {
      expect(isOf(ocpiCdrs, text)).toBe(true);
      expect(read(ocpiCdrs, text).rows).toHaveLength(1);
    }
  });

  test("a session is no record of a charge that has ended", () => {
    const {total_energy: _, ...rest} = bare;
    const session = {...rest, kwh: 4, status: "ACTIVE", location_id: "WEST"};
    expect(isOf(ocpiCdrs, JSON.stringify(session))).toBe(false);
    expect(isOf(ocpiCdrs, envelope([session]))).toBe(false);
    expect(read(ocpiCdrs, envelope([session, cdr]))).toMatchObject({rows: [{line: 2}], rejected: [{line: 1}]});
  });

  test.each([
    [{total_energy: null}, "the energy is a number of kWh"],
    [{total_energy: "much"}, "the energy is a number of kWh"],
    [{total_energy: -1}, "only a credit has energy below nought"],
    [{start_date_time: "14/05/2026 18:01"}, "the start is an instant"],
    [{end_date_time: "2026-02-30T00:00:00Z"}, "the end is an instant"],
    [{id: ""}, "a charge detail record has an id"]
  ])("%j is rejected", (change, rule) => {
    expect(read(ocpiCdrs, envelope([{...cdr, ...change}])).rejected.map(reject => reject.rule)).toEqual([rule]);
  });

  test("a list without records is one; an error is none, though it comes with status 200", () => {
    expect(isOf(ocpiCdrs, envelope([]))).toBe(true);
    expect(read(ocpiCdrs, envelope([])).records).toBe(0);
    expect(isOf(ocpiCdrs, envelope(undefined, 2001))).toBe(true);
    for (const [data, code] of [
      [undefined, 2001],
      [[cdr], 3000],
      [[cdr], 200]
    ] as const)
      expect(() => read(ocpiCdrs, envelope(data, code))).toThrow(`an error: status code ${code}`);
    expect(() => read(ocpiCdrs, envelope(undefined))).toThrow("without data");
    expect(() => read(ocpiCdrs, "7")).toThrow(FeedError);
    expect(() => read(ocpiCdrs, envelope([cdr]).slice(0, -9))).toThrow("cut off");
  });
});

describe("DVLA", () => {
  const vehicle = {
    registrationNumber: "QZ38FTS",
    make: "LEYLAND",
    fuelType: "DIESEL",
    co2Emissions: 214,
    yearOfManufacture: 2019,
    euroStatus: "EURO 6",
    taxStatus: "Taxed"
  };
  const rows = (...all: object[]) => read(dvlaVehicles, JSON.stringify(all)).rows;

  test("what is said of a vehicle, in one answer or a list", () => {
    const expected = {
      line: 1,
      registration: "QZ38FTS",
      make: "LEYLAND",
      fuel: "DIESEL",
      co2_g_per_km: "214",
      made_in_year: 2019,
      euro_status: "EURO 6"
    };
    expect(isOf(dvlaVehicles, JSON.stringify(vehicle))).toBe(true);
    expect(read(dvlaVehicles, JSON.stringify(vehicle)).rows).toEqual([expected]);
    expect(rows(vehicle, {registrationNumber: "QZ75 KPL"})).toEqual([
      expected,
      {
        line: 2,
        registration: "QZ75KPL",
        make: null,
        fuel: null,
        co2_g_per_km: null,
        made_in_year: null,
        euro_status: null
      }
    ]);
  });

  test.each([
    [{fuelType: "DIESEL", co2Emissions: 0}, null],
    [{fuelType: "HYBRID ELECTRIC", co2Emissions: 0}, null],
    [{fuelType: "ELECTRICITY", co2Emissions: 0}, "0"],
    [{fuelType: "ELECTRICITY", co2Emissions: undefined}, null],
    [{co2Emissions: undefined}, null]
  ])("the emissions of %j are %j", (change, expected) => {
    expect(rows({...vehicle, ...change})[0]?.co2_g_per_km).toBe(expected);
  });

  test("an error in a list is told, without the registration; the rest is read", () => {
    const unknown = {registrationNumber: "QZ00NON", errors: [{status: "404", code: "404", title: "Vehicle Not Found"}]};
    const text = JSON.stringify([unknown, vehicle, {message: "Forbidden"}, 7]);
    expect(isOf(dvlaVehicles, text)).toBe(true);
    const file = read(dvlaVehicles, text);
    expect(file.rows.map(row => row.registration)).toEqual(["QZ38FTS"]);
    expect(file.rejected.map(({line, rule, value}) => [line, rule, value])).toEqual([
      [1, "the DVLA answers with a vehicle, not an error", "404"],
      [3, "the DVLA answers with a vehicle, not an error", "not shown, it may be personal"],
      [4, "an answer is a JSON object", ""]
    ]);
    expect(JSON.stringify(file.rejected)).not.toContain("QZ00NON");
  });

  test.each([
    [{errors: [{status: "404", code: "404"}]}, "no vehicle: 404"],
    [{message: "Too Many Requests"}, "no vehicle: an error"],
    [{...vehicle, errors: [{code: "ENQ502"}]}, "no vehicle"],
    [{}, "no registration number"]
  ])("the answer %j is no file of vehicles", (answer, message) => {
    expect(() => read(dvlaVehicles, JSON.stringify(answer))).toThrow(message);
  });

  test("one vehicle with two contents is neither", () => {
    const {rejected} = read(dvlaVehicles, JSON.stringify([vehicle, {...vehicle, make: "FODEN"}]));
    expect(rejected).toEqual([
      {line: 1, rule: "repeated", value: ""},
      {line: 2, rule: "repeated", value: ""}
    ]);
  });

  test.each([
    [{co2Emissions: -1}, "the emissions are a number of g/km"],
    [{yearOfManufacture: 19}, "the year of manufacture is a year"],
    [{registrationNumber: " "}, "an answer has a registration number"]
  ])("%j is rejected", (change, rule) => {
    const {rejected} = read(dvlaVehicles, JSON.stringify([{...vehicle, ...change}]));
    expect(rejected.map(reject => reject.rule)).toEqual([rule]);
  });
});
