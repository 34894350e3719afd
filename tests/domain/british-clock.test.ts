import {expect, test} from "vitest";
import {
  clockChangeOn,
  comesTwice,
  localDate,
  utcOfWallClock,
  wallClock,
  zoneAt
} from "../../src/domain/british-clock.ts";

const halfHour_ms = 1_800_000;
const london = new Intl.DateTimeFormat("sv-SE", {timeZone: "Europe/London", dateStyle: "short", timeStyle: "medium"});

test("shows what the time zone database does, at every half-hour from 1996 to 2037", () => {
  let differing = 0;
  for (let at = Date.UTC(1996, 0); at < Date.UTC(2038, 0); at += halfHour_ms)
    if (wallClock(new Date(at)) !== london.format(at)) differing += 1;
  expect(differing).toBe(0);
});

test("the hour that does not come, and the hour that comes twice", () => {
  const [skipped, twice] = [Date.UTC(2026, 2, 29, 1, 30), Date.UTC(2026, 9, 25, 1, 30)];
  expect([utcOfWallClock(skipped), comesTwice(skipped)]).toEqual([null, false]);
  expect([utcOfWallClock(twice), utcOfWallClock(twice, 2), comesTwice(twice)]).toEqual([
    Date.UTC(2026, 9, 25, 0, 30),
    Date.UTC(2026, 9, 25, 1, 30),
    true
  ]);
});

test("summer time has its name, and its date", () => {
  const [last, first] = [new Date("2026-03-29T00:59:59Z"), new Date("2026-03-29T01:00:00Z")];
  expect([last, first].map(zoneAt)).toEqual(["GMT", "BST"]);
  expect([last, first].map(wallClock)).toEqual(["2026-03-29 00:59:59", "2026-03-29 02:00:00"]);
  expect(localDate(new Date("2026-06-30T23:30:00Z"))).toBe("2026-07-01");
});

test("the clocks change on two dates a year", () => {
  const dates = ["2026-03-28", "2026-03-29", "2026-10-25", "2026-10-26", "2026-03-22", "2026-05-31"];
  expect(dates.map(clockChangeOn)).toEqual([null, "spring", "autumn", null, null, null]);
});
