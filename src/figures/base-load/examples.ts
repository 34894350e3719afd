import type {Example} from "../kit/define-figure.ts";
import {townHall, utc} from "../kit/examples/invented.ts";
import type {Night} from "./words.ts";

/** Two years of nights at about 20 kW, 6 kW more from the 600th on, 60 nights not held. */
export function townHallNights(site: Partial<Night> = {}): Night[] {
  const nights = Array.from({length: 730}, (_, index) => ({
    ...townHall,
    energy: "electricity" as const,
    quantity: "use" as const,
    settlement_date: new Date(utc("2024-11-01").getTime() + index * 86_400_000),
    base_load_kw: 20 + (index >= 600 ? 6 : 0) + 1.5 * Math.sin(index * 1.9) + 2 * Math.cos((2 * Math.PI * index) / 365),
    usual_kw: 20 + (index >= 614 ? 6 : 0) + 2 * Math.cos((2 * Math.PI * (index - 14)) / 365),
    now_kw: 27.9,
    before_kw: 21.9,
    gbp_a_kw_year: 2012,
    ...site
  }));
  return nights.filter((_, index) => index < 300 || index >= 360);
}

export const examples: readonly Example<Night>[] = [
  {name: "base-load", rows: townHallNights(), options: {isIllustrative: true}},
  {
    name: "base-load-too-few",
    rows: townHallNights({usual_kw: null, now_kw: null, before_kw: null, quantity: "import"}).slice(0, 9),
    looks: [["light", 960]]
  }
];
