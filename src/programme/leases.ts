import type {QueueDatabase} from "./queue-database.ts";

/** Its tables stand in a schema of their own. */
export const leaseSchema = "canopy_councils";

/** Who works on a council at the moment, and until when it may be believed to be alive. */
export const leaseTables = `
create schema if not exists ${leaseSchema};
create table if not exists ${leaseSchema}.leases (
  council text primary key,
  fence bigint not null,
  worker text,
  job uuid,
  until timestamptz
);`;

/** A council that a worker has for some time. */
export interface Lease {
  readonly council: string;
  /** Greater than that of every lease on the council before it. */
  readonly fence: number;
  readonly worker: string;
}

/** By when a lease has run out, $1 being its length in milliseconds: after a restart of the database everybody has one length to come back. */
const runsOut = "greatest(l.until, pg_postmaster_start_time() + $1 * interval '1 millisecond')";

/**
 * Takes the lease on a council for one job, where nobody has it; null where somebody does. The number is greater than the database's and than the folder's, which
 * knows it where a database was made anew or is an older copy.
 */
export async function takeLease(
  {rows}: QueueDatabase,
  {
    council,
    worker,
    job,
    highest,
    milliseconds
  }: Omit<Lease, "fence"> & {
    readonly job: string;
    /** The greatest number that the folder was held under. */
    readonly highest: number;
    readonly milliseconds: number;
  }
): Promise<Lease | null> {
  const [taken] = await rows<{fence: string}>(
    `insert into ${leaseSchema}.leases as l (council, fence, worker, job, until)
     values ($2, $3::bigint + 1, $4, $5, now() + $1 * interval '1 millisecond')
     on conflict (council) do update
     set fence = greatest(l.fence, $3::bigint) + 1, worker = excluded.worker, job = excluded.job, until = excluded.until
     where l.until is null or l.worker = excluded.worker or ${runsOut} < now()
     returning fence`,
    [milliseconds, council, highest, worker, job]
  );
  return taken === undefined ? null : {council, worker, fence: Number(taken.fence)};
}

/** SQL that lengthens a lease by $1 milliseconds, also one that ran out and that nobody took: $2 council, $3 fence, $4 worker. No row: it is another's. */
export const renewal = `update ${leaseSchema}.leases set until = now() + $1 * interval '1 millisecond'
where council = $2 and fence = $3 and worker = $4 returning fence`;

/** Gives a lease back; its number stays. */
export async function endLease({rows}: QueueDatabase, {council, fence, worker}: Lease): Promise<void> {
  await rows(
    `update ${leaseSchema}.leases set until = null, worker = null, job = null where council = $1 and fence = $2 and worker = $3`,
    [council, fence, worker]
  );
}

/** Takes the lease of a job from a worker that has not renewed it. Whether it was one, or there is none: the job has nobody then. */
export async function takeAway({rows}: QueueDatabase, job: string, milliseconds: number): Promise<boolean> {
  const [left] = await rows<{taken: boolean; known: boolean}>(
    `with taken as (
       update ${leaseSchema}.leases l set until = null, worker = null, job = null
       where job = $2 and ${runsOut} < now() returning 1
     )
     select exists (select from taken) as taken, exists (select from ${leaseSchema}.leases where job = $2) as known`,
    [milliseconds, job]
  );
  return left !== undefined && (left.taken || !left.known);
}

/** SQL for whether a job has a worker whose lease has not run out, $1 being its length in milliseconds. */
export const hasLease = (job: string) =>
  `exists (select from ${leaseSchema}.leases l where l.job = ${job} and ${runsOut} >= now())`;
