import {expect, test} from "vitest";
import {type dayKinds, periodsOn, stretchesOf} from "../../src/domain/settlement.ts";
import {columnsOf, halfHourColumnsOf, type Layout} from "../../src/layouts/layout.ts";
import {readLayouts} from "../../src/layouts/library.ts";
import {recordFormats} from "../../src/sources/formats.ts";
import {apis} from "../../src/sources/services.ts";
import {expectGenerated, markdownTable} from "../support/sources-readme.ts";

const layouts = [...(await readLayouts(null)).values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** How many half-hours of each kind of day a layout has room for, and whether they are all there are. */
function carried(layout: Layout): string {
  if (layout.shape.rows === "reading") {
    const byPeriod = "period" in layout.shape.placed_by;
    return byPeriod || layout.clock !== "local-clock-sum" ? "46, 50" : "46, 48";
  }
  if (layout.clock === "utc") return "46, 50";
  const slots = (kind: (typeof dayKinds)[number]) =>
    stretchesOf(layout.clock, kind, halfHourColumnsOf(layout)).reduce((sum, {length}) => sum + length, 0);
  const [spring, autumn] = [slots("spring"), slots("autumn")];
  return `${spring}, ${autumn}${autumn === periodsOn.autumn ? "" : layout.clock === "settlement-period" ? ": no place for the last hour of autumn" : ": one pass of the hour that repeats"}`;
}

test("every form that is understood is in the table of src/sources/README.md, and says whether it is confirmed", async () => {
  const rows = layouts.map(layout => [
    `\`${layout.name}\``,
    layout.feed,
    layout.unfold !== undefined ? "unfolded" : `${columnsOf(layout).length} columns, row per ${layout.shape.rows}`,
    layout.clock,
    carried(layout),
    layout.confirmation === "unconfirmed" ? "unconfirmed: needs a real file" : "confirmed"
  ]);
  await expectGenerated(
    "layouts",
    markdownTable(["layout", "inbox", "shape", "clock", "half-hours in spring, autumn", ""], rows)
  );
  const records = [...recordFormats.values()].map(format => [
    `\`${format.name}\``,
    format.feed,
    format.kind,
    format.description,
    format.confirmation === "unconfirmed" ? "unconfirmed: needs a real file" : "confirmed"
  ]);
  await expectGenerated("records", markdownTable(["format", "inbox", "records", "what it is", ""], records));
  const services = [...apis.values()].map(api => [
    `\`${api.name}\``,
    api.feed,
    api.description,
    `${api.budget.calls} in ${api.budget.everySeconds} s`,
    String(api.lookBackDays),
    Object.keys(api.variables)
      .map(name => `\`${name}\``)
      .join(", ")
  ]);
  await expectGenerated(
    "services",
    markdownTable(["service", "inbox", "what it is", "calls at most", "days asked again", "set up by"], services)
  );
});

test("what is unconfirmed says what it needs, in its own words", () => {
  for (const form of [...layouts, ...recordFormats.values()])
    if (form.confirmation === "unconfirmed") expect(form.evidence, form.name).toMatch(/unconfirmed|not confirmed/i);
});
