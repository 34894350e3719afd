import {parentPort, workerData} from "node:worker_threads";
import pg from "pg";

/**
 * Renews the lease that its process has, in a thread and by a connection of its own: a process that draws for a minute without a break, or that waits for its
 * database elsewhere, is alive all the same. Where the database is away it is asked again soon; where another has the lease, that is said.
 */
const {address, renewal, milliseconds} = workerData;
const pool = new pg.Pool({
  connectionString: address,
  max: 1,
  connectionTimeoutMillis: 10_000,
  query_timeout: Math.max(1000, milliseconds / 3),
  keepAlive: true,
  application_name: "canopy lease"
});
// A connection that ends while nobody uses it is opened anew.
pool.on("error", () => {});

let lease = null;
let isAsking = false;

async function renew() {
  if (lease === null || isAsking) return;
  isAsking = true;
  const mine = lease;
  try {
    const {rowCount} = await pool.query(renewal, [milliseconds, mine.council, mine.fence, mine.worker]);
    if (rowCount === 0 && lease === mine) {
      lease = null;
      parentPort.postMessage(mine);
    }
  } catch {
    setTimeout(renew, milliseconds / 10).unref();
  } finally {
    isAsking = false;
  }
}

setInterval(renew, milliseconds / 3);
parentPort.on("message", next => {
  lease = next;
});
