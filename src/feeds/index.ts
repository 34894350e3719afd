import {estateEnergy} from "./estate/estate-energy.ts";
import type {Feed} from "./feed.ts";

/** Every feed, by name. */
export const feeds: ReadonlyMap<string, Feed> = new Map([estateEnergy].map(feed => [feed.name, feed]));
