import type {TestSpecification} from "vitest/node";
import {BaseSequencer} from "vitest/node";

/**
 * The files that take longest. Left to the end, as their sizes would have it, one process would work on them while the other is done. The first makes the
 * shared start, so those that wait for it come last of them.
 */
const longest = [
  "tests/end-to-end.test.ts",
  "tests/schedule/processes.test.ts",
  "tests/readers.test.ts",
  "tests/house/contributing.test.ts",
  "tests/durability/orders.test.ts",
  "tests/models/conflicts.test.ts",
  "tests/sources/samples-table.test.ts",
  "tests/illustrative/whole-estate.test.ts",
  "tests/illustrative-incomplete.test.ts",
  "tests/models/adversarial-estates.test.ts"
];

/** Vitest's own order, after the files that take longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({moduleId}: TestSpecification) => {
      const found = longest.findIndex(file => moduleId.endsWith(file));
      return found < 0 ? longest.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
