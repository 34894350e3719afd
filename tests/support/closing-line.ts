import type {Reporter, TestCase, TestModule} from "vitest/node";

/** Ends the run with `N passed, N failed[, N skipped]` alone on the last line; a module that does not load counts as failed. */
export default class ClosingLine implements Reporter {
  readonly #count = {passed: 0, failed: 0, skipped: 0};

  onTestCaseResult(test: TestCase): void {
    const {state} = test.result();
    if (state !== "pending") this.#count[state] += 1;
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const broken = modules.filter(module => module.errors().length > 0).length + errors.length;
    const {passed, failed, skipped} = this.#count;
    process.on("exit", () => {
      process.stdout.write(`${passed} passed, ${failed + broken} failed${skipped ? `, ${skipped} skipped` : ""}\n`);
    });
  }
}
