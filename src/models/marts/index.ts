import type {Mart} from "../mart.ts";
import {annualEmissions} from "./annual_emissions.ts";
import {boroughEmissions} from "./borough_emissions.ts";
import {dataCoverage} from "./data_coverage.ts";
import {emissionFactors} from "./emission_factors.ts";
import {heldMeters} from "./held_meters.ts";
import {loads} from "./loads.ts";
import {meterDays} from "./meter_days.ts";
import {meterPoints} from "./meter_points.ts";
import {monthlyEmissions} from "./monthly_emissions.ts";
import {rejects} from "./rejects.ts";
import {siteEnergyDaily} from "./site_energy_daily.ts";
import {siteEnergyMonthly} from "./site_energy_monthly.ts";
import {siteHalfHourly} from "./site_half_hourly.ts";
import {siteLoadProfile} from "./site_load_profile.ts";

/** Every mart, by name. */
export const marts: ReadonlyMap<string, Mart> = new Map(
  [
    siteEnergyDaily,
    siteEnergyMonthly,
    annualEmissions,
    monthlyEmissions,
    emissionFactors,
    boroughEmissions,
    dataCoverage,
    meterDays,
    meterPoints,
    siteHalfHourly,
    siteLoadProfile,
    heldMeters,
    loads,
    rejects
  ].map(mart => [mart.name, mart as unknown as Mart])
);
