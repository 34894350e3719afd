import {z} from "zod";
import {column, decimal, oneOf, type RowOf, text} from "./columns.ts";
import {defineRegister} from "./register.ts";

const year = z
  .string()
  .regex(/^(19|20)\d\d$/, "a year such as 2018")
  .transform(Number);

/** What may use energy, fuel or water, as figures name it: what is read, and then what only a return tells. */
export const emissionSources = [
  "building electricity",
  "building gas",
  "street lighting",
  "fleet",
  "plant",
  "fleet charging away from depots",
  "grey fleet",
  "heating oil",
  "heating LPG",
  "biomass boiler",
  "heat network",
  "water supply",
  "waste water",
  "business travel",
  "other"
] as const;

/** Totals of one source for one year, as a council reported them before it was metered by the half-hour. */
export const annualReturns = defineRegister({
  file: "annual-returns.csv",
  description:
    "The total of one source for one whole year: from before its meters were read by the half-hour, or of what has no meter (oil, water).",
  table: "council.annual_returns",
  key: ["reporting_year", "emission_source", "activity", "used_for"],
  keyWords: "a source and activity of one year",
  isOptional: true,
  columns: {
    reporting_year: column("integer", year, "2018 is April 2018 to March 2019."),
    emission_source: oneOf(
      emissionSources,
      "What used it, as the figures name it: a return under any other name would count beside the readings it stands for."
    ),
    activity: text("As the factor table names it."),
    unit: oneOf(["kWh", "l", "m3", "t", "km"], "The unit of the quantity."),
    quantity: decimal("How much."),
    used_for: oneOf(
      ["inventory", "comparison"],
      "inventory: stands for the source and activity in that year, and readings of them are not added; comparison: is set beside the readings and added to nothing."
    ),
    source: text("Where the total is from.")
  }
});

/** A row of it. */
export type AnnualReturn = RowOf<typeof annualReturns.columns>;
