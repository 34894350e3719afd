import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";

test("a refrigerant check is due as long after the last as the F-gas regulation allows for its charge, where the register says later or nothing", async () => {
  const c = new Canopy(await makeDataFolder(undefined, "2026-10-31"));
  const row = (subject: string, dueOn: string, doneOn: string, of: string) =>
    `refrigerant check,${subject},town-hall,${dueOn},${doneOn},Engineer,${of}`;
  await writeRows(c.folder, "due-dates.csv", [
    // 60 kg × 2,088 = 125.28 t: every six months. Said to be due a year after the last.
    row("Chiller", "2026-05-20", "2026-05-14", "R410A,60"),
    row("Chiller", "2027-05-14", "", "R410A,60"),
    // 10 kg × 3,922 = 39.22 t: every twelve months; nobody wrote down a next one.
    row("Cold room", "2025-12-01", "2025-11-20", "R-404A,10"),
    // 20 kg × 675 = 13.5 t, with leak detection: every 24 months, so the register's own day is earlier.
    row("Heat pump", "2025-11-01", "2025-10-30", "R32,20,yes"),
    row("Heat pump", "2026-12-01", "", "R32,20,yes"),
    // 1 kg × 1,430 = 1.43 t: none is asked for.
    row("Fridge", "2025-11-01", "2025-10-30", "R134a,1"),
    // Not in the table: what the register says.
    row("Old plant", "2026-11-11", "", "R999,80")
  ]);
  expect(
    await c.ask(
      "select subject, round(f_gas_t_co2e, 2) as t, check_every_months, rule_due_on::date::varchar as rule_due_on from marts.refrigerant_checks"
    )
  ).toEqual([
    {subject: "Chiller", t: 125.28, check_every_months: 6, rule_due_on: "2026-11-14"},
    {subject: "Cold room", t: 39.22, check_every_months: 12, rule_due_on: "2026-11-20"},
    {subject: "Fridge", t: 1.43, check_every_months: null, rule_due_on: null},
    {subject: "Heat pump", t: 13.5, check_every_months: 24, rule_due_on: "2027-10-30"},
    {subject: "Old plant", t: null, check_every_months: null, rule_due_on: null}
  ]);
  expect(
    await c.ask(
      "select subject, due_on::date::varchar as due_on, detail from marts.findings where kind = 'due' order by due_on, subject"
    )
  ).toEqual([
    {subject: "Old plant", due_on: "2026-11-11", detail: "refrigerant check"},
    {
      ...{subject: "Chiller", due_on: "2026-11-14"},
      detail:
        "refrigerant check, every 6 months for a charge of 125 t CO₂e by the F-gas regulation; due-dates.csv says 14 May 2027"
    },
    {
      ...{subject: "Cold room", due_on: "2026-11-20"},
      detail: "refrigerant check, every 12 months for a charge of 39 t CO₂e by the F-gas regulation"
    },
    {subject: "Heat pump", due_on: "2026-12-01", detail: "refrigerant check"}
  ]);
});
