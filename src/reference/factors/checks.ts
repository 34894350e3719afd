import {amount, date, oneOf, source, text} from "../../council/columns.ts";
import {defineRegister, readRegister} from "../../council/register.ts";
import {CheckError} from "../../errors.ts";
import {fixed} from "../../wording/numbers.ts";
import {referenceFolder} from "../references.ts";
import {figureOf, keyOf} from "./merge.ts";
import type {Factor} from "./table.ts";

const names = ["parts_apart", "change_needs_reason", "change_is_implausible", "losses_least", "losses_most"] as const;

export const factorChecks = defineRegister({
  file: "factor-checks.csv",
  description: "A limit that a new factor is held to before it is kept.",
  table: null,
  key: ["check"],
  columns: {
    check: oneOf(names, "What is limited."),
    limit: amount("The most there may be."),
    unit: text("What it is in."),
    decided: date("When it was chosen."),
    source
  }
});

/**
 * The limits that factors are held to: `parts_apart` in kg per unit, `change_needs_reason` in per cent, `change_is_implausible` in times; `losses_least` and
 * `losses_most`, of electricity on its way, in per cent of its generation.
 */
export type Limits = Readonly<Record<(typeof names)[number], number>>;

/** Reads the limits from the product's table. @throws CheckError where one is missing */
export async function readLimits(): Promise<Limits> {
  const rows = await readRegister(referenceFolder, factorChecks);
  return Object.fromEntries(
    names.map(name => {
      const row = rows.find(({check}) => check === name);
      if (row === undefined) throw new CheckError(`factor-checks.csv has no row of ${name}`);
      return [name, row.limit];
    })
  ) as unknown as Limits;
}

/** What a factor breaks of the rules that every published one meets, each in words. */
export function breachesOf(factor: Factor, {parts_apart: apart}: Pick<Limits, "parts_apart">): string[] {
  const {scope, kg_co2e_per_unit: co2e, kg_co2_per_unit: co2} = factor;
  const parts = [co2, factor.kg_ch4_co2e_per_unit, factor.kg_n2o_co2e_per_unit];
  const given = parts.filter(part => part !== null);
  const isOutside = scope === "outside";
  const rules: [string, boolean][] = [
    [
      "outside of scopes there is CO2 and nothing else",
      !isOutside || ((co2 ?? 0) > 0 && given.length === 1 && co2e === null)
    ],
    ["within scopes there is CO2e", isOutside || (co2e ?? 0) > 0],
    ["all parts or none", isOutside || given.length === parts.length || given.length === 0],
    ["CO2 is not above CO2e", co2e === null || (co2 ?? 0) <= co2e],
    [
      `parts sum to CO2e within ${apart}`,
      co2e === null ||
        given.length < parts.length ||
        isNear(
          given.reduce((sum, part) => sum + part, 0),
          co2e,
          apart
        )
    ]
  ];
  return rules.filter(([, isMet]) => !isMet).map(([rule]) => rule);
}

/** The sets of which the losses of electricity on its way are not what they can be, each in words. A set without either factor says nothing. */
export function implausibleLosses(
  factors: readonly Factor[],
  limits: Pick<Limits, "losses_least" | "losses_most">
): string[] {
  const kgOf = (set: number, line: Factor["line"]) =>
    factors.find(
      each => each.factor_set === set && each.activity === "electricity" && each.unit === "kWh" && each.line === line
    )?.kg_co2e_per_unit ?? null;
  return [...new Set(factors.map(({factor_set}) => factor_set))].flatMap(set => {
    const [made, lost] = [kgOf(set, "generation"), kgOf(set, "transmission_distribution")];
    if (made === null || lost === null) return [];
    const percent = (100 * lost) / made;
    return percent >= limits.losses_least && percent <= limits.losses_most
      ? []
      : [
          `factor set ${set}: electricity lost on its way is ${fixed(percent, 1)}% of what is generated; it is ${limits.losses_least} to ${limits.losses_most}%`
        ];
  });
}

/** Binary fractions leave noise of their own beside the limit. */
const isNear = (one: number, other: number, apart: number) => Math.abs(one - other) <= apart + Number.EPSILON * 1e4;

/** How often the figure of one set is that of the set before: 1 where nothing changed; null where either has none. */
export function timesSince(before: Factor | undefined, after: Factor): number | null {
  const [from, to] = [before && figureOf(before), figureOf(after)];
  return from === null || from === undefined || from === 0 || to === null ? null : to / from;
}

/** Whether a step is so large, either way, that a unit must have slipped. */
export const isImplausible = (times: number, {change_is_implausible: most}: Limits) => times > most || times < 1 / most;

/** Whether a step is large enough to want its reason written down. */
export const needsReason = (times: number, {change_needs_reason: percent}: Limits) =>
  Math.abs(times - 1) * 100 > percent;

const wellToTankOf: Readonly<Record<string, string>> = {
  combustion: "well_to_tank",
  travel: "well_to_tank",
  generation: "well_to_tank_of_generation",
  transmission_distribution: "well_to_tank_of_transmission_distribution"
};

/** The lines of one set whose well-to-tank is not there with them. */
export function withoutWellToTank(factors: readonly Factor[]): Factor[] {
  const keys = new Set(factors.map(keyOf));
  return factors.filter(factor => {
    const line = wellToTankOf[factor.line];
    return line !== undefined && !keys.has(keyOf({...factor, line}));
  });
}
