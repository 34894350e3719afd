import type {BuildingEvent} from "../../models/marts/building_events.ts";
import type {EnergySignature} from "../../models/marts/energy_signatures.ts";
import type {Example} from "../kit/define-figure.ts";
import {utc} from "../kit/examples/invented.ts";
import {schoolDays, schoolLines} from "../kit/examples/school-days.ts";
import type {Summed} from "./words.ts";

let sum = 0;
/** What the days of the school of the energy signature come to, summed. */
const rows: readonly Summed[] = schoolDays.map(
  ({site_id, site_name, energy, quantity, settlement_date, is_fitted, excess_kwh}) => {
    sum += excess_kwh ?? 0;
    return {site_id, site_name, energy, quantity, settlement_date, is_fitted, summed_kwh: sum};
  }
);

const events: readonly BuildingEvent[] = [
  {site_id: "westfold", happened_on: utc("2026-02-09"), kind: "event", what: "A boiler stands still for a week"},
  {site_id: "westfold", happened_on: utc("2026-09-27"), kind: "finding", what: "heating while shut"}
];

export const examples: readonly Example<
  Summed,
  {readonly signatures: EnergySignature; readonly events: BuildingEvent}
>[] = [
  {name: "cusum", rows, more: {signatures: schoolLines, events}, options: {isIllustrative: true}},
  {
    name: "cusum-as-expected",
    rows: rows.slice(0, 380),
    more: {
      signatures: schoolLines.map(line => ({...line, excess_kwh: 210, excess_chance_kwh: 900})),
      events: []
    },
    looks: [["light", 960]]
  }
];
