import {FeedError} from "../../errors.ts";
import {firstLineOf} from "../text/file-start.ts";
import type {Unfolder} from "../text/unfolded.ts";
import {type FlowRecord, flowVersion, openFlow} from "./flow-envelope.ts";
import {unfoldHalfHours} from "./flow-half-hours.ts";
import type {FlowGroups} from "./flow-levels.ts";

const flow = "D0275";

/**
 * Unfolds a D0275 (validated half-hourly advances, to suppliers and distributors): what a D0036 holds, in three levels whose record groups
 * are called otherwise. A public reader of the flow calls them 25B, 26B and 27B; that is not confirmed, so they are known by their order:
 * the first group of the body is a meter's quantity, the next to appear its day, the next the readings. Rows are those of a D0036.
 *
 * @throws FeedError where the file as a whole cannot be believed: not a D0275, not operational, cut off, not what its trailer counts, of
 * more than three levels, or with records out of order.
 */
export const d0275: Unfolder = {
  isOf: start => flowVersion(firstLineOf(start), flow) !== null,
  unfold: text => {
    const envelope = openFlow(text, {flow, countedGroup: null});
    return unfoldHalfHours(envelope, groupsOf(envelope.body));
  }
};

function groupsOf(body: readonly FlowRecord[]): FlowGroups {
  const [meter = "", day = "", reading = "", fourth] = new Set(body.map(({group}) => group));
  if (fourth === undefined) return {flow, meter, day, reading};
  const line = body.find(({group}) => group === fourth)?.line;
  throw new FeedError(`line ${line}: a fourth record group, "${fourth}", where a ${flow} has three levels`);
}
