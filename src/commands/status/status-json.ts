import type {Config} from "../../council/config.ts";
import type {OwedSlot, SlotStanding} from "../../pipeline/slots.ts";
import type {Headline} from "../../publish/headline.ts";
import type {Told} from "../../warehouse/published.ts";
import {jsonValue} from "../../wording/table.ts";
import type {Freshness} from "./freshness.ts";
import type {ScheduleReport} from "./schedule.ts";
import type {Standing} from "./standing.ts";

/**
 * `canopy status --format json`: one object. Names stay as they are within a `version`; more may be added. Names ending in `_at` are instants at UTC
 * (`2026-11-03T02:15:00.000Z`), those in `_date` and `month` local dates (`2026-11-03`), units stand last in a name.
 *
 * - `version` 1; `council` {`name`, `is_illustrative`}; `as_of_date`, the last day that figures speak of
 * - `is_well`: false where the exit code is 1, because something failed or a slot has been owed for more than a day or needs attention; and where the
 *   last year is not whole
 * - `not_renewed`: [{`mart`, `as_of_date`, `failed_model`, `reason`}], the marts that the last build could not make: `as_of_date` is that of the rows
 *   they still hold, null where they hold none
 * - `health`: [{`of`, `words`, `rows`, `is_failure`}], what is not well beside the marts: the archive, the last runs, services, stray files, disk, clock, the
 *   scheduler, the daily message
 * - `parts_not_renewed`: [{`part`, `mart`, `as_of_date`, `is_withheld`}], the parts of this answer that are of an earlier build, or null because they would
 *   mix two
 * - `headline` {`whole_year`, `year_to_date`, `sources`, `months`, `borough`}: rows of the marts reporting_years, emissions_by_source and
 *   borough_emissions, null where there are none; `awaiting_factors`: [{`reporting_year`, `is_whole_year`, `factor_set`, `activity`, `unit`, `quantity`,
 *   `at_least_t_co2e`}], activity of the years that have no total until a factor set is published
 * - `targets`: where each target stands in the last year that has a figure: columns of the marts trajectories and carbon_budgets
 * - `last_12_months` {`energy`: [{`energy`, `consumption_kwh`, `closed_kwh`, `closed_import_kwh`: the part of `closed_kwh` that is import alone}], `coverage` {`sites`, `meters`, `expected`, `present`, `estimated`
 *   half-hours}, `generation` {`generation_kwh`, `self_consumption_kwh`, `assets`}, `unallocated_fuel` {`transactions`, `quantity_l`}}
 * - `faults` {`rejects`: [{`file_name`, `rule`, `outcome`, `rows`, `first_row`, `value`}], `refused`: [{`file_name`, `reason`, `difference`}],
 *   `doubts`, `conflicts`, `register_reconciliation`, `held_meters`, `held_fuel` and `fuel_told_twice`: rows of those marts, `silent_meters`: [{`meter_point_id`, `site_name`, `energy`, `last_read_date`}]}
 * - `freshness`: [{`feed`, `last_received_at`, `last_date`}], a row for each feed
 * - `schedule`: null where no scheduler was ever used, else {`scheduler`: who keeps it now or null, `pipelines`: [{`pipeline`, `every`, `at`,
 *   `last_run`: {`slot_date`, `run_id`, `ended_at`} or null, `owed`: [{`slot_date`, `due_at`, `state` (untried, running, failed, abandoned),
 *   `faults`, `needs_attention`, `error`}] oldest first, `ready_at`: when the owed may be tried or null, `not_made_up`: slots older than the
 *   look-back, `next_slot_date`, `next_due_at`}]}
 */
export function statusJson(
  {council, asOf}: Config,
  standing: Standing,
  freshness: Told<readonly Freshness[]>,
  schedule: ScheduleReport | null,
  isWell: boolean
): string {
  const headline = standing.headline.value;
  const energy = standing.energy.value;
  const status = {
    version: 1,
    council: {name: council.name, is_illustrative: council.illustrative !== null},
    as_of_date: asOf,
    is_well: isWell && (headline?.incomplete ?? null) === null,
    not_renewed: standing.notRenewed.map(({mart, as_of, failed_model, reason}) => ({
      mart,
      as_of_date: as_of,
      failed_model,
      reason
    })),
    health: standing.health.map(({isFailure, ...ailment}) => ({...ailment, is_failure: isFailure})),
    parts_not_renewed: partsNotRenewed({...standing, freshness}),
    headline: headline && headlineJson(headline),
    targets: standing.standpoints.value?.points ?? null,
    targets_waiting: standing.standpoints.value?.waiting ?? null,
    last_12_months: {
      energy: energy?.used ?? null,
      coverage: energy?.coverage ?? null,
      generation: energy?.generation ?? null,
      unallocated_fuel: standing.unallocated.value
    },
    faults: {
      rejects: standing.rejects.value,
      refused: standing.refused.value,
      doubts: standing.doubts.value,
      conflicts: standing.conflicts.value,
      register_reconciliation: standing.reconciliation.value,
      held_meters: standing.held.value,
      held_fuel: standing.heldFuel.value,
      fuel_told_twice: standing.fuelToldTwice.value,
      silent_meters: standing.quiet.value
    },
    freshness: freshness.value,
    schedule: schedule && {scheduler: schedule.scheduler, pipelines: schedule.standings.map(pipelineJson)}
  };
  return JSON.stringify(status, plain, 2);
}

function headlineJson({whole, incomplete, toDate, missing, comparisons, awaited, sources, months, borough}: Headline) {
  return {
    whole_year: whole,
    incomplete_year: incomplete,
    year_to_date: toDate,
    missing,
    comparisons,
    awaiting_factors: awaited,
    sources,
    months: months === null ? null : {first_date: months.first, last_date: months.last},
    borough
  };
}

/** The parts of this answer that are of an earlier build, and those that are null because they are withheld. */
function partsNotRenewed(told: Omit<Standing, "notRenewed" | "health"> & {readonly freshness: Told<unknown>}) {
  const parts = {
    headline: told.headline,
    targets: told.standpoints,
    last_12_months: told.energy,
    unallocated_fuel: told.unallocated,
    rejects: told.rejects,
    refused: told.refused,
    doubts: told.doubts,
    conflicts: told.conflicts,
    register_reconciliation: told.reconciliation,
    held_meters: told.held,
    held_fuel: told.heldFuel,
    fuel_told_twice: told.fuelToldTwice,
    silent_meters: told.quiet,
    freshness: told.freshness
  };
  return Object.entries(parts).flatMap(([part, {value, notRenewed}]) => {
    if (notRenewed === null) return [];
    const {mart, as_of} = notRenewed;
    return [{part, mart, as_of_date: as_of, is_withheld: value === null}];
  });
}

function pipelineJson({pipeline, lastRun, owed, readyAt, notMadeUp, next}: SlotStanding) {
  return {
    pipeline: pipeline.name,
    ...pipeline.schedule,
    last_run: lastRun && {slot_date: lastRun.slot_date, run_id: lastRun.run_id, ended_at: lastRun.ended_at},
    owed: owed.map(owedJson),
    ready_at: readyAt,
    not_made_up: notMadeUp,
    next_slot_date: next.slot,
    next_due_at: next.dueAt
  };
}

function owedJson({slot, dueAt, last, faults, needsAttention}: OwedSlot) {
  return {
    slot_date: slot,
    due_at: dueAt,
    state: last?.state ?? "untried",
    faults,
    needs_attention: needsAttention,
    error: last?.error ?? null
  };
}

/** Dates come as instants at midnight; what is named a date is shown as one. */
function plain(key: string, value: unknown): unknown {
  const isDate = typeof value === "string" && /(_date|^month)$/.test(key);
  return isDate ? value.slice(0, 10) : jsonValue(key, value);
}
