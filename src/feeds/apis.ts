import {epcApi} from "./borough/epc-api.ts";
import {nomisApi} from "./borough/nomis-api.ts";
import {trafficApi} from "./borough/traffic-api.ts";
import {calorificValueApi} from "./context/gas/calorific-value-api.ts";
import {carbonIntensityApi} from "./context/grid/carbon-intensity-api.ts";
import {pvLiveApi} from "./context/grid/pv-live-api.ts";
import {openMeteo} from "./context/weather/open-meteo-api.ts";
import {glowmarkt} from "./estate/glowmarkt.ts";
import {n3rgy} from "./estate/n3rgy.ts";
import {octopus} from "./estate/octopus.ts";
import {perse} from "./estate/perse.ts";
import {dvlaApi} from "./fleet/dvla-api.ts";
import {geotabApi} from "./fleet/geotab-api.ts";
import {ocpiApi} from "./fleet/ocpi-api.ts";
import {webfleetApi} from "./fleet/webfleet-api.ts";
import {enphase} from "./generation/enphase.ts";
import {fronius} from "./generation/fronius.ts";
import {solaredge} from "./generation/solaredge.ts";
import type {Api} from "./http/api.ts";

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
