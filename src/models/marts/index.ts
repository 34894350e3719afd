import type {Mart} from "../mart.ts";
import {annualEmissions} from "./annual_emissions.ts";
import {annualReturns} from "./annual_returns.ts";
import {boroughEmissions} from "./borough_emissions.ts";
import {carbonBudgets} from "./carbon_budgets.ts";
import {dataCoverage} from "./data_coverage.ts";
import {emissionFactors} from "./emission_factors.ts";
import {emissionsBySource} from "./emissions_by_source.ts";
import {energyBySource} from "./energy_by_source.ts";
import {fleetActivity} from "./fleet_activity.ts";
import {gasQuality} from "./gas_quality.ts";
import {greyFleet} from "./grey_fleet.ts";
import {heldCharging} from "./held_charging.ts";
import {heldFuel} from "./held_fuel.ts";
import {heldMeters} from "./held_meters.ts";
import {loads} from "./loads.ts";
import {meterDays} from "./meter_days.ts";
import {meterPoints} from "./meter_points.ts";
import {monthlyEmissions} from "./monthly_emissions.ts";
import {observations} from "./observations.ts";
import {rejects} from "./rejects.ts";
import {renewableGeneration} from "./renewable_generation.ts";
import {reportingYears} from "./reporting_years.ts";
import {siteEnergyDaily} from "./site_energy_daily.ts";
import {siteEnergyMonthly} from "./site_energy_monthly.ts";
import {siteHalfHourly} from "./site_half_hourly.ts";
import {siteLoadProfile} from "./site_load_profile.ts";
import {siteRatings} from "./site_ratings.ts";
import {tankReconciliation} from "./tank_reconciliation.ts";
import {trajectories} from "./trajectories.ts";
import {unmeteredCheck} from "./unmetered_check.ts";
import {vehicleCharging} from "./vehicle_charging.ts";
import {vehicleDistance} from "./vehicle_distance.ts";
import {vehicles} from "./vehicles.ts";

/** Every mart, by name. */
export const marts: ReadonlyMap<string, Mart> = new Map(
  [
    siteEnergyDaily,
    siteEnergyMonthly,
    reportingYears,
    trajectories,
    carbonBudgets,
    emissionsBySource,
    annualEmissions,
    monthlyEmissions,
    annualReturns,
    fleetActivity,
    vehicleCharging,
    vehicleDistance,
    vehicles,
    greyFleet,
    tankReconciliation,
    renewableGeneration,
    emissionFactors,
    observations,
    boroughEmissions,
    dataCoverage,
    energyBySource,
    gasQuality,
    unmeteredCheck,
    meterDays,
    meterPoints,
    siteHalfHourly,
    siteLoadProfile,
    siteRatings,
    heldMeters,
    heldFuel,
    heldCharging,
    loads,
    rejects
  ].map(mart => [mart.name, mart as unknown as Mart])
);
