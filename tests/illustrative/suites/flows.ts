import {basename} from "node:path";
import {expect, test} from "vitest";
import type {Written} from "../written.ts";

/** D0036 files against what their own trailers say. */
export function flowSuite(estate: () => Written): void {
  const names = () =>
    estate()
      .paths.map(path => basename(path))
      .filter(name => name.endsWith(".usr"));

  test("every trailer counts the lines and the groups of its file", async () => {
    for (const name of names()) {
      const lines = (await estate().text(name)).split("\n");
      const [header, trailer] = [lines[0]?.split("|") ?? [], lines.at(-2)?.split("|") ?? []];
      const body = lines.slice(1, -2);
      const groups = body.filter(line => line.startsWith("101|"));
      expect(lines.at(-1), name).toBe("");
      expect(header.slice(0, 7)).toEqual([
        "ZHV",
        expect.stringMatching(/^\d{10}$/),
        "D0036001",
        "C",
        "ILLU",
        "X",
        "CNPY"
      ]);
      expect(header.slice(7)).toEqual([expect.stringMatching(/^\d{14}$/), "", "", "", "OPER", ""]);
      expect(trailer).toEqual(["ZPT", header[1], String(body.length), "", String(groups.length), header[7], ""]);
      expect(new Set(groups).size).toBe(groups.length);
    }
  });

  test("a day has 46, 48 or 50 advances of one decimal", async () => {
    const lengths = new Set<string>();
    for (const name of names()) {
      for (const {date, texts} of (await estate().file(name)).days) lengths.add(`${date.slice(5, 7)} ${texts.length}`);
      expect(/\n103\|(?![AE]\|\d+\.\d\|\n)/.test(await estate().text(name))).toBe(false);
    }
    const odd = [...lengths].filter(each => !each.endsWith(" 48")).sort();
    expect(odd).toEqual(["03 46", "10 50"]);
  });

  test("street lamps import by night alone, and two arrays have no AE", async () => {
    const {days} = await estate().file("flows-estate-2026-04-to-2026-06.usr");
    const lamps = days.filter(
      day => day.date === "2026-06-20" && Number(day.texts[24]) === 0 && Number(day.texts[2]) > 50
    );
    const meters = (channel: string) =>
      new Set(days.filter(day => day.channel === channel).map(day => day.meterPointId));
    expect(new Set(lamps.map(day => day.meterPointId)).size).toBe(3);
    expect([meters("import").size, meters("export").size]).toEqual([18, 12]);
  });
}
