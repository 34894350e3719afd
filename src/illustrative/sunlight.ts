import {dayOfYear, halfHoursAhead, type IsoDate, PERIODS_PER_DAY, periodsOn} from "./calendar.ts";

/** Degrees; the array's place and tilt, near enough for a roof in the middle of Great Britain. */
const PLACE = {latitude: 53, tilt: 25} as const;
const TROPIC = 23.44;
const SOLSTICE_DAY_OF_YEAR = 172;
const DAYS_IN_YEAR = 365.25;
const DEGREES_PER_HALF_HOUR = 7.5;
/** UTC half-hours at which the sun stands highest, counted to the middle of a half-hour. */
const NOON = 24;
const MIDDLE = 0.5;
/** The air takes more of a low sun. */
const AIR_POWER = 1.15;
const RADIANS = Math.PI / 180;

const courseByDayOfYear = new Map<number, Float64Array>();

/** Under a clear sky, the share of an array's capacity that it gives in each settlement period of a day. */
export function sunlightOn(date: IsoDate): Float64Array {
  const course = utcCourse(dayOfYear(date));
  const ahead = halfHoursAhead(date);
  return Float64Array.from({length: periodsOn(date)}, (_, index) => {
    return course[(index - ahead + PERIODS_PER_DAY) % PERIODS_PER_DAY] ?? 0;
  });
}

function utcCourse(day: number): Float64Array {
  const known = courseByDayOfYear.get(day);
  if (known) return known;
  const course = Float64Array.from({length: PERIODS_PER_DAY}, (_, halfHour) => shareAt(day, halfHour));
  courseByDayOfYear.set(day, course);
  return course;
}

function shareAt(day: number, halfHour: number): number {
  const declination = TROPIC * Math.cos((2 * Math.PI * (day - SOLSTICE_DAY_OF_YEAR)) / DAYS_IN_YEAR) * RADIANS;
  const hourAngle = (halfHour + MIDDLE - NOON) * DEGREES_PER_HALF_HOUR * RADIANS;
  if (cosineToSun(PLACE.latitude, declination, hourAngle) <= 0) return 0;
  return Math.max(0, cosineToSun(PLACE.latitude - PLACE.tilt, declination, hourAngle)) ** AIR_POWER;
}

/** The sine of the sun's height over a plane that faces the sky at `latitude`. */
function cosineToSun(latitude: number, declination: number, hourAngle: number): number {
  const angle = latitude * RADIANS;
  return Math.sin(angle) * Math.sin(declination) + Math.cos(angle) * Math.cos(declination) * Math.cos(hourAngle);
}
