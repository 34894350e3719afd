import type {Example} from "../kit/define-figure.ts";
import {utc} from "../kit/examples/invented.ts";
import type {Placed} from "./words.ts";

const placed = (site_name: string, kwh: number | null, before: number | null, more: Partial<Placed> = {}): Placed => ({
  ...{site_id: site_name.toLowerCase().replaceAll(" ", "-"), site_name, site_kind: "primary-school", heated_by: "gas"},
  ...{energy: "gas", quantity: "use", is_chosen: false, held_share: 0.99, kwh_per_m2: kwh, kwh_per_m2_before: before},
  ...{peers_kwh_per_m2: 131, peers: 6, tm46_band: "D", typical_kwh_per_m2: 150, as_of: utc("2026-10-31")},
  gbp_above_typical: kwh !== null && kwh > 150 ? (kwh - 150) * 1900 * 0.055 : null,
  ...more
});

/** Seven schools: one far above the others and above its own year before, one of which too little is read. */
export const schools: readonly Placed[] = [
  placed("Westfold Primary School", 177, 129, {is_chosen: true, tm46_band: "F"}),
  placed("Oxmarsh Primary School", 152, 158, {tm46_band: "E"}),
  placed("St Wilfrid's Church of England Primary School and Nursery", 133, 136),
  placed("Pellbrook Primary School", 131, 130),
  placed("Hartsease Primary School", 118, null),
  placed("Lindrick Primary School", 96, 121, {tm46_band: "C"}),
  placed("Tolworth Primary School", null, 127, {tm46_band: null, held_share: 0.41})
];

export const examples: readonly Example<Placed>[] = [
  {name: "league", rows: schools, options: {isIllustrative: true}},
  {
    name: "league-too-few",
    rows: [placed("Rowan Museum", 96, 99, {is_chosen: true, peers: 1, peers_kwh_per_m2: null, site_kind: "museum"})],
    looks: [["light", 960]]
  }
];
