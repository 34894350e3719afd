import {type IsoDate, PERIODS_PER_DAY} from "./calendar.ts";
import {darknessOn} from "./daylight.ts";
import type {MeterPoint, Site} from "./estate.ts";
import {isWithin, LED_OFFICE, type Surroundings} from "./happenings.ts";
import {isWarmedByPump, warmthOn} from "./heating.ts";
import {
  type BuildingKind,
  COOLING,
  ELECTRICITY_SHAPES,
  type ElectricityShape,
  GAS_SHAPES,
  HEAT_PUMP,
  HEATING,
  LEFT_ON
} from "./load-shapes.ts";
import {attendanceOn, isOpenAt, presenceOf} from "./opening.ts";
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
  const kilowatts = scaled(wattsOn(site, meter, kind, surroundings, date), scale / WATTS_PER_KILOWATT);
  const more = isMain(site, meter) ? kilowattsAdded(site, surroundings, date) : 0;
  return more === 0 ? kilowatts : kilowatts.map(value => value + more);
}

/** Watts for each square metre served. */
function wattsOn(
  site: Site,
  meter: MeterPoint,
  kind: BuildingKind,
  surroundings: Surroundings,
  date: IsoDate
): Float64Array {
  const shape = shapeOn(site, kind, date);
  const presence = site.hours ? presenceOf(site.hours) : NOBODY;
  const attendance = attendanceOn(site, date);
  const darkness = darknessOn(date);
  const temperatures = surroundings.weather.temperaturesOn(date);
  const pump = isWarmedByPump(site, date) ? warmthOn(site, surroundings, date) : null;
  const isLeftOn = isMain(site, meter) && isWithin(surroundings.mishaps.lightsLeftOn, site.siteId, date);
  return presence.map((present, index) => {
    const degrees = Math.max(0, (temperatures[index] ?? 0) - COOLING.fromCelsius);
    const lamps = shape.lighting * (darkness[index] ?? 0);
    const inUse = shape.occupied + lamps + shape.coolingPerDegree * degrees;
    const used = shape.base + attendance * present * inUse + HEAT_PUMP.wattsPerDegree * (pump?.[index] ?? 0);
    const isWasted = isLeftOn && !isOpenAt(site, date, index);
    return isWasted ? used + LEFT_ON.lamps * (1 - attendance * present) * lamps : used;
  });
}

/** Litres of gas an hour for each square metre served. */
function litresOn(site: Site, kind: BuildingKind, surroundings: Surroundings, date: IsoDate): Float64Array {
  const shape = GAS_SHAPES[kind];
  const presence = site.hours ? presenceOf(site.hours) : NOBODY;
  const attendance = attendanceOn(site, date);
  const pool = shape.pool * (HEATING.closedShare + (1 - HEATING.closedShare) * lifeOn(kind, date));
  const heating = shape.heatingPerDegree * (isWarmedByPump(site, date) ? HEAT_PUMP.gasShare : 1);
  const keptHot = isWithin(surroundings.mishaps.hotWaterLeftOn, site.siteId, date)
    ? LEFT_ON.hotWater * shape.hotWater
    : 0;
  return warmthOn(site, surroundings, date).map(
    (warmth, index) => pool + Math.max(keptHot, shape.hotWater * attendance * (presence[index] ?? 0)) + heating * warmth
  );
}

/** Whether a meter is the first of its energy at a site. */
function isMain({meterPoints}: Site, meter: MeterPoint): boolean {
  return meterPoints.find(({energy}) => energy === meter.energy) === meter;
}

/** How a building draws electricity on a day: as its kind, but with less for lamps once they are changed. */
function shapeOn({siteId}: Site, kind: BuildingKind, date: IsoDate): ElectricityShape {
  const shape = ELECTRICITY_SHAPES[kind];
  if (siteId !== LED_OFFICE.siteId || date < LED_OFFICE.from) return shape;
  const {left, byDay} = LED_OFFICE;
  return {...shape, occupied: shape.occupied * (1 - byDay * (1 - left)), lighting: shape.lighting * left};
}

/** kW that something more draws day and night. */
function kilowattsAdded({siteId}: Site, {mishaps}: Surroundings, date: IsoDate): number {
  return mishaps.baseLoadRaised.reduce((sum, stay) => (isWithin([stay], siteId, date) ? sum + stay.kilowatts : sum), 0);
}

function scaled(course: Float64Array, by: number): Float64Array {
  return course.map(value => value * by);
}
