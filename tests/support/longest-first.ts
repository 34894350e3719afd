import type {TestSpecification} from "vitest/node";
import {BaseSequencer} from "vitest/node";

/** The files that take longest. Left to the end, as their sizes would have it, one process would work on them while the other is done. */
const longest = [
  "tests/end-to-end.test.ts",
  "tests/readers.test.ts",
  "tests/illustrative/whole-estate.test.ts",
  "tests/schedule/processes.test.ts",
  "tests/house/contributing.test.ts",
  "tests/durability/orders.test.ts"
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
