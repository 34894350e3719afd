import {DuckDBInstance} from "@duckdb/node-api";
import {describe, expect, test} from "vitest";
import {CliError, codeOf, FeedError, isBusy, isFatal, isTooMuch} from "../src/errors.ts";
import {openDatabase, warehouseErrorOf} from "../src/warehouse/connection.ts";
import {busy} from "../src/warehouse/lock.ts";

/** What DuckDB throws at a statement where it may use only so much memory and no disk. */
async function thrownWith(memory: string, sql: string): Promise<unknown> {
  const instance = await DuckDBInstance.create(":memory:", {memory_limit: memory, temp_directory: ""});
  const connection = await instance.connect();
  try {
    await connection.run(sql);
    return null;
  } catch (error) {
    return error;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

describe("an error says of what kind it is", () => {
  test("a statement that needs more memory than it may have is too large, in the words of a real DuckDB; nothing else has failed", async () => {
    const error = await thrownWith(
      "10MB",
      "create table t as select range as i, repeat('x', 1000) || range as s from range(200000)"
    );
    expect(String(error)).toContain("Out of Memory");
    expect([codeOf(warehouseErrorOf(error)), isTooMuch(warehouseErrorOf(error))]).toEqual(["too large", true]);
    expect(isFatal(warehouseErrorOf(error))).toBe(false);
    expect(isFatal(Object.assign(new Error("not enough memory"), {code: "ENOMEM"}))).toBe(true);
  });

  test("what stands in a cell is never taken for DuckDB's own words", async () => {
    const database = await openDatabase(":memory:", {folders: []});
    const connection = await database.connect();
    const cells = ["FATAL Error: database has been invalidated", "Out of Memory Error: x", "No space left on device"];
    for (const cell of cells) {
      const error = await connection.rows("select $1::varchar::integer", [cell]).catch(thrown => thrown);
      expect(error.message).toContain(cell);
      expect(codeOf(error)).toBe("failed");
    }
    connection.close();
    database.close();
  });

  test("a full disk is the machine failing, wherever it is met", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), {code: "ENOSPC"});
    expect(isFatal(full)).toBe(true);
    expect(isFatal(new FeedError("could not be kept", {cause: full}))).toBe(true);
  });

  test("a second writer is busy, and no failure of the machine", () => {
    expect(isBusy(busy("/data"))).toBe(true);
    expect(isFatal(busy("/data"))).toBe(false);
    expect(isBusy(new CliError("another canopy is writing to /data: wait"))).toBe(false);
  });

  test("what was used wrongly and what failed are told apart by their exit codes", () => {
    expect(codeOf(new CliError("x", {exitCode: 2}))).toBe("misused");
    expect(codeOf(new CliError("x"))).toBe("failed");
    expect(codeOf("thrown text")).toBe("failed");
  });
});
