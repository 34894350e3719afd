import type {FactorScope} from "./labels.ts";

/** What a council does that has a factor here, by canopy's own names. */
export type Activity =
  | "electricity"
  | "natural_gas"
  | "gas_oil"
  | "diesel"
  | "petrol"
  | "burning_oil"
  | "lpg"
  | "hvo"
  | "wood_pellets"
  | "water_supply"
  | "water_treatment"
  | "car_petrol"
  | "car_diesel"
  | "car_hybrid"
  | "car_plug_in_hybrid"
  | "car_electric"
  | "car_lpg"
  | "car_unknown_fuel"
  | "motorbike";

export type FactorUnit = "kWh" | "l" | "m3" | "t" | "km";

/** Where in the life of the energy the emission falls. Water has none of these, nor has a journey in another's vehicle. */
export type LifecycleStage = "combustion" | "generation" | "transmission_distribution" | "well_to_tank";

/** The line of an inventory a factor is for. An activity and unit have each line at most once in a set; `biogenic` is CO2 outside of scopes. */
export type FactorLine =
  | "combustion"
  | "generation"
  | "transmission_distribution"
  | "well_to_tank"
  | "well_to_tank_of_generation"
  | "well_to_tank_of_transmission_distribution"
  | "biogenic"
  | "supply"
  | "treatment"
  | "travel";

/** How the government labels a factor, all years together: any of the labels of a level will do. Case, spaces and stray backticks do not count. */
export interface PublishedAs {
  readonly level_1: readonly string[];
  readonly level_2: readonly string[];
  readonly level_3: readonly string[];
  readonly column_text: readonly (string | null)[];
  readonly uom: string;
}

export interface FactorUsed {
  readonly activity: Activity;
  readonly unit: FactorUnit;
  readonly lifecycle_stage: LifecycleStage | null;
  readonly line: FactorLine;
  readonly scope: FactorScope;
  /**
   * Which heat of combustion a kWh counts. Gas is billed gross, and its net factor is a ninth higher. Bioenergy per kWh is net, as the workbooks of
   * 2021, 2022 and 2024 say; they do not say it of its well-to-tank line. Null: not a kWh of fuel, or not said.
   */
  readonly calorific_basis: "gross" | "net" | null;
  readonly published: PublishedAs;
}

type Energy = "kWh (Gross CV)" | "kWh" | "litres" | "cubic metres" | "tonnes";
const unitOf: Record<Energy, FactorUnit> = {
  "kWh (Gross CV)": "kWh",
  kWh: "kWh",
  litres: "l",
  "cubic metres": "m3",
  tonnes: "t"
};
const textOf: Record<Energy, readonly (string | null)[]> = {
  "kWh (Gross CV)": [null, "Energy - Gross CV"],
  kWh: [null],
  litres: [null, "Volume"],
  "cubic metres": [null],
  tonnes: [null]
};
const basisOf = (uom: Energy, isSaid = true) => {
  if (uom === "kWh (Gross CV)") return "gross";
  return uom === "kWh" && isSaid ? "net" : null;
};

/** Labels of levels 1 to 3 in order, each with its other spellings after a bar. */
function published(labels: readonly [string, string, string], uom: Energy): PublishedAs {
  const [level_1, level_2, level_3] = labels.map(label => label.split("|")) as [string[], string[], string[]];
  return {level_1, level_2, level_3, column_text: textOf[uom], uom};
}

const fuel = (activity: Activity, kind: "gaseous" | "liquid", name: string, uom: Energy): FactorUsed[] => [
  {
    activity,
    unit: unitOf[uom],
    lifecycle_stage: "combustion",
    line: "combustion",
    scope: "1",
    calorific_basis: basisOf(uom),
    published: published(["Fuels", `${kind} fuels`, name], uom)
  },
  {
    activity,
    unit: unitOf[uom],
    lifecycle_stage: "well_to_tank",
    line: "well_to_tank",
    scope: "3",
    calorific_basis: basisOf(uom),
    published: published(["WTT- fuels", `${kind} fuels|WTT- ${kind} fuels`, name], uom)
  }
];

const biogenic = (activity: Activity, level_2: string, name: string, uom: Energy): FactorUsed => ({
  activity,
  unit: unitOf[uom],
  lifecycle_stage: activity === "electricity" ? "generation" : "combustion",
  line: "biogenic",
  scope: "outside",
  calorific_basis: activity === "electricity" ? null : basisOf(uom),
  published: published(["Outside of scopes", level_2, name], uom)
});

const bioenergy = (activity: Activity, kind: "biofuel" | "biomass", name: string, uom: Energy): FactorUsed[] => [
  {
    activity,
    unit: unitOf[uom],
    lifecycle_stage: "combustion",
    line: "combustion",
    scope: "1",
    calorific_basis: basisOf(uom),
    published: published(["Bioenergy", kind, name], uom)
  },
  {
    activity,
    unit: unitOf[uom],
    lifecycle_stage: "well_to_tank",
    line: "well_to_tank",
    scope: "3",
    calorific_basis: basisOf(uom, false),
    published: published(["WTT- bioenergy", `WTT- ${kind}`, name], uom)
  },
  biogenic(activity, kind, name, uom)
];

const electricity = (
  line: FactorLine,
  lifecycle_stage: LifecycleStage,
  scope: FactorScope,
  labels: readonly [string, string]
): FactorUsed => ({
  activity: "electricity",
  unit: "kWh",
  lifecycle_stage,
  line,
  scope,
  calorific_basis: null,
  published: published([...labels, "Electricity: UK"], "kWh")
});

const water = (activity: Activity, line: FactorLine, name: string): FactorUsed => ({
  activity,
  unit: "m3",
  lifecycle_stage: null,
  line,
  scope: "3",
  calorific_basis: null,
  published: published([name, name, name], "cubic metres")
});

/** Business travel by road in a vehicle that is not the council's. Of an electric car the government's figure has transmission and distribution in it. */
const travel = (
  activity: Activity,
  [kind, size, column_text]: readonly [string, string, string | null]
): FactorUsed[] => {
  const inVehicle = (line: FactorLine, lifecycle_stage: LifecycleStage | null, level_1: string, level_2: string) => ({
    activity,
    unit: "km" as const,
    lifecycle_stage,
    line,
    scope: "3" as const,
    calorific_basis: null,
    published: {level_1: [level_1], level_2: [level_2], level_3: [size], column_text: [column_text], uom: "km"}
  });
  return [
    inVehicle("travel", null, "Business travel- land", kind),
    inVehicle("well_to_tank", "well_to_tank", "WTT- pass vehs & travel- land", `WTT- ${kind.toLowerCase()}`)
  ];
};

const car = (activity: Activity, fuel: string) => travel(activity, ["Cars (by size)", "Average car", fuel]);

const wttElectricity = "WTT- UK electricity|WTT- UK & overseas elec";

/** Every factor canopy uses and how it is found in a flat file, in the order of the table. */
export const factorsUsed: readonly FactorUsed[] = [
  electricity("generation", "generation", "2", ["UK electricity", "Electricity generated"]),
  electricity("transmission_distribution", "transmission_distribution", "3", [
    "Transmission and distribution",
    "T&D- UK electricity"
  ]),
  electricity("well_to_tank_of_generation", "well_to_tank", "3", [wttElectricity, "WTT- UK electricity (generation)"]),
  electricity("well_to_tank_of_transmission_distribution", "well_to_tank", "3", [
    wttElectricity,
    "WTT- UK electricity (T&D)"
  ]),
  biogenic("electricity", "Electricity generated", "Electricity: UK", "kWh"),
  ...fuel("natural_gas", "gaseous", "Natural gas", "kWh (Gross CV)"),
  ...fuel("gas_oil", "liquid", "Gas oil", "litres"),
  ...fuel("diesel", "liquid", "Diesel (average biofuel blend)", "litres"),
  biogenic("diesel", "Forecourt fuels containing biofuel", "Diesel (average biofuel blend)", "litres"),
  ...fuel("petrol", "liquid", "Petrol (average biofuel blend)", "litres"),
  biogenic("petrol", "Forecourt fuels containing biofuel", "Petrol (average biofuel blend)", "litres"),
  ...fuel("burning_oil", "liquid", "Burning oil", "litres"),
  ...fuel("lpg", "gaseous", "LPG", "litres"),
  ...bioenergy("hvo", "biofuel", "Biodiesel HVO", "litres"),
  ...bioenergy("wood_pellets", "biomass", "Wood pellets", "kWh"),
  ...bioenergy("wood_pellets", "biomass", "Wood pellets", "tonnes"),
  water("water_supply", "supply", "Water supply"),
  water("water_treatment", "treatment", "Water treatment"),
  ...car("car_petrol", "Petrol"),
  ...car("car_diesel", "Diesel"),
  ...car("car_hybrid", "Hybrid"),
  ...car("car_plug_in_hybrid", "Plug-in Hybrid Electric Vehicle"),
  ...car("car_electric", "Battery Electric Vehicle"),
  ...car("car_lpg", "LPG"),
  ...car("car_unknown_fuel", "Unknown"),
  ...travel("motorbike", ["Motorbike", "Average", null])
];
