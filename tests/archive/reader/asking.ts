import {makeReader} from "../../../src/archive/reader/reader.ts";

/** Run as a program: asks for a file that is opened without an end, and says which process is at it. */
const [, , path = ""] = process.argv;
const reader = makeReader({worker: new URL("./hostile-worker.ts", import.meta.url)});
await reader.parts(path, "good.xlsx");
process.stdout.write(String(reader.pid()));
await reader.parts(path, "endless.xlsx");
