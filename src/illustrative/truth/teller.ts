import {ESTATE_PERIOD} from "../estate.ts";
import type {Fault} from "../faults/fault.ts";
import {ANNUAL_RETURNS} from "../returns.ts";
import {ARRAYS} from "../sites/arrays.ts";
import {SITES} from "../sites/sites.ts";
import type {HalfHourTruth, MeterPointTruth, OutsideTruth, Truth} from "../truth.ts";
import type {Findings} from "./findings.ts";
import type {HeldSeries} from "./held-reads.ts";
import {openFuelLedger} from "./tell-fuel.ts";
import {tellGeneration} from "./tell-generation.ts";
import {TRUTH_WEEK, tellMeterPoint, tellOutside, tellWeek} from "./tell-meter-points.ts";

/** Gathers what files amount to as they go by. */
export interface Teller {
  readonly findings: Findings;
  tell(seed: number): Truth;
}

/** Keeps the reads only of the sites that generate, which are told together at the end. */
export function startTelling(): Teller {
  const points: MeterPointTruth[] = [];
  const outside: OutsideTruth[] = [];
  const halfHours: HalfHourTruth[] = [];
  const faults: Fault[] = [];
  const ofArrays: HeldSeries[] = [];
  const fuel = openFuelLedger();
  const held = (series: readonly HeldSeries[]) => {
    points.push(...series.flatMap(tellMeterPoint));
    outside.push(...series.flatMap(tellOutside));
    for (const each of series) halfHours.push(...tellWeek(each));
    ofArrays.push(...series.filter(({series: {channel}}) => channel !== "import"));
  };
  return {
    findings: {held, fuel, faults: more => void faults.push(...more)},
    tell: seed => ({
      seed,
      first_date: ESTATE_PERIOD.from,
      last_date: ESTATE_PERIOD.to,
      meter_points: inOrder(points),
      outside_lives: inOrder(outside),
      generation: tellGeneration(ofArrays),
      fuel: fuel.fuel(),
      unknown_products: fuel.unknownProducts(),
      returns: ANNUAL_RETURNS,
      week: {first_date: TRUTH_WEEK.from, last_date: TRUTH_WEEK.to, half_hours: inOrder(halfHours)},
      faults: [...faults, ...fuel.faults()]
    })
  };
}

/** In the order of the register of meter points; what stands together stays in order. */
function inOrder<Told extends {readonly meter_point_id: string}>(told: readonly Told[]): Told[] {
  const meters = [...SITES.flatMap(site => site.meterPoints), ...ARRAYS.map(array => array.meter)];
  const placeOf = new Map(meters.map((meter, index) => [meter.meterPointId, index]));
  const place = ({meter_point_id}: Told) => placeOf.get(meter_point_id) ?? meters.length;
  return [...told].sort((one, other) => place(one) - place(other));
}
