import {connect} from "node:net";
import {partsOf, readPart} from "../../../src/archive/containers/containers.ts";
import {serve} from "../../../src/archive/reader/serve.ts";

/** What a file does to the process that opens it, by a word of its name; any other is opened as it should be. */
const deeds: Readonly<Record<string, () => unknown>> = {
  endless: () => {
    for (;;);
  },
  waiting: () => new Promise(() => {}),
  heap: () => {
    const kept: number[][] = [];
    for (;;) kept.push(Array.from({length: 10_000}, (_, n) => n + 0.5));
  },
  bytes: async () => {
    const kept: Buffer[] = [];
    for (;;) {
      kept.push(Buffer.alloc(16 << 20, 1));
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  },
  killed: () => process.kill(process.pid, "SIGKILL"),
  calling: () => connect(80, "127.0.0.1"),
  telling: () => {
    throw new Error(Object.keys(process.env).sort().join());
  },
  deep: () => {
    const down = (): number => 1 + down();
    return down();
  }
};

serve({
  partsOf: async (path, fileName) => {
    const [, deed] = Object.entries(deeds).find(([word]) => fileName.startsWith(word)) ?? [];
    await deed?.();
    return partsOf(path, fileName);
  },
  readPart
});
