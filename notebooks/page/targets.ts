import type {Trajectory} from "../../src/models/marts/trajectories.ts";

/** The rows of each target by itself: two targets are never one trajectory. */
export function byTarget(rows: readonly Trajectory[]): Trajectory[][] {
  const targets = [...new Set(rows.map(({target_id}) => target_id))];
  return targets.map(target => rows.filter(({target_id}) => target_id === target));
}
