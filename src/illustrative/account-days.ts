import {type Account, FLOWS, GENERATION} from "./accounts.ts";
import type {IsoDate} from "./calendar.ts";
import type {MeterPoint, SolarArray} from "./estate.ts";
import type {Faults} from "./faults/plan.ts";
import {generate} from "./generation.ts";
import type {Surroundings} from "./happenings.ts";
import {draw, measure} from "./measure.ts";
import type {MeterDay} from "./reads.ts";
import {ARRAYS} from "./sites/arrays.ts";
import {SITES} from "./sites/sites.ts";

/** What everything invented hangs on. */
export interface World extends Surroundings {
  readonly seed: number;
  readonly dates: readonly IsoDate[];
  readonly faults: Faults;
}

/** Every day of every series of an account, series by series. */
export function daysOfAccount(world: World, {fileStem}: Account): MeterDay[] {
  if (fileStem === GENERATION) return ARRAYS.flatMap(array => generationDays(world, array));
  const meters = SITES.flatMap(site => site.meterPoints).filter(meter => meter.account === fileStem);
  return meters.flatMap(meter => supplyDays(world, world.faults === "none" ? withoutExchange(meter) : meter));
}

function generationDays(world: World, array: SolarArray): MeterDay[] {
  const dates = datesTold(world, array.supply);
  const series = {meter: array.meter, channel: "generation", from: array.from} as const;
  return measure(world.seed, series, generate(world.seed, array, world, dates), dates);
}

function supplyDays(world: World, meter: MeterPoint): MeterDay[] {
  const {seed} = world;
  const dates = datesTold(world, meter);
  const load = draw(seed, meter, world, dates);
  const array = meter.account === FLOWS ? ARRAYS.find(each => each.supply === meter) : undefined;
  const importing = {meter, channel: "import", from: dates[0] ?? ""} as const;
  if (!array) return measure(seed, importing, load, dates);
  const net = generate(seed, array, world, dates).map((generated, index) => (load[index] ?? 0) - generated);
  const imported = net.map(value => Math.max(0, value));
  const days = measure(seed, importing, imported, dates);
  if (!array.isExportMetered) return days;
  const exported = net.map(value => Math.max(0, -value));
  return [...days, ...measure(seed, {...importing, channel: "export", from: array.from}, exported, dates)];
}

/** The dates of which the files tell of a meter: from its first life on, to its last or as long as nobody told the supplier. */
function datesTold({dates}: World, {lives, toldTo}: MeterPoint): IsoDate[] {
  const first = lives[0]?.from ?? "";
  return dates.filter(date => date >= first && date <= toldTo);
}

/** The meter as if it had stood there all the time. */
function withoutExchange(meter: MeterPoint): MeterPoint {
  const {exchange, ...same} = meter;
  return exchange ? same : meter;
}
