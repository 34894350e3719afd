import type {BoroughEmissions} from "../../src/models/marts/borough_emissions.ts";
import type {Comparison} from "../../src/models/marts/comparisons.ts";
import type {DataCoverage} from "../../src/models/marts/data_coverage.ts";
import type {Doubt} from "../../src/models/marts/doubts.ts";
import type {EmissionsBySource} from "../../src/models/marts/emissions_by_source.ts";
import type {FleetActivity} from "../../src/models/marts/fleet_activity.ts";
import type {RenewableGeneration} from "../../src/models/marts/renewable_generation.ts";
import type {ReportingYear} from "../../src/models/marts/reporting_years.ts";
import type {SourceCompleteness} from "../../src/models/marts/source_completeness.ts";
import type {Trajectory} from "../../src/models/marts/trajectories.ts";
import type {Connection} from "../../src/warehouse/connection.ts";
import {withMarts} from "../support/mart-rows.ts";

/** Rows of the marts that the page reads. */
export interface InventedMarts {
  readonly trajectories: readonly Trajectory[];
  readonly sources: readonly EmissionsBySource[];
  readonly fleet: readonly FleetActivity[];
  readonly generation: readonly RenewableGeneration[];
  readonly coverage: readonly DataCoverage[];
  readonly years: readonly ReportingYear[];
  readonly borough: readonly BoroughEmissions[];
  readonly compared: readonly Comparison[];
  readonly sourcesComplete: readonly SourceCompleteness[];
  readonly doubts: readonly Doubt[];
  /** Rows of further marts, by name; all others have none. */
  readonly more?: Readonly<Record<string, readonly object[]>>;
}

export const noRows: InventedMarts = {
  trajectories: [],
  sources: [],
  fleet: [],
  generation: [],
  coverage: [],
  years: [],
  borough: [],
  compared: [],
  sourcesComplete: [],
  doubts: []
};

/** Runs work on a real database that holds these rows as its published marts, as of 31 October 2026. */
export const withInvented = <T>(rows: InventedMarts, work: (connection: Connection) => Promise<T>): Promise<T> =>
  withMarts(
    {
      trajectories: rows.trajectories,
      emissions_by_source: rows.sources,
      fleet_activity: rows.fleet,
      renewable_generation: rows.generation,
      data_coverage: rows.coverage,
      reporting_years: rows.years,
      borough_emissions: rows.borough,
      comparisons: rows.compared,
      source_completeness: rows.sourcesComplete,
      doubts: rows.doubts,
      ...rows.more
    },
    "2026-10-31",
    work
  );
