import {type Account, FLOWS, GENERATION} from "./accounts.ts";
import type {IsoDate} from "./calendar.ts";
import type {MeterPoint, Site} from "./estate.ts";
import {generate} from "./generation.ts";
import {draw, measure} from "./measure.ts";
import type {MeterDay} from "./reads.ts";
import {ARRAYS} from "./sites/arrays.ts";
import {SITES} from "./sites/sites.ts";
import type {Weather} from "./weather.ts";

/** What everything invented hangs on. */
export interface World {
  readonly seed: number;
  readonly weather: Weather;
  readonly dates: readonly IsoDate[];
}

/** Every day of every series of an account, series by series. */
export function daysOfAccount(world: World, {fileStem}: Account): MeterDay[] {
  if (fileStem === GENERATION) return ARRAYS.flatMap(array => generationDays(world, array));
  return SITES.flatMap(site =>
    site.meterPoints.filter(meter => meter.account === fileStem).flatMap(meter => supplyDays(world, site, meter))
  );
}

function generationDays({seed, weather, dates}: World, array: (typeof ARRAYS)[number]): MeterDay[] {
  const {site, meter} = array;
  return measure(
    seed,
    {site, meter, channel: "generation", from: meter.from},
    generate(seed, array, weather, dates),
    dates
  );
}

function supplyDays(world: World, site: Site, meter: MeterPoint): MeterDay[] {
  const {seed, weather, dates} = world;
  const load = draw(seed, site, meter, weather, dates);
  const array = meter.account === FLOWS ? ARRAYS.find(each => each.supply === meter) : undefined;
  const importing = {site, meter, channel: "import", from: meter.from} as const;
  if (!array) return measure(seed, importing, load, dates);
  const net = generate(seed, array, weather, dates).map((generated, index) => (load[index] ?? 0) - generated);
  const imported = net.map(value => Math.max(0, value));
  const days = measure(seed, importing, imported, dates);
  if (!array.isExportMetered) return days;
  const exported = net.map(value => Math.max(0, -value));
  return [...days, ...measure(seed, {...importing, channel: "export", from: array.meter.from}, exported, dates)];
}
