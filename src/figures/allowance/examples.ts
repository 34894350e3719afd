import type {Example} from "../kit/define-figure.ts";
import type {AllowanceYear} from "./draw.ts";

/**
 * A council on a straight path from `base` to a twentieth of it in 2030, which emitted so much in each year from 2018 on. A year of "at least" is not whole; one of
 * undefined is not held.
 */
export function allowanceYears(
  base: number | null,
  tonnes: readonly (number | {readonly atLeast: number} | undefined)[],
  row: Partial<AllowanceYear> = {}
): AllowanceYear[] {
  const years = Array.from({length: 13}, (_, i) => 2018 + i);
  const allowed = years.map((_, i) => (base ?? 0) * (1 - (0.95 * i) / 12));
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const inAll = sum(allowed);
  return years.map((year, i) => {
    const soFar = tonnes.slice(0, i + 1).map(each => (typeof each === "object" ? each.atLeast : (each ?? 0)));
    const emitted = tonnes[i] === undefined ? null : sum(soFar);
    const isWhole = base !== null && tonnes.slice(0, i + 1).every(each => typeof each === "number");
    return {
      target_id: "own-operations",
      target_name: "net zero by 2030",
      series: "scopes 1, 2, location-based",
      year,
      base_year: 2018,
      target_year: 2030,
      is_confirmed: false,
      unconfirmed: "scopes, base year (to be confirmed by: climate team)",
      is_provisional: false,
      allowed_so_far_t: base === null ? null : sum(allowed.slice(0, i + 1)),
      allowed_in_all_t: base === null ? null : inAll,
      emitted_so_far_t: isWhole ? emitted : null,
      at_least_so_far_t: isWhole || base === null ? null : emitted,
      used_share: emitted === null || base === null ? null : emitted / inAll,
      ...row
    };
  });
}

const whole = [9370, 8400, 7280, 7760, 7350, 7540, 7180, 6890];

export const examples: readonly Example<AllowanceYear>[] = [
  {name: "allowance", rows: allowanceYears(9370, whole)},
  {name: "allowance-at-least", rows: allowanceYears(9370, [...whole.slice(0, -1), {atLeast: 4100}])},
  {
    name: "allowance-no-base-year",
    rows: allowanceYears(null, [undefined, ...whole.slice(1)]),
    looks: [["light", 960]]
  },
  {
    name: "allowance-used-up",
    rows: allowanceYears(5000, whole, {is_confirmed: true, unconfirmed: null}),
    looks: [["dark", 375]]
  }
];
