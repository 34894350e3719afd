import {defineFeed} from "./feed.ts";

/** Half-hourly files of the estate's electricity and gas meters, as suppliers, collectors and portals send them. */
export const estateEnergy = defineFeed({
  name: "estate-energy",
  description: "half-hourly electricity and gas of the council's own buildings",
  origin: {producer: "energy suppliers and data collectors", licence: "the council's own data"},
  quietAfterDays: 5
});
