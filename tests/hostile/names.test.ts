import {execFileSync} from "node:child_process";
import {mkdir, readdir, readFile, symlink, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {keepShell} from "../support/kept-shell.ts";
import {flat, gmtFile, portalFile} from "../support/supplier-files.ts";
import {canopyLine, holdsOrders} from "./command-line.ts";

const [mpan] = mpans;
const inboxOf = (folder: string) => join(folder, "inbox", "estate-energy");
const good = (date = "2026-09-01") => portalFile("02/10/26 07:00", [{mpan, date, cells: flat(1)}]);

/** What a terminal, a spreadsheet, a browser or a database might obey. */
const hostile = [
  "=cmd|' C calc'!A0",
  "@SUM(1+1)",
  "+1+1",
  "-rf",
  '"><img src=x onerror=alert(1)>',
  "<svg onload=alert(1)>",
  "__proto__",
  "constructor",
  "a\u202efdp.csv",
  "\u001b[31mred\u001b]0;title\u0007",
  "new\nline",
  "c1\u009b31m",
  "'; drop table raw.meter_days; --",
  "x".repeat(250),
  `it's "q"`,
  "$(reboot)",
  "{}",
  "&amp;"
];

/** Some of them as the name of a folder, which says what meter its files are of. */
const meters = hostile.slice(2, 12).map(name => `m${name}`);

describe("hostile names of files and of the folders they stand in", () => {
  const filled = async () => {
    const folder = await makeDataFolder();
    const inbox = inboxOf(folder);
    for (const [index, name] of hostile.entries()) {
      await writeFile(
        join(inbox, name),
        good(`2026-09-${String(index + 1).padStart(2, "0")}`).replace(
          ",1,1",
          `,x${hostile[index]?.replace(/["\n]/g, "")},1`
        )
      );
    }
    for (const [index, name] of meters.entries()) {
      await mkdir(join(inbox, name));
      await writeFile(join(inbox, name, "gmt.csv"), gmtFile([{date: "2026-09-01", cells: flat(index)}]));
    }
    return folder;
  };

  test("are shown and not obeyed, in the terminal and in tables", async () => {
    const folder = await filled();
    await keepShell(folder);
    const ran = await canopyLine(["run"], folder);
    expect({code: ran.code, error: ran.error}).toEqual({code: 0, error: ""});
    expect(ran.printed).toContain(`Read      ${hostile.length + meters.length} new files`);
    const loads = await canopyLine(["loads"], folder);
    const shown = [ran, loads, await canopyLine(["status"], folder), await canopyLine(["loads", "1"], folder)];
    for (const {printed} of shown) expect(holdsOrders(printed)).toBe(false);
    expect(loads.printed.split("\n")).toHaveLength(2 + hostile.length + meters.length);
    const csv = await canopyLine(
      [
        "query",
        "--format",
        "csv",
        "select file_name from marts.loads union all select meter_key from marts.held_meters"
      ],
      folder
    );
    const cells = csv.printed.split(/\r\n/).slice(1);
    for (const cell of cells) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    const json = await canopyLine(["query", "--format", "json", "select meter_key from marts.held_meters"], folder);
    const held = (JSON.parse(json.printed) as {meter_key: string}[]).map(({meter_key}) => meter_key);
    expect(new Set(held)).toEqual(new Set(meters));
  });

  test("are not obeyed in the line of progress", async () => {
    const folder = await makeDataFolder();
    await writeFile(join(inboxOf(folder), "\u001b]0;title\u0007.csv"), good());
    const {progress} = await canopyLine(["ingest"], folder);
    for (const line of progress) expect(holdsOrders(line)).toBe(false);
  });
});

describe("things in the inbox that are no files", () => {
  test("links and pipes are told and not followed; folders and files half written are not opened or waited for", async () => {
    const folder = await makeDataFolder();
    const inbox = inboxOf(folder);
    const outside = join(folder, "outside");
    await mkdir(outside);
    await writeFile(join(outside, "secret.csv"), good("2026-09-09"));
    await symlink(join(outside, "secret.csv"), join(inbox, "link.csv"));
    await symlink(outside, join(inbox, "linked"));
    await symlink(join(folder, "nowhere"), join(inbox, "dangling.csv"));
    await mkdir(join(inbox, "folder.csv"));
    execFileSync("mkfifo", [join(inbox, "pipe.csv")]);
    for (const name of [".hidden.csv", "a.csv.part", "b.csv.crdownload", "c.tmp"])
      await writeFile(join(inbox, name), good("2026-09-08"));
    await writeFile(join(inbox, "good.csv"), good());
    const {code, printed} = await canopyLine(["ingest"], folder);
    expect(code).toBe(0);
    const lines = printed.split("\n");
    expect(lines.filter(line => line.includes("could not be opened"))).toHaveLength(4);
    for (const name of ["link.csv", "linked", "dangling.csv"])
      expect(printed).toMatch(new RegExp(`could not be opened: .*${name}: a link, which is not followed`));
    expect(printed).toMatch(/could not be opened: .*pipe\.csv: not a file/);
    expect(lines.filter(line => !line.includes("could not be opened"))).toEqual([expect.stringContaining("good.csv")]);
    expect(printed).not.toContain("2026-09-09");
  });

  test("named by hand they are refused", async () => {
    const folder = await makeDataFolder();
    await symlink(join(folder, "council", "sites.csv"), join(folder, "link.csv"));
    execFileSync("mkfifo", [join(folder, "pipe.csv")]);
    for (const name of ["link.csv", "pipe.csv", "council"]) {
      const {code, error} = await canopyLine(["ingest", "--file", join(folder, name)], folder);
      expect({name, code, error}).toEqual({name, code: 1, error: expect.stringContaining("not a file")});
    }
  });

  test("a name in another encoding does not stop its neighbours", async () => {
    const folder = await makeDataFolder();
    const inbox = inboxOf(folder);
    await writeFile(
      Buffer.concat([Buffer.from(join(inbox, "caf")), Buffer.from([0xe9]), Buffer.from(".csv")]),
      good("2026-09-02")
    );
    await writeFile(join(inbox, "good.csv"), good());
    await canopyLine(["ingest"], folder);
    expect(await readdir(join(folder, "snapshots"))).not.toEqual([]);
  });
});

describe("hostile names of a council and its sites", () => {
  const hostileParts = [
    '"><img src=x onerror=alert(1)>',
    "</title><script>alert(1)</script>",
    "\u001b[31mred\u0007\u202eevil\u0001",
    "\u{fffe}]]>&lt;"
  ];
  /** All of them in one name, which begins as a formula does or as the end of a quoted cell. */
  const names = [["=cmd|' /C calc'!A0", ...hostileParts].join(" "), hostileParts.join(" ")];

  test("are inert in figures and in tables", async () => {
    const folder = await makeDataFolder();
    const file = join(folder, "good.csv");
    await writeFile(file, good());
    await canopyLine(["ingest", "--file", file], folder);
    await keepShell(folder);
    for (const name of names) {
      await writeFile(
        join(folder, "council", "council.json"),
        JSON.stringify({name, ons_code: null, illustrative: null, as_of: "2026-10-31"})
      );
      await writeFile(
        join(folder, "council", "sites.csv"),
        `site_id,name,kind,floor_area_m2,opens_at,closes_at,open_days\nconstructor,"${name.replaceAll('"', '""')}",office,,,,\n`
      );
      await writeFile(
        join(folder, "council", "meter-points.csv"),
        `meter_point_id,site_id,energy,known_as,valid_from,valid_to\n${mpan},constructor,electricity,,,\n`
      );
      for (const command of ["build", "publish"])
        expect(await canopyLine([command], folder)).toMatchObject({code: 0, error: ""});
      expect(holdsOrders((await canopyLine(["status"], folder)).printed)).toBe(false);
      for (const svg of await published(folder, "figures", ".svg")) {
        expect(svg).not.toMatch(/<(script|img|foreignObject|a)\b/i);
        expect(holdsOrders(svg) || svg.includes("\ufffe")).toBe(false);
        expect(svg.replaceAll(/>[^<]*</g, "><")).not.toMatch(/\son\w+=/);
      }
      for (const csv of await published(folder, "tables", ".csv")) expect(csv).not.toMatch(/(^|[,\n])"?[=+@]/);
    }
  });

  const published = async (folder: string, kind: string, ending: string) => {
    const files = (await readdir(join(folder, "published", kind))).filter(name => name.endsWith(ending));
    expect(files.length).toBeGreaterThan(0);
    return Promise.all(files.map(name => readFile(join(folder, "published", kind, name), "utf8")));
  };
});

test("publishing removes nothing outside its folder, whatever the last manifest lists", async () => {
  const folder = await makeDataFolder();
  await keepShell(folder);
  await canopyLine(["build"], folder);
  await mkdir(join(folder, "published"));
  await writeFile(
    join(folder, "published", "manifest.json"),
    JSON.stringify({files: [{path: "../council/council.json", sha256: ""}]})
  );
  await canopyLine(["publish"], folder);
  expect(await readdir(join(folder, "council"))).toContain("council.json");
});
