import {expect, test} from "vitest";
import {greyFleetClaims} from "../../src/sources/grey-fleet/claims.ts";
import {mileageTotals} from "../../src/sources/grey-fleet/totals.ts";

const parsed = (text: string) => mileageTotals.parse(text, {fileName: "miles.csv", meterPointId: null});
const start = (head: string) => ({fileName: "miles.csv", head});

test("totals by month, vehicle and fuel: miles are km, a month is its first day", () => {
  const {rows, rejected, records} = parsed(
    'Month,Department,Vehicle Type,Fuel,Total Miles\nApr-25,Housing,Car,Diesel,"1,000"\n2025-05,Housing,Car,Petrol,10.5\nJune 2025,Parks,Van,,2\n07/2025,Parks,Van,Diesel,none\n13/2025,Parks,Van,Diesel,4\n'
  );
  expect(
    rows.map(({travelled_at, distance_km, vehicle_kind, fuel, registration, fleet}) => [
      travelled_at,
      distance_km,
      vehicle_kind,
      fuel,
      registration,
      fleet
    ])
  ).toEqual([
    ["2025-04-01 00:00:00", "1609.344", "Car", "Diesel", null, "grey"],
    ["2025-05-01 00:00:00", "16.898112", "Car", "Petrol", null, "grey"],
    ["2025-06-01 00:00:00", "3.218688", "Van", null, null, "grey"]
  ]);
  expect(rejected).toEqual([
    {line: 5, rule: "the miles are a number", value: "none"},
    {line: 6, rule: "a total is of a month, such as Apr 2025 or 2025-04", value: "13/2025"}
  ]);
  expect(records).toBe(5);
});

test("claims of single journeys are not taken for totals, nor totals for claims", () => {
  const claims = "Claim No,Employee No,Journey Date,From,To,Miles,Vehicle Type,Month\n";
  const totals = "Month,Miles\n";
  expect([mileageTotals.isOf(start(claims)), greyFleetClaims.isOf(start(claims))]).toEqual([false, true]);
  expect([mileageTotals.isOf(start(totals)), greyFleetClaims.isOf(start(totals))]).toEqual([true, false]);
});
