import type {Standpoints} from "../../publish/standpoints.ts";
import {standpointNotes, standpointText, waitingText} from "../../wording/on-track.ts";
import {folded, label, more} from "../../wording/report.ts";

/** Each target in words: above or below the straight path, the budget so far, and what of the target nobody has confirmed. */
export function onTrackLines({points, waiting}: Standpoints): string[] {
  const first = (isFirst: boolean) => (isFirst ? label.bind(null, "Targets") : more);
  return folded([
    ...points.flatMap((point, index) => [
      first(index === 0)(standpointText(point)),
      ...standpointNotes(point).map(more)
    ]),
    ...waiting.map((target, index) =>
      first(index + points.length === 0)(`${target.target_name}: ${waitingText(target)}`)
    )
  ]);
}
