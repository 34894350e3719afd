import {Worker} from "node:worker_threads";
import {HoldError} from "../errors.ts";
import {type Lease, renewal} from "./leases.ts";
import type {Address} from "./queue-database.ts";

/** Renews leases beside the work, whatever that does. */
export interface Renewals {
  /** Renews a lease until it is ended. `lost` is aborted where another worker has it, or nothing renews it any more. */
  keep(lease: Lease): {readonly lost: AbortSignal; end(): void};
  close(): Promise<void>;
}

/** Starts the thread that renews leases of a length in milliseconds. */
export function startRenewals({text: address}: Address, milliseconds: number): Renewals {
  const thread = new Worker(new URL("./renewals.mjs", import.meta.url), {
    workerData: {address, renewal, milliseconds},
    execArgv: []
  });
  let kept: {lease: Lease; controller: AbortController} | null = null;
  const lose = (because: string) => kept?.controller.abort(new HoldError(`${kept.lease.council} ${because}`));
  thread.on("message", ({council, fence}: Lease) => {
    if (kept?.lease.council === council && kept.lease.fence === fence) lose("has been given to another worker");
  });
  thread.on("error", () => lose("cannot be kept: nothing renews its lease"));
  return {
    keep: lease => {
      const controller = new AbortController();
      kept = {lease, controller};
      thread.postMessage(lease);
      return {
        lost: controller.signal,
        end: () => {
          kept = null;
          thread.postMessage(null);
        }
      };
    },
    close: async () => void (await thread.terminate())
  };
}
