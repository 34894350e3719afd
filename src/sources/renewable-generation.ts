import {defineFeed} from "./feed.ts";

/** Half-hourly files of the council's own generation meters. What leaves a site is metered by the estate's feed, on its export channel. */
export const renewableGeneration = defineFeed({
  name: "renewable-generation",
  description: "half-hourly generation of the council's own solar panels",
  origin: {producer: "generation meters and inverter portals", licence: "the council's own data"},
  quietAfterDays: 14
});
