import {localDate} from "../domain/british-clock.ts";
import {daysAfter} from "../domain/dates.ts";
import {sqlTime} from "../ingest/ledger.ts";
import type {Connection} from "../warehouse/connection.ts";
import {insertRows} from "../warehouse/insert-rows.ts";
import type {Pipeline} from "./pipeline.ts";
import {type SlotState, standingOf} from "./slots.ts";

/** How an attempt ended. Without an error an abandoned one does not count against its slots. */
export interface Ending {
  readonly state: "succeeded" | "failed" | "abandoned";
  /** Why it failed; of one that succeeded, what of it could not be built. */
  readonly error: string | null;
}

const iso = (column: string) => `strftime(${column}, '%Y-%m-%dT%H:%M:%S.%gZ')`;

/** Older slots say nothing of what is to be done: so many days are looked at, however long the schedule has been kept. */
const rememberedDays = 400;

/** The slots of the last 400 days that were tried, each by its last attempt, and of each pipeline its last success, however old. */
async function readSlots(connection: Connection, now: Date): Promise<SlotState[]> {
  const attempts = await connection.rows<Omit<SlotState, "faults">>(
    `select pipeline, slot_date::varchar as slot_date, attempt, state, owner, ${iso("started_at")} as started_at, ${iso("ended_at")} as ended_at,
       error, run_id
     from ops.slots
     where slot_date >= $1::date or (pipeline, slot_date) in (
       select (pipeline, arg_max(slot_date, (ended_at, slot_date))) from ops.slots where state = 'succeeded' group by pipeline
     )
     order by slot_date, pipeline, attempt`,
    [daysAfter(localDate(now), -rememberedDays)]
  );
  const slots = new Map<string, SlotState>();
  for (const each of attempts) {
    const key = `${each.pipeline} ${each.slot_date}`;
    slots.set(key, {...each, faults: (slots.get(key)?.faults ?? 0) + (each.error === null ? 0 : 1)});
  }
  return [...slots.values()];
}

/**
 * Closes as abandoned what others left running. Only one scheduler at a time holds a data folder, so whoever else is named as owner is dead. Returns
 * what the ledger then says.
 */
export async function reconcileSlots(connection: Connection, owner: string, now: Date): Promise<SlotState[]> {
  await connection.run(
    `update ops.slots set state = 'abandoned', ended_at = $2::timestamp, error = 'the process stopped without finishing'
     where state = 'running' and owner <> $1`,
    [owner, sqlTime(now.toISOString())]
  );
  return readSlots(connection, now);
}

const attemptShape = {
  pipeline: "VARCHAR",
  slot_date: "DATE",
  attempt: "INTEGER",
  state: "VARCHAR",
  owner: "VARCHAR",
  started_at: "TIMESTAMP"
};

/**
 * Opens an attempt at every slot that a pipeline owes, in one transaction; those that this owner has open already, because the warehouse was busy,
 * stay as they are. Returns what the ledger then says.
 */
export function beginSlots(connection: Connection, pipeline: Pipeline, owner: string, now: Date): Promise<SlotState[]> {
  return connection.transaction(async () => {
    const {owed} = standingOf(pipeline, await reconcileSlots(connection, owner, now), now);
    const fresh = owed
      .filter(({last}) => last?.state !== "running")
      .map(({slot, last}) => ({
        pipeline: pipeline.name,
        slot_date: slot,
        attempt: (last?.attempt ?? 0) + 1,
        state: "running",
        owner,
        started_at: sqlTime(now.toISOString())
      }));
    await insertRows(connection, "ops.slots", attemptShape, fresh);
    return readSlots(connection, now);
  });
}

/** Ends the attempts at a pipeline's slots that this owner has open, with the run of the ledger of runs that they were. Returns what the ledger then says. */
export async function endSlots(
  connection: Connection,
  {pipeline, owner, command, state, error}: Ending & {pipeline: Pipeline; owner: string; command: string},
  now: Date
): Promise<SlotState[]> {
  await connection.run(
    `update ops.slots
     set state = $3, error = $4, ended_at = $5::timestamp, run_id = (select max(run_id) from ops.runs where command = $6)
     where state = 'running' and pipeline = $1 and owner = $2`,
    [pipeline.name, owner, state, error, sqlTime(now.toISOString()), command]
  );
  return readSlots(connection, now);
}
