import {setTimeout as wait} from "node:timers/promises";
import {CliError, messageOf} from "../errors.ts";

/** A connection to the PostgreSQL database of a queue. A statement that meets a database which is not there just now waits for it and is made again. */
export interface QueueDatabase {
  rows<T extends object = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** How long a statement waits for its database. */
export interface Patience {
  /** In milliseconds; five minutes where nothing is said, and for ever where it can be told to stop. */
  readonly longest?: number;
  /** At most so long passes between two tries, in milliseconds. */
  readonly pause?: number;
  readonly stop?: AbortSignal;
}

/** Where a database is and as whom, for people: never the password. */
export interface Address {
  readonly text: string;
  readonly words: string;
  readonly database: string;
  readonly role: string;
}

/** @throws CliError on an address that is none; it is not repeated, since it may hold a password. */
export function readAddress(text: string): Address {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol))
    throw new CliError(
      "--queue is the address of a PostgreSQL database, such as postgres://canopy@db.example:5432/canopy. The password may be in it, in PGPASSWORD or in ~/.pgpass",
      {exitCode: 2}
    );
  const database = decodeURIComponent(url.pathname.slice(1));
  const host = url.hostname === "" ? (url.searchParams.get("host") ?? "localhost") : url.hostname;
  const role = decodeURIComponent(url.username);
  return {text, words: `${host}:${url.port === "" ? 5432 : url.port}/${database}`, database, role};
}

/** Opens a connection, and says in words where it cannot be. At most so many statements are made at once. */
export async function openQueueDatabase(address: Address, patience: Patience, most = 2): Promise<QueueDatabase> {
  const {default: pg} = await import("pg");
  const pool = new pg.Pool({
    connectionString: address.text,
    max: most,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: "canopy"
  });
  // A connection that nobody uses and that ends is opened anew when it is needed.
  pool.on("error", () => {});
  const once = async (text: string, values: readonly unknown[]) => {
    const {rows} = await pool.query(text, [...values]);
    return rows;
  };
  try {
    await once("select 1", []);
  } catch (error) {
    await pool.end().catch(() => {});
    throw openingError(error, address);
  }
  return {
    rows: async (text, values = []) => (await patiently(() => once(text, values), patience)) as never[],
    close: () => pool.end()
  };
}

const shortestWait = 100;
const usualLongest = 300_000;
const usualLongestWait = 5_000;

async function patiently<T>(
  work: () => Promise<T>,
  {
    stop,
    longest = stop === undefined ? usualLongest : Number.POSITIVE_INFINITY,
    pause: longestWait = usualLongestWait
  }: Patience
): Promise<T> {
  let waited = 0;
  for (let pause = shortestWait; ; pause = Math.min(2 * pause, longestWait)) {
    try {
      return await work();
    } catch (error) {
      if (!isAway(error) || waited >= longest || stop?.aborted === true) throw error;
      await wait(pause, undefined, stop === undefined ? {} : {signal: stop}).catch(() => {});
      waited += pause;
    }
  }
}

const awayCodes: ReadonlySet<string> = new Set([
  ...["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "ENETUNREACH", "EAI_AGAIN", "ENOENT"],
  // Shut down, crashed, or starting up; too many connections; a deadlock or a conflict that another try does not meet.
  ...["57P01", "57P02", "57P03", "53300", "40001", "40P01"]
]);

const codeOfDatabase = (error: unknown): string | undefined => {
  const code = (error as {code?: unknown} | null)?.code;
  if (typeof code === "string") return code;
  // Of several addresses of one host each has its own.
  return error instanceof AggregateError ? codeOfDatabase(error.errors[0]) : undefined;
};

/** Whether a database is not there just now. The client gives no code where a connection ended while it was used. */
function isAway(error: unknown): boolean {
  const code = codeOfDatabase(error);
  if (code === undefined) return error instanceof Error && error.constructor === Error;
  return awayCodes.has(code) || code.startsWith("08");
}

/** Whether the role of a connection may not do what was asked. */
export const isForbidden = (error: unknown): boolean => codeOfDatabase(error) === "42501";

function openingError(error: unknown, {words, role, database}: Address): CliError {
  const code = codeOfDatabase(error);
  const who = role === "" ? "this user" : role;
  if (code === "28P01" || code === "28000")
    return new CliError(
      `the queue's database at ${words} does not let ${who} in: the password is wrong or missing (in the address, PGPASSWORD or ~/.pgpass), or its pg_hba.conf does not know this machine`,
      {cause: error}
    );
  if (code === "3D000")
    return new CliError(`there is no database ${database} at ${words}. To make it: createdb ${database}`, {
      cause: error
    });
  if (isAway(error) || code === "ENOTFOUND")
    return new CliError(
      `the queue's database at ${words} cannot be reached (${code ?? messageOf(error)}): is PostgreSQL running there, and may this machine connect to it?`,
      {cause: error}
    );
  return new CliError(`the queue's database at ${words} cannot be used: ${messageOf(error)}`, {cause: error});
}
