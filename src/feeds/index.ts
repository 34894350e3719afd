import {estateEnergy} from "./estate/estate-energy.ts";
import type {Feed} from "./feed.ts";
import {fleetFuel} from "./fleet/fleet-fuel.ts";
import {renewableGeneration} from "./generation/renewable-generation.ts";

/** Every feed, by name. */
export const feeds: ReadonlyMap<string, Feed> = new Map(
  [estateEnergy, renewableGeneration, fleetFuel].map(feed => [feed.name, feed])
);
