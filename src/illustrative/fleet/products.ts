import type {Fuel} from "./groups.ts";

export type Activity = Exclude<Fuel, "electric"> | "not_fuel";

/** What may be drawn at a pump. Codes and prices are invented. */
export interface Product {
  readonly code: string;
  readonly name: string;
  readonly activity: Activity;
  readonly poundsPerLitre: number;
}

export const PROVIDER = "keyfuels";

export const PRODUCTS: readonly Product[] = [
  {code: "018", name: "Diesel", activity: "diesel", poundsPerLitre: 1.4},
  {code: "001", name: "Unleaded petrol", activity: "petrol", poundsPerLitre: 1.36},
  {code: "020", name: "Gas oil", activity: "gas_oil", poundsPerLitre: 0.92},
  {code: "045", name: "HVO", activity: "hvo", poundsPerLitre: 1.68},
  {code: "090", name: "AdBlue", activity: "not_fuel", poundsPerLitre: 0.7}
];

/** A product that turns up in one month's file and in no register. */
export const UNKNOWN_PRODUCT = {code: "077", poundsPerLitre: 1.1, month: "2025-09", lines: 2} as const;

/** What is drawn for a fuel. Refuses one that no pump gives. */
export function productFor(activity: Fuel | Activity): Product {
  const product = PRODUCTS.find(each => each.activity === activity);
  if (!product) throw new Error(`no product for: ${activity}`);
  return product;
}
