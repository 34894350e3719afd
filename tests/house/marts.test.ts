import {readdir} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {inOrder, nameOf, parseModel, readModels, withAncestors} from "../../src/models/graph.ts";
import {marts} from "../../src/models/marts/index.ts";
import {openDatabase} from "../../src/warehouse/connection.ts";

const models = await readModels();
const database = await openDatabase(":memory:", {folders: []});
const connection = await database.connect();

test("every mart has a model and every model of a mart a contract", async () => {
  const files = await readdir(new URL("../../src/models/marts/", import.meta.url));
  const names = (ending: string) =>
    files
      .filter(name => name.endsWith(ending) && name !== "index.ts")
      .map(name => name.replace(ending, ""))
      .sort();
  expect(names(".sql")).toEqual(names(".ts"));
  expect([...marts.keys()].sort()).toEqual(names(".sql"));
});

test("every model says what it is, and every table what one row is", () => {
  for (const {layer, name, description, grain} of models) {
    expect(description.length, name).toBeGreaterThan(20);
    if (layer === "intermediate") expect(grain, name).not.toEqual([]);
  }
});

test("columns that hold a quantity end in its unit", () => {
  const bare = /(^|_)(usage|value|co2|energy_use|power|consumption|generation|export)$/;
  const named = new Set([
    "rejects.value",
    "borough_emissions.emissions_kt_co2",
    "annual_emissions.emissions_t_co2",
    "monthly_emissions.emissions_t_co2"
  ]); // the text that broke a rule; and carbon dioxide alone, in kilotonnes
  for (const mart of marts.values())
    expect(
      Object.keys(mart.row.shape).filter(column => bare.test(column) && !named.has(`${mart.name}.${column}`)),
      mart.name
    ).toEqual([]);
});

test("a model comes after all it reads", async () => {
  const order = (await inOrder(connection, models)).map(({layer, name}) => `${layer}.${name}`);
  expect(order).toHaveLength(models.length);
  expect(order.indexOf("staging.revisions")).toBeLessThan(order.indexOf("intermediate.current_meter_days"));
  expect(order.indexOf("marts.site_half_hourly")).toBeLessThan(order.indexOf("marts.site_load_profile"));
});

test("what is asked for comes with all it is made from, and with nothing else", async () => {
  const model = (name: string, sql: string) => parseModel("intermediate", name, `-- what it is\n${sql}`);
  const [a, b, c, d] = [
    model("a", "select 1 as x"),
    model("b", "select * from intermediate.a"),
    model("c", "select * from (values (1)) as v(x) semi join intermediate.b using (x)"),
    model("d", "select * from intermediate.a")
  ];
  expect(await withAncestors(connection, [d, c, b, a], ["intermediate.c"])).toEqual([a, b, c]);
  await expect(withAncestors(connection, [a], ["marts.a"])).rejects.toThrow("no model is named marts.a");
  const days = (await withAncestors(connection, models, ["marts.meter_days"])).map(nameOf);
  expect(days).toContain("staging.revisions");
  expect(days).not.toContain("intermediate.emissions");
});

describe("a graph that is wrong is refused", () => {
  const model = (name: string, sql: string, layer: "staging" | "intermediate" | "marts" = "intermediate") =>
    parseModel(layer, name, `-- what it is\n${sql}`);

  test("a circle", async () => {
    const circle = [model("a", "select * from intermediate.b"), model("b", "select * from intermediate.a")];
    await expect(inOrder(connection, circle)).rejects.toThrow("models read each other in a circle: a → b → a");
  });
  test("a model that is not there", async () => {
    await expect(inOrder(connection, [model("a", "select * from staging.nothing")])).rejects.toThrow(
      "intermediate.a reads what is not there: staging.nothing"
    );
  });
  test("a later layer", async () => {
    await expect(
      inOrder(connection, [model("a", "select * from marts.b", "staging"), model("b", "select 1", "marts")])
    ).rejects.toThrow("staging.a reads a later layer: marts.b");
  });
  test("SQL that does not parse", async () => {
    await expect(inOrder(connection, [model("a", "select from from")])).rejects.toThrow(/intermediate\.a: /);
  });
  test("no description", () => {
    expect(() => parseModel("marts", "a", "-- grain: b\nselect 1")).toThrow(
      "marts.a: the first line does not say what it is"
    );
  });
});
