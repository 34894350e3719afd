import type {Fault} from "../faults/fault.ts";
import type {HeldSeries} from "./held-reads.ts";
import type {FuelLedger} from "./tell-fuel.ts";

/** What is learnt while files go by. */
export interface Findings {
  /** Takes what the files of an account amount to, once the last of them has gone by. */
  readonly held: (series: readonly HeldSeries[]) => void;
  readonly faults: (faults: readonly Fault[]) => void;
  readonly fuel: FuelLedger;
}
