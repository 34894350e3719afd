import {defineConfig} from "vitest/config";

export default defineConfig({
  root: new URL("..", import.meta.url).pathname,
  test: {
    include: ["tests/**/*.test.ts"],
    env: {TZ: "Pacific/Auckland"},
    globalSetup: ["./tests/support/shared-start.ts"],
    maxWorkers: 2,
    isolate: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ["default", "./tests/support/closing-line.ts"]
  }
});
