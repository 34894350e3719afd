import {buildingPlaces} from "./building.ts";
import {commonPlaces} from "./common.ts";
import type {Places} from "./context.ts";
import {estatePlaces} from "./estate.ts";
import {figurePlace} from "./figures.ts";
import {healthPlaces} from "./health.ts";
import {methodPlaces} from "./method.ts";
import {openDataPlaces} from "./open-data.ts";
import {startPlaces} from "./start.ts";

/** Everything that a notebook or the template may name in double braces. */
export const places: Places = {
  ...commonPlaces,
  ...startPlaces,
  ...estatePlaces,
  ...buildingPlaces,
  ...healthPlaces,
  ...methodPlaces,
  ...openDataPlaces,
  figure: figurePlace
};
