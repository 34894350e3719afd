import {defineProof} from "../prove/proof.ts";
import {proveHistories} from "./histories.ts";

/** Histories of crashes, faults and downtime: every slot succeeds exactly once. */
defineProof("histories", {parts: {small: 1, whole: 20}, prove: (_part, seed) => proveHistories(seed)});
