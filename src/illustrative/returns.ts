/** A yearly total as the council reported it, in the columns of annual-returns.csv. */
export interface AnnualReturn {
  /** The financial year that begins in it. */
  readonly reporting_year: number;
  readonly emission_source: string;
  readonly activity: string;
  readonly unit: string;
  readonly quantity: number;
  /** What the figure is for: the inventory itself, or a look at what was said before there were meters. */
  readonly used_for: "inventory" | "comparison";
  readonly source: string;
}

type Kept = readonly [source: string, activity: string, unit: string, quantities: readonly number[]];

const SOURCE = "Illustrative annual return";
const FIRST_YEAR = 2018;

/** Reported for 2018 and 2019, before there were half-hourly reads. */
const BEFORE_METERS: readonly Kept[] = [
  ["building electricity", "electricity", "kWh", [17_200_000, 16_700_000]],
  ["building gas", "natural_gas", "kWh", [38_900_000, 37_600_000]],
  ["street lighting", "electricity", "kWh", [10_100_000, 9_700_000]],
  ["fleet", "diesel", "l", [948_000, 931_000]],
  ["fleet", "petrol", "l", [29_400, 28_600]],
  ["plant", "gas_oil", "l", [47_200, 46_100]]
];

/** Bills and delivery notes, year after year from 2018: never metered. */
const NEVER_METERED: readonly Kept[] = [
  ["heating oil", "burning_oil", "l", [42_300, 41_700, 40_100, 39_600, 38_200, 37_500, 36_400, 35_900]],
  ["biomass boiler", "wood_pellets", "t", [62, 60.5, 57.8, 61.2, 59.4, 58.6, 60.1, 58.9]],
  ["water supply", "water_supply", "m3", [94_200, 93_100, 71_800, 84_600, 90_300, 89_700, 88_900, 88_100]],
  ["waste water", "water_treatment", "m3", [86_300, 85_200, 65_900, 77_400, 82_500, 82_000, 81_300, 80_600]]
];

/** What was reported for building gas of 2021, a fiftieth above what the meters say. */
const SAID_THEN: AnnualReturn = {
  reporting_year: 2021,
  emission_source: "building gas",
  activity: "natural_gas",
  unit: "kWh",
  quantity: 34_660_000,
  used_for: "comparison",
  source: SOURCE
};

export const ANNUAL_RETURNS: readonly AnnualReturn[] = [...BEFORE_METERS, ...NEVER_METERED]
  .flatMap(yearly)
  .concat(SAID_THEN)
  .sort((one, other) => one.reporting_year - other.reporting_year);

function yearly([emission_source, activity, unit, quantities]: Kept): AnnualReturn[] {
  return quantities.map((quantity, index) => ({
    reporting_year: FIRST_YEAR + index,
    emission_source,
    activity,
    unit,
    quantity,
    used_for: "inventory",
    source: SOURCE
  }));
}
