import {dvlaApi} from "./dvla/api.ts";
import {enphase} from "./enphase/enphase.ts";
import {epcApi} from "./epc/api.ts";
import {fronius} from "./fronius/fronius.ts";
import {geotabApi} from "./geotab/api.ts";
import {glowmarkt} from "./glowmarkt/glowmarkt.ts";
import {carbonIntensityApi} from "./grid/carbon-intensity-api.ts";
import {pvLiveApi} from "./grid/pv-live-api.ts";
import type {Api} from "./http/api.ts";
import {n3rgy} from "./n3rgy/n3rgy.ts";
import {calorificValueApi} from "./national-gas/calorific-value-api.ts";
import {trafficApi} from "./national-statistics/traffic-api.ts";
import {nomisApi} from "./nomis/api.ts";
import {ocpiApi} from "./ocpi/api.ts";
import {octopus} from "./octopus/octopus.ts";
import {perse} from "./perse/perse.ts";
import {solaredge} from "./solaredge/solaredge.ts";
import {openMeteo} from "./weather/open-meteo-api.ts";
import {webfleetApi} from "./webfleet/api.ts";

const all = [
  n3rgy,
  octopus,
  glowmarkt,
  perse,
  solaredge,
  enphase,
  fronius,
  pvLiveApi,
  carbonIntensityApi,
  openMeteo,
  calorificValueApi,
  geotabApi,
  webfleetApi,
  dvlaApi,
  ocpiApi,
  epcApi,
  nomisApi,
  trafficApi
] as unknown as readonly Api[];

/** Every service that can be asked for data, by name. */
export const apis: ReadonlyMap<string, Api> = new Map(all.map(api => [api.name, api]));
