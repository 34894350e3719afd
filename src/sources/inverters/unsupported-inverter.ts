import {FeedError} from "../../errors.ts";
import type {FileStart} from "../text/file-start.ts";
import type {Unfolder} from "../text/unfolded.ts";

const isSolis = ({head}: FileStart) =>
  /^\ufeff?\s*\{/.test(head) && /"dataTimestamp"\s*:/.test(head) && /"eToday"\s*:/.test(head);
const isRbee = ({head}: FileStart) => /^\ufeff?\s*\{\s*"records"\s*:\s*\[\s*\{\s*"measureDate"\s*:/.test(head);

/**
 * Answers of inverter portals that are known and not read, so that such a file is refused with a reason that helps.
 *
 * @throws FeedError always, with the reason.
 */
export const unsupportedInverter: Unfolder = {
  isOf: start => isSolis(start) || isRbee(start),
  unfold: text => {
    throw new FeedError(isSolis({fileName: "", head: text}) ? solisReason : rbeeReason);
  }
};

const solisReason =
  "SolisCloud's inverter day is not supported: it holds a counter that starts again at midnight, at uneven times and by two clocks, not energy by half-hour";
const rbeeReason =
  "Rbee's ten-minute records are not supported: by which clock each of its parts counts is not known without a file that has been checked";
