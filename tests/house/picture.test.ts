import {readFileSync, writeFileSync} from "node:fs";
import {expect, test} from "vitest";
import {drawHouse, importsBetweenRooms, rooms} from "./picture.ts";

const stored = new URL("../../.github/house.svg", import.meta.url);

test("every room has its words in the picture, and none is in it that is gone", () => {
  expect([...importsBetweenRooms().keys()].sort()).toEqual(Object.keys(rooms).sort());
});

test("the picture of the house is drawn from the code as it stands (UPDATE_HOUSE=1 draws it anew)", () => {
  if (process.env.UPDATE_HOUSE === "1") writeFileSync(stored, drawHouse());
  expect(readFileSync(stored, "utf8")).toBe(drawHouse());
});
