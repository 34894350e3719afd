import {readRegisters} from "../council/registers.ts";
import {CheckError, isFatal, messageOf} from "../errors.ts";
import {readReferences} from "../reference/references.ts";
import {readThresholds, thresholdsOn} from "../reference/thresholds.ts";
import type {Connection} from "../warehouse/connection.ts";
import {digestOf, loadFacts} from "./facts.ts";
import {findDoubts, type Judging, readJudging, type Unasked} from "./judge.ts";

/**
 * Judges every meter of every standing load that has not been judged, or was judged on other grounds: by another threshold, another
 * text of the product, or by other facts of its meter. Where a suspicion fails, what the others find stands, and all is judged again the next time. A register that cannot be read says nothing of any meter, and what was judged without it is judged again when it can.
 *
 * @param asOf the day whose thresholds hold, YYYY-MM-DD.
 * @returns the suspicions that could not be raised, each with why.
 */
export async function judgeDeliveries(
  connection: Connection,
  dataFolder: string,
  asOf: string,
  given?: Judging
): Promise<readonly Unasked[]> {
  const {any} = await connection.row<{any: boolean}>("select exists (from raw.meter_days) as any");
  if (!any) return [];
  product ??= Promise.all([readThresholds(), readReferences(), readJudging()]);
  const [thresholds, references, own] = await product;
  const judging = given ?? own;
  const limits = thresholdsOn(thresholds, asOf);
  await loadFacts(connection, await registersOrNone(dataFolder), references);
  await forgetWater(connection);
  await namePending(connection, digestOf(judging, [...limits]));
  const {pending} = await connection.row<{pending: boolean}>("select exists (from trial_subjects) as pending");
  if (!pending) return [];
  try {
    const unasked = await findDoubts(connection, judging, limits);
    await connection.transaction(() => keep(connection, unasked.length === 0));
    return unasked;
  } catch (error) {
    if (isFatal(error)) throw error;
    return [{kind: "everything", reason: messageOf(error).split("\n")[0] ?? ""}];
  }
}

/** The product's own tables do not change while it runs. */
let product:
  | Promise<[Awaited<ReturnType<typeof readThresholds>>, Awaited<ReturnType<typeof readReferences>>, Judging]>
  | undefined;

/** Forgets how the meters of a load were judged in later loads: what is usual of them has changed by a decision. */
export async function judgeAgain(connection: Connection, loadId: number): Promise<void> {
  await connection.run(
    "delete from ops.trials where load_id > $1 and meter_key in (select distinct meter_key from raw.meter_days where load_id = $1)",
    [loadId]
  );
}

/** Thresholds are of energy: water is never judged by them, and what was doubted before its register said so is not. */
async function forgetWater(connection: Connection): Promise<void> {
  for (const table of ["ops.doubts", "ops.trials"])
    await connection.run(
      `delete from ${table} where is_water(meter_key) or meter_key in (select meter_key from trial_facts where energy = 'water')`
    );
}

async function registersOrNone(dataFolder: string) {
  return readRegisters(dataFolder).catch(error => {
    if (error instanceof CheckError) return null;
    throw error;
  });
}

/** Makes `trial_standing`, `trial_meters` and `trial_subjects`: the loads in view, what is known of each meter that is held, and what is to be judged. */
async function namePending(connection: Connection, judgedBy: string): Promise<void> {
  await connection.run(
    `create or replace temp table trial_standing as
     select load_id, issued_at, if(c.corrects, layout, null) as sender
     from ops.loads
     left join ops.layouts c using (layout)
     anti join ops.withdrawn_loads using (load_id)
     where outcome = 'landed' and superseded_by is null`
  );
  await connection.run(
    `create or replace temp table trial_meters as
     select
       h.meter_key, coalesce(f.meter, h.meter_key) as meter, f.unit, f.benchmark,
       if(f.flow = 'export' and h.says_export, null, f.flow) as flow,
       coalesce(f.energy, if(regexp_full_match(h.meter_key, '[0-9]{13}'), 'electricity', 'gas')) as energy,
       md5(concat_ws('|', $1, meter, flow, f.unit, f.benchmark, energy)) as grounds
     from (select meter_key, bool_or(channel = 'export') as says_export from raw.meter_days group by meter_key) h
     left join trial_facts f using (meter_key)
     where not is_water(h.meter_key) and coalesce(f.energy, '') <> 'water'`,
    [judgedBy]
  );
  await connection.run(
    `create or replace temp table trial_subjects as
     select load_id, meter_key, grounds
     from (select distinct load_id, meter_key from raw.meter_days)
     semi join trial_standing using (load_id)
     join trial_meters using (meter_key)
     anti join ops.trials using (load_id, meter_key, grounds)`
  );
}

/** Puts what was found in the place of what was found before. A day that is doubted for several reasons has the gravest. */
async function keep(connection: Connection, isSettled: boolean): Promise<void> {
  for (const table of ["ops.doubts", "ops.trials"])
    await connection.run(
      `delete from ${table} where (load_id, meter_key) in (select (load_id, meter_key) from trial_subjects)`
    );
  if (isSettled) await connection.run("insert into ops.trials by name select * from trial_subjects");
  await connection.run(
    `insert into ops.doubts by name
     select
       load_id, meter_key, channel, unit, settlement_date,
       arg_min(half_hours, rank) as half_hours, arg_min(kind, rank) as kind, arg_min(outcome, rank) as outcome, arg_min(found, rank) as found, arg_min(usual, rank) as usual
     from trial_found
     semi join trial_subjects using (load_id, meter_key)
     group by load_id, meter_key, channel, unit, settlement_date
     order by all`
  );
}
