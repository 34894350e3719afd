import {describe, expect, test} from "vitest";
import {greyFleetClaims} from "../../src/sources/grey-fleet/claims.ts";
import {isOf, read, thousandths} from "./fleet-given.ts";

const csv = (...rows: string[]) => `${rows.join("\r\n")}\r\n`;

describe("claims of employees", () => {
  const header =
    "Claim No,Employee No,Employee Name,Journey Date,From,To,Miles,Vehicle Type,Engine CC,Fuel,Rate (p),Amount,Paid Period";
  const claim = "81,004417,Nobody At All,14/05/2026,SK3 9ZZ,M2,10,Car,1200,Petrol,45,4.50,2026-04";
  const rows = (...claims: string[]) => read(greyFleetClaims, csv(header, ...claims)).rows;

  test("ten miles are 16.09344 km, exactly", () => {
    expect(isOf(greyFleetClaims, csv(header, claim))).toBe(true);
    expect(rows(claim)).toEqual([
      {
        line: 2,
        journey_id: "2026-05-14/SK3/M2/10",
        travelled_at: "2026-05-14 00:00:00",
        distance_km: "16.09344",
        fuel_l: null,
        energy_kwh: null,
        fleet: "grey",
        registration: "004417",
        vehicle_kind: "Car 1200 cc",
        fuel: "Petrol"
      }
    ]);
    expect(rows(claim.replace(",10,", ",0.1,"))[0]?.distance_km).toBe("0.1609344");
    expect(rows(claim.replace(",10,", ",-10,"))[0]?.distance_km).toBe("-16.09344");
  });

  test("a journey claimed twice is one, of whichever claim and period", () => {
    const again = claim.replace("81,", "97,").replace("2026-04", "2026-06");
    const {rows, dropped, rejected} = read(greyFleetClaims, csv(header, claim, claim, again));
    expect([rows.length, dropped, rejected]).toEqual([1, 2, []]);
  });

  test("of claims that say other things of the car the one paid later is taken; paid together, neither", () => {
    const diesel = claim.replace("Petrol", "Diesel");
    expect(rows(diesel.replace("2026-04", "2026-05"), claim).map(row => row.fuel)).toEqual(["Diesel"]);
    const {rows: none, rejected} = read(greyFleetClaims, csv(header, diesel, claim));
    expect([none, rejected.map(reject => reject.rule)]).toEqual([[], ["repeated", "repeated"]]);
    expect(JSON.stringify(rejected)).not.toContain("004417");
  });

  test("two employees may drive the same way", () => {
    const both = rows(claim, claim.replace("004417", "005500"));
    expect(both.map(row => [row.journey_id, row.registration])).toEqual([
      ["2026-05-14/SK3/M2/10", "004417"],
      ["2026-05-14/SK3/M2/10", "005500"]
    ]);
  });

  test("there and back are two journeys, though neither place is a postcode; no address is kept", () => {
    const there = claim.replace("SK3 9ZZ,M2", "7 Hidden Street,Office");
    const back = claim.replace("SK3 9ZZ,M2", "Office,7 Hidden Street");
    const ids = rows(there, back).map(row => row.journey_id);
    expect(ids).toEqual(["2026-05-14/place 1/place 2/10", "2026-05-14/place 2/place 1/10"]);
    expect(thousandths(rows(there, back).map(row => row.distance_km.slice(0, 6)))).toBe(32_186);
  });

  test("no name of an employee is in what is read or rejected", () => {
    const broken = ["Nobody", "14/05/2026 Nobody At All", ""].map(text => claim.replace("14/05/2026", text));
    const named = [claim.replace(",10,", ",Nobody At All,"), claim.replace("004417", "Nobody At All")];
    const all = read(greyFleetClaims, csv(header, claim, ...broken, ...named));
    expect(all.rejected).toHaveLength(5);
    expect(JSON.stringify(all)).not.toMatch(/Nobody/i);
  });

  test("an extract without numbers of employees is refused: a name is not taken for one", () => {
    expect(() => read(greyFleetClaims, csv(header.replace("Employee No,", "Grade,"), claim))).toThrow(
      "no column for employee number"
    );
  });
});
