import {defineConfig} from "vitest/config";
import {LongestFirst} from "./support/longest-first.ts";

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["tests/**/*.test.ts"],
    env: {TZ: "Pacific/Auckland"},
    globalSetup: ["./tests/support/shared-start.ts"],
    setupFiles: ["./tests/support/one-thread.ts"],
    sequence: {sequencer: LongestFirst},
    maxWorkers: 2,
    isolate: false,
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    reporters: ["default", "./tests/support/closing-line.ts"]
  }
});
