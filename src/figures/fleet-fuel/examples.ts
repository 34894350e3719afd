import type {Example} from "../kit/define-figure.ts";
import type {FleetFuelYear} from "./draw.ts";

export function fuel(
  reporting_year: number,
  activity: string,
  quantity: number,
  is_whole_year = true,
  has_ended = is_whole_year
): FleetFuelYear {
  return {reporting_year, activity, quantity, is_whole_year, has_ended};
}

/** Six years and seven months: diesel falls as HVO comes in. */
export function fleetYears(): FleetFuelYear[] {
  const diesel = [421_300, 432_900, 428_100, 415_600, 398_200, 370_744, 201_450];
  return diesel.flatMap((litres, i) => [
    fuel(2020 + i, "diesel", litres, i < 6),
    fuel(2020 + i, "gas_oil", i < 6 ? 38_000 - 2_500 * i : 11_200, i < 6),
    fuel(2020 + i, "petrol", i < 6 ? 21_000 + 700 * i : 13_900, i < 6),
    ...(i >= 4 ? [fuel(2020 + i, "hvo", [24_000, 61_300, 40_100][i - 4] ?? 0, i < 6)] : [])
  ]);
}

export const examples: readonly Example<FleetFuelYear>[] = [
  {name: "fleet-fuel", rows: fleetYears(), options: {asOf: "Oct 2026"}}
];
