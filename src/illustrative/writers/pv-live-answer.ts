import {type AreaFile, PES_ID} from "../area-sun.ts";

const rounded = (value: number, places: number) => Number(value.toFixed(places));

/** An answer of PV_Live for a network area: the newest half-hour first, each named by its end in UTC. */
export function printPvLiveAnswer({halfHours}: AreaFile): string {
  const data = halfHours
    .map(({end, generationMw, capacityMwp}) => [PES_ID, end, rounded(generationMw, 2), rounded(capacityMwp, 1)])
    .reverse();
  return JSON.stringify({data, meta: ["pes_id", "datetime_gmt", "generation_mw", "installedcapacity_mwp"]});
}
