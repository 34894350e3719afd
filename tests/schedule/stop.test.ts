import {expect, test} from "vitest";
import {codeOf, isFatal, isStopped} from "../../src/errors.ts";
import {interrupted, stoppable, stopped} from "../../src/pipeline/stop.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";
import {fixedEffects} from "../support/canopy.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";

test("a wait is left off at once, and none is begun any more", async () => {
  const controller = new AbortController();
  const effects = stoppable({...fixedEffects(), sleep: () => new Promise(() => {})}, controller.signal);
  const waiting = effects.sleep(1e9);
  controller.abort(stopped);
  await expect(waiting).rejects.toBe(stopped);
  await expect(effects.sleep(1)).rejects.toBe(stopped);
  expect(() => effects.progress("next")).toThrow(stopped);
});

test("a call that is not answered is left off, not tried again, and no other is made", async () => {
  await using server = await startStub();
  const controller = new AbortController();
  server.on("/data", () => {
    setTimeout(() => controller.abort(stopped), 50);
    return {delayMs: 3_600_000};
  });
  const client = stubClient({stop: controller.signal});
  const request = {url: `${server.url}/data`, accepts: "json"} as const;
  await expect(client.send(request)).rejects.toBe(stopped);
  await expect(client.send(request)).rejects.toBe(stopped);
  expect(server.calls).toHaveLength(1);
});

test("a transaction that goes on after its grace is rolled back, each of its statements in its turn", async () => {
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  await connection.run("create table landed as select 1 as row");
  const controller = new AbortController();
  const work = interrupted(
    connection,
    controller.signal,
    () =>
      connection.transaction(async () => {
        await connection.run("insert into landed values (2)");
        controller.abort(stopped);
        for (;;) await connection.run("select count(*) from range(100000) a, range(100000) b");
      }),
    20
  );
  expect(isStopped(await work.catch((thrown: unknown) => thrown))).toBe(true);
  expect(await connection.rows("from landed")).toEqual([{row: 1}]);
  connection.close();
  database.close();
});

test("a statement that was interrupted is left off: no file is refused for it, and no model failed", async () => {
  const database = await openDatabase(":memory:", {folders: []});
  const connection = await database.connect();
  const endless = connection.run("create table t as select a.range from range(10000000) a, range(10000000) b");
  setTimeout(() => connection.interrupt(), 50);
  const error = await endless.catch((thrown: unknown) => thrown);
  expect([codeOf(error), isStopped(error), isFatal(error)]).toEqual(["stopped", true, true]);
  const wrapped = new Error("a model does not build", {cause: error});
  expect(isStopped(wrapped)).toBe(true);
  expect(await connection.rows("select 1 as one")).toEqual([{one: 1}]);
  connection.close();
  database.close();
});
