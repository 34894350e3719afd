import {type IsoDate, PERIODS_PER_DAY} from "./calendar.ts";
import {darknessOn} from "./daylight.ts";
import type {MeterPoint, Site} from "./estate.ts";
import type {Surroundings} from "./happenings.ts";
import {isWarmedByPump, warmthOn} from "./heating.ts";
import {type BuildingKind, COOLING, ELECTRICITY_SHAPES, GAS_SHAPES, HEAT_PUMP, HEATING} from "./load-shapes.ts";
import {attendanceOn, presenceOf} from "./opening.ts";
import {efficiencyOn, lampsLeftOn, lifeOn} from "./trends.ts";

const WATTS_PER_KILOWATT = 1000;
const LITRES_PER_CUBIC_METRE = 1000;
const NOBODY = new Float64Array(PERIODS_PER_DAY);

/** The load of a meter at each half-hour of the wall clock, before chance: kW of electricity or m3 of gas an hour. */
export function loadOn(site: Site, meter: MeterPoint, surroundings: Surroundings, date: IsoDate): Float64Array {
  const {kind} = site;
  if (kind === "street-lighting") return scaled(darknessOn(date), meter.scale * lampsLeftOn(date));
  const scale = meter.scale * efficiencyOn(date);
  if (meter.energy === "gas") return scaled(litresOn(site, kind, surroundings, date), scale / LITRES_PER_CUBIC_METRE);
  return scaled(wattsOn(site, kind, surroundings, date), scale / WATTS_PER_KILOWATT);
}

/** Watts for each square metre served. */
function wattsOn(site: Site, kind: BuildingKind, surroundings: Surroundings, date: IsoDate): Float64Array {
  const shape = ELECTRICITY_SHAPES[kind];
  const presence = site.hours ? presenceOf(site.hours) : NOBODY;
  const attendance = attendanceOn(site, date);
  const darkness = darknessOn(date);
  const temperatures = surroundings.weather.temperaturesOn(date);
  const pump = isWarmedByPump(site, date) ? warmthOn(site, surroundings, date) : null;
  return presence.map((present, index) => {
    const degrees = Math.max(0, (temperatures[index] ?? 0) - COOLING.fromCelsius);
    const inUse = shape.occupied + shape.lighting * (darkness[index] ?? 0) + shape.coolingPerDegree * degrees;
    return shape.base + attendance * present * inUse + HEAT_PUMP.wattsPerDegree * (pump?.[index] ?? 0);
  });
}

/** Litres of gas an hour for each square metre served. */
function litresOn(site: Site, kind: BuildingKind, surroundings: Surroundings, date: IsoDate): Float64Array {
  const shape = GAS_SHAPES[kind];
  const presence = site.hours ? presenceOf(site.hours) : NOBODY;
  const attendance = attendanceOn(site, date);
  const pool = shape.pool * (HEATING.closedShare + (1 - HEATING.closedShare) * lifeOn(kind, date));
  const heating = shape.heatingPerDegree * (isWarmedByPump(site, date) ? HEAT_PUMP.gasShare : 1);
  return warmthOn(site, surroundings, date).map(
    (warmth, index) => pool + shape.hotWater * attendance * (presence[index] ?? 0) + heating * warmth
  );
}

function scaled(course: Float64Array, by: number): Float64Array {
  return course.map(value => value * by);
}
