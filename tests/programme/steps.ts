import {AsyncLocalStorage} from "node:async_hooks";
import fs from "node:fs/promises";
import {syncBuiltinESMExports} from "node:module";

interface Walk {
  step: number;
  readonly before: (step: number, name: string) => Promise<void> | undefined;
}

const walk = new AsyncLocalStorage<Walk>();

/** What is done to a file that is open and shows on the disk. */
const ofHandles = ["appendFile", "sync", "truncate", "write", "writeFile"] as const;

type Call = (...values: unknown[]) => unknown;

/**
 * From here on every call of the file system that work makes within `walked` is counted, and may be kept waiting before it is made. Returns what undoes that.
 */
export async function countSteps(): Promise<() => void> {
  const handle = await fs.open(new URL(import.meta.url).pathname);
  const handles = Object.getPrototypeOf(handle) as Record<string, Call>;
  await handle.close();
  const whole = fs as unknown as Record<string, unknown>;
  const undo = [
    ...Object.keys(whole).flatMap(name => (typeof whole[name] === "function" ? [counted(whole as never, name)] : [])),
    ...ofHandles.map(name => counted(handles, name))
  ];
  syncBuiltinESMExports();
  return () => {
    for (const each of undo) each();
    syncBuiltinESMExports();
  };
}

function counted(owner: Record<string, Call>, name: string): () => void {
  const real = owner[name] as Call;
  owner[name] = function (this: unknown, ...values: unknown[]) {
    const here = walk.getStore();
    if (here === undefined) return real.apply(this, values);
    here.step += 1;
    const waiting = here.before(here.step, name);
    return waiting === undefined ? real.apply(this, values) : waiting.then(() => real.apply(this, values));
  };
  return () => {
    owner[name] = real;
  };
}

/** Does work, told before each of its calls of the file system. Returns how many there were. */
export async function walked(work: () => Promise<void>, before: Walk["before"]): Promise<number> {
  const here = {step: 0, before};
  await walk.run(here, work);
  return here.step;
}
