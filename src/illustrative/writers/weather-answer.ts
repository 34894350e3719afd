import {STATION} from "../sites/station.ts";
import type {WeatherFile} from "../weather-files.ts";

const TENTHS = 10;

/** An answer of Open-Meteo's archive: hours by UTC, °C with one decimal. */
export function printWeatherAnswer({hours}: WeatherFile): string {
  return JSON.stringify({
    latitude: STATION.latitude,
    longitude: STATION.longitude,
    generationtime_ms: 0.5,
    utc_offset_seconds: 0,
    timezone: "GMT",
    timezone_abbreviation: "GMT",
    elevation: STATION.heightM,
    hourly_units: {time: "iso8601", temperature_2m: "°C"},
    hourly: {
      time: hours.map(({time}) => time),
      temperature_2m: hours.map(({celsius}) => (celsius === null ? null : Math.round(celsius * TENTHS) / TENTHS))
    }
  });
}
