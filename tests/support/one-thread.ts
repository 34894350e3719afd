import {DuckDBInstance} from "@duckdb/node-api";

/**
 * Set-up of every test file: DuckDB works in one thread, since vitest has a process on each core already and each process's threads would only wait for
 * the other's. A command that a test starts in a process of its own has all threads, as people run it.
 */
const create = DuckDBInstance.create.bind(DuckDBInstance);
DuckDBInstance.create = (path, options) => create(path, {...options, threads: "1"});
