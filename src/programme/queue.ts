import {createHash} from "node:crypto";
import type PgBoss from "pg-boss";
import {CliError} from "../errors.ts";
import type {Asked} from "./key.ts";
import {hasLease, leaseSchema, leaseTables, takeAway} from "./leases.ts";
import {
  type Address,
  isForbidden,
  openQueueDatabase,
  type Patience,
  type QueueDatabase,
  readAddress
} from "./queue-database.ts";

/** Work on one council. */
export interface Order {
  /** The programme's folder, as the machine that ordered it names it. */
  readonly programme: string;
  /** The name of the council's folder within it. */
  readonly council: string;
  /** The hash of all that the work depends on: the same order is one job, however often it is given. */
  readonly key: string;
  readonly asked: Asked;
}

/** A job that a worker has taken. */
export interface Job extends Order {
  readonly id: string;
  /** Which try it is: 1, 2 … */
  readonly attempt: number;
}

/** How the orders of a queue stand. */
export interface Standing {
  readonly waiting: number;
  readonly active: number;
  readonly done: number;
  /** The councils that wait or are in hand. */
  readonly owed: readonly string[];
  /** Orders that failed as often as they may, and why the last time. */
  readonly givenUp: readonly (Omit<Order, "asked"> & {readonly reason: string | null})[];
}

/** Who hands out work, in a PostgreSQL database that all workers reach. */
export interface Queue {
  readonly database: QueueDatabase;
  /**
   * Puts an order into the queue. `known`: it is there already, waiting, in hand or done. One that was given up begins anew, and so does one that was done where what
   * came of it `isGone`.
   */
  order(order: Order, isGone?: boolean): Promise<"new" | "known" | "again">;
  /** Takes the order that waits longest; null where none is due. */
  take(): Promise<Job | null>;
  done(job: Job): Promise<void>;
  /** The try failed: there is another after a while, longer each time, or the order is given up. */
  failed(job: Job, reason: string): Promise<void>;
  /** The order goes back untried, for anybody after so many milliseconds. */
  giveBack(job: Job, milliseconds: number): Promise<void>;
  /** Orders in the hands of workers that have not been heard of for the length of a lease are failed back. Returns how many. */
  recover(leaseMilliseconds: number): Promise<number>;
  /** Those that wait, for their time too, or are in hand. */
  owed(): Promise<number>;
  standing(programme?: string): Promise<Standing>;
  close(): Promise<void>;
}

/** So often an order is tried. */
export const mostAttempts = 3;

const schema = "canopy_jobs";
const name = "councils";
const givenUpName = "councils-given-up";
/** The version of its tables that pg-boss 10.4.2 makes. */
const bossVersion = 24;
/** PostgreSQL 13, the oldest that pg-boss 10 works with. */
const oldestServer = 130_000;
/** Orders that were done so long ago are forgotten. */
const keptDays = 90;

export interface QueueOptions extends Patience {
  /** Before the second try, in seconds; about twice that before the third. */
  readonly retrySeconds?: number;
}

/**
 * Opens the queue at an address, its tables made where there are none.
 *
 * @throws CliError that says what to do where the database cannot be reached or used; it never holds the password.
 */
export async function openQueue(text: string, {retrySeconds = 60, ...patience}: QueueOptions = {}): Promise<Queue> {
  const address = readAddress(text);
  const database = await openQueueDatabase(address, patience);
  try {
    await checkServer(database, address);
    const boss = await startBoss(database).catch(error => {
      throw isForbidden(error) ? forbidden(address) : error;
    });
    return queueOf(database, boss, retrySeconds);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** @throws CliError on a server that is too old, a role that may not make or use the tables, and tables of another version. */
export async function checkServer({rows}: Pick<QueueDatabase, "rows">, address: Address): Promise<void> {
  const [server] = await rows<{
    version: number;
    words: string;
    may_create: boolean;
    has_jobs: boolean;
    has_leases: boolean;
    may_use: boolean;
  }>(
    `select current_setting('server_version_num')::integer as version,
       current_setting('server_version') as words,
       has_database_privilege(current_database(), 'create') as may_create,
       jobs is not null as has_jobs,
       leases is not null as has_leases,
       coalesce(has_schema_privilege(jobs::oid, 'usage, create'), true) and coalesce(has_schema_privilege(leases::oid, 'usage, create'), true) as may_use
     from (select to_regnamespace('${schema}') as jobs, to_regnamespace('${leaseSchema}') as leases) s`
  );
  if (server === undefined || server.version < oldestServer)
    throw new CliError(`the queue needs PostgreSQL 13 or later; at ${address.words} is ${server?.words}`);
  if (!server.may_use || (!server.may_create && !(server.has_jobs && server.has_leases))) throw forbidden(address);
  if (!server.has_jobs) return;
  const [has] = await rows<{has: boolean}>(`select to_regclass('${schema}.version') is not null as has`);
  if (has?.has !== true) return;
  const [tables] = await rows<{version: number}>(`select version from ${schema}.version`).catch(error => {
    throw isForbidden(error) ? forbidden(address) : error;
  });
  if (tables?.version !== bossVersion)
    throw new CliError(
      `the tables of the queue at ${address.words} (schema ${schema}) are of version ${tables?.version}, and this canopy works with ${bossVersion}: another version of canopy uses them. Use that, or let the queue end and drop the schema`
    );
}

function forbidden({words, role, database}: Address): CliError {
  const who = role === "" ? "ROLE" : role;
  return new CliError(
    [
      `${who} may not make or use the tables of the queue at ${words}. As its owner or a superuser:`,
      `  grant create on database "${database}" to "${who}";`,
      "or, where another role made them:",
      `  grant usage, create on schema ${schema}, ${leaseSchema} to "${who}";`,
      `  grant all on all tables in schema ${schema}, ${leaseSchema} to "${who}";`
    ].join("\n")
  );
}

async function startBoss(database: QueueDatabase): Promise<PgBoss> {
  const {default: Boss} = await import("pg-boss");
  // Nothing runs by itself: who looks for dead workers is the queue, by their leases.
  const boss = new Boss({
    schema,
    db: {executeSql: async (text, values) => ({rows: await database.rows(text, values)})},
    supervise: false,
    schedule: false
  });
  boss.on("error", () => {});
  await boss.start();
  const [leases] = await database.rows<{has: boolean}>(
    `select to_regclass('${leaseSchema}.leases') is not null as has`
  );
  // Two that start together would both make what is not there yet; and who may only use them may not ask for it.
  if (leases?.has !== true)
    await database.rows(`begin; select pg_advisory_xact_lock(hashtext('${leaseSchema}')); ${leaseTables} commit;`);
  await boss.createQueue(givenUpName);
  await boss.createQueue(name, {name, policy: "standard", deadLetter: givenUpName});
  return boss;
}

/** The same order has the same id. */
function idOf({programme, council, key, asked}: Order): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([programme, council, key, asked]))
    .digest("hex");
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join("-");
}

function queueOf(database: QueueDatabase, boss: PgBoss, retrySeconds: number): Queue {
  const {rows} = database;
  const send = async (id: string, order: Order) => {
    const {programme, council, key, asked} = order;
    const tries = {retryLimit: mostAttempts - 1, retryDelay: retrySeconds, retryBackoff: true};
    return (await boss.send(name, {programme, council, key, asked}, {id, ...tries, expireInHours: 23})) !== null;
  };
  return {
    database,
    order: async (order, isGone = false) => {
      const id = idOf(order);
      if (await send(id, order)) return "new";
      const ended = await rows(
        `delete from ${schema}.job where name = $1 and id = $2 and (state in ('failed', 'cancelled') or ($3 and state = 'completed')) returning id`,
        [name, id, isGone]
      );
      if (ended.length === 0) return "known";
      await rows(`delete from ${schema}.job where name = $1 and data @> $2::jsonb`, [
        givenUpName,
        JSON.stringify(order)
      ]);
      return (await send(id, order)) ? "again" : "known";
    },
    take: async () => {
      const [job] = await boss.fetch<Order>(name, {batchSize: 1, includeMetadata: true});
      return job === undefined ? null : {...job.data, id: job.id, attempt: job.retryCount + 1};
    },
    done: async ({id}) => void (await boss.complete(name, id)),
    failed: async ({id}, reason) => void (await boss.fail(name, id, {reason})),
    giveBack: async ({id, attempt}, milliseconds) => {
      // Without the time at which it was begun it does not count as tried.
      await rows(
        `update ${schema}.job
         set state = case when $3 > 1 then 'retry' else 'created' end::${schema}.job_state,
           started_on = null,
           start_after = now() + $4 * interval '1 millisecond'
         where name = $1 and id = $2 and state = 'active'`,
        [name, id, attempt, milliseconds]
      );
    },
    recover: async leaseMilliseconds => {
      const silent = await rows<{id: string}>(
        `select id from ${schema}.job j
         where name = $2 and state = 'active' and not ${hasLease("j.id")}
           and greatest(started_on, pg_postmaster_start_time()) + $1 * interval '1 millisecond' < now()`,
        [leaseMilliseconds, name]
      );
      let recovered = 0;
      for (const {id} of silent)
        if (await takeAway(database, id, leaseMilliseconds)) {
          await boss.fail(name, id, {reason: "its worker stopped without finishing"});
          recovered += 1;
        }
      await rows(
        `delete from ${schema}.job where name = $1 and state in ('completed', 'cancelled') and completed_on < now() - $2 * interval '1 day'`,
        [name, keptDays]
      );
      return recovered;
    },
    owed: async () => {
      const [{owed} = {owed: 0}] = await rows<{owed: number}>(
        `select count(*)::integer as owed from ${schema}.job where name = $1 and state <= 'active'`,
        [name]
      );
      return owed;
    },
    standing: async (programme = undefined) => {
      const [counts] = await rows<Omit<Standing, "givenUp">>(
        `select count(*) filter (where state < 'active')::integer as waiting,
           count(*) filter (where state = 'active')::integer as active,
           count(*) filter (where state = 'completed')::integer as done,
           coalesce(array_agg(distinct data->>'council') filter (where state <= 'active'), '{}') as owed
         from ${schema}.job where name = $1 and ($2::text is null or data->>'programme' = $2)`,
        [name, programme ?? null]
      );
      const givenUp = await rows<Standing["givenUp"][number]>(
        `select data->>'programme' as programme, data->>'council' as council, data->>'key' as key, output->>'reason' as reason
         from ${schema}.job where name = $1 and ($2::text is null or data->>'programme' = $2) order by created_on`,
        [givenUpName, programme ?? null]
      );
      return {
        waiting: counts?.waiting ?? 0,
        active: counts?.active ?? 0,
        done: counts?.done ?? 0,
        owed: counts?.owed ?? [],
        givenUp
      };
    },
    close: async () => {
      await boss.stop({graceful: false}).catch(() => {});
      await database.close();
    }
  };
}
