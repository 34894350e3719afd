import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {partsOf, readPart} from "../../../src/archive/containers/containers.ts";
import {bring, inFolder} from "./bring.ts";
import {n, row, xlsxFile} from "./xlsx-file.ts";
import {ints, type Packed, zipFile} from "./zip-file.ts";

const march = "MPAN,Date\n1600000000010,01/03/2026\n";
const bringZip = (entries: readonly Packed[], options = {}) => bring("bundle.zip", zipFile(entries, options));

describe("a zip archive gives its files", () => {
  test("in the order of its directory, packed or stored, in folders or not", async () => {
    const brought = await bringZip([
      {name: "2026/march.csv", data: march},
      {name: "april.csv", data: "a,b\n", isStored: true},
      {name: "./notes/read me.txt", data: "£"}
    ]);
    expect(brought).toEqual({"2026/march.csv": march, "april.csv": "a,b\n", "notes/read me.txt": "£"});
    expect(Object.keys(brought as object)).toEqual(["2026/march.csv", "april.csv", "notes/read me.txt"]);
  });

  test("by path and by the name each would have alone", async () => {
    await inFolder(async folder => {
      const path = join(folder, "x");
      const inner = zipFile([{name: "north/april.csv", data: "b"}]);
      await writeFile(
        path,
        zipFile([
          {name: "2026/march.csv", data: march},
          {name: "old/report.zip", data: inner}
        ])
      );
      expect(await partsOf(path, "bundle.zip")).toEqual([
        {path: "2026/march.csv", fileName: "march.csv"},
        {path: "old/report.zip › north/april.csv", fileName: "april.csv"}
      ]);
    });
  });

  test("without folders and what a computer keeps for itself", async () => {
    const brought = await bringZip([
      {name: "2026/", isStored: true, mode: 0o040755},
      {name: "2026/march.csv", data: march},
      {name: "__MACOSX/2026/._march.csv", data: "x"},
      {name: ".DS_Store", data: "x"},
      {name: "2026/Thumbs.db", data: "x"}
    ]);
    expect(brought).toEqual({"2026/march.csv": march});
  });

  test("with what is no data among them, refused by itself", async () => {
    const png = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
    expect(
      await bringZip([
        {name: "logo.png", data: png},
        {name: "march.csv", data: march}
      ])
    ).toEqual({
      "logo.png": "refused: a PNG picture, which holds no data that can be read",
      "march.csv": march
    });
  });

  test("and those of archives in it, three deep and no deeper", async () => {
    const meters = xlsxFile({sheets: {Data: row(1, n(5))}});
    const third = zipFile([
      {name: "march.csv", data: march},
      {name: "meters.xlsx", data: meters}
    ]);
    const second = zipFile([{name: "third.zip", data: third}]);
    expect(await bringZip([{name: "second.zip", data: second}])).toEqual({
      "second.zip › third.zip › march.csv": march,
      "second.zip › third.zip › meters.xlsx › Data": "5\n"
    });
    const first = zipFile([{name: "second.zip", data: second}]);
    expect(await bringZip([{name: "first.zip", data: first}])).toEqual({
      "first.zip › second.zip › third.zip": "refused: archives within archives, more than 3 deep"
    });
  });

  test("when its name has no ending, or a capital one", async () => {
    const bytes = zipFile([{name: "march.csv", data: march}]);
    expect(await bring("BUNDLE.ZIP", bytes)).toEqual({"march.csv": march});
    expect(await bring("attachment 1", bytes)).toEqual({"march.csv": march});
  });

  test("the same bytes at every reading, and what is there when the file changes", async () => {
    await inFolder(async folder => {
      const path = join(folder, "x");
      await writeFile(path, zipFile([{name: "march.csv", data: march}]));
      const read = async () => (await readPart(path, "x.zip", "march.csv")).toString();
      expect([await read(), await read()]).toEqual([march, march]);
      await writeFile(path, zipFile([{name: "march.csv", data: "other\n"}]));
      expect(await read()).toBe("other\n");
      await expect(readPart(path, "x.zip", "april.csv")).rejects.toThrow("holds no april.csv");
    });
  });
});

describe("an archive is refused whole", () => {
  test.each([
    ["../march.csv", "an entry that leaves the archive: ../march.csv"],
    ["a/../../march.csv", "an entry that leaves the archive: a/../../march.csv"],
    ["/etc/march.csv", "an entry with an absolute path: /etc/march.csv"],
    ["C:/march.csv", "an entry with an absolute path: C:/march.csv"],
    ["2026\\march.csv", "an entry whose name holds a backslash: 2026\\march.csv"],
    ["..\\march.csv", "an entry whose name holds a backslash: ..\\march.csv"],
    ["data/NUL.csv", "an entry named as a device: data/NUL.csv"],
    ["com1", "an entry named as a device: com1"],
    ["mar\u0007ch.csv", "an entry whose name holds control characters"],
    ["vsc.\u202emarch", "an entry whose name holds control characters"],
    ["", "an entry without a proper name"]
  ])("for the name %j", async (name, words) => {
    expect(
      await bringZip([
        {name: "good.csv", data: march},
        {name, data: "x"}
      ])
    ).toBe(`refused: the zip file holds ${words}`);
  });

  test("where names that only resemble devices or steps are in order", async () => {
    const names = ["console.csv", "com10.csv", "a..b.csv", "nullable/x.csv"];
    expect(Object.keys((await bringZip(names.map(name => ({name, data: march})))) as object)).toEqual(names);
  });

  test("for a name it has twice, also when written another way", async () => {
    const words = "refused: the zip file holds two entries with one name: march.csv";
    expect(
      await bringZip([
        {name: "march.csv", data: "1"},
        {name: "march.csv", data: "2"}
      ])
    ).toBe(words);
    expect(
      await bringZip([
        {name: "march.csv", data: "1"},
        {name: "./march.csv", data: "2"}
      ])
    ).toBe(words);
  });

  test("for a link or a device in it", async () => {
    const link = await bringZip([{name: "march.csv", data: "/etc/passwd", mode: 0o120777}]);
    expect(link).toBe("refused: the zip file holds a link to another file: march.csv");
    expect(await bringZip([{name: "march.csv", mode: 0o010644}])).toBe(
      "refused: the zip file holds something that is not a file: march.csv"
    );
  });

  test("for a password", async () => {
    expect(await bringZip([{name: "march.csv", data: march, flags: 1}])).toBe(
      "refused: the zip file needs a password: bring the files that are in it: march.csv"
    );
    expect(await bringZip([{name: "march.csv", data: march, flags: 0x41}])).toMatch(/^refused: .*strong encryption/);
  });

  test("for a way of packing that is not opened", async () => {
    expect(await bringZip([{name: "march.csv", data: march, says: {method: 14}}])).toBe(
      "refused: packed by a method that canopy does not open (method 14): march.csv"
    );
  });

  test("for more files than the limit, and not for just as many", async () => {
    const files = (count: number) =>
      Array.from({length: count}, (_, at) => ({name: `${at}.csv`, data: "a", isStored: true}));
    expect(await bringZip(files(1001))).toBe("refused: holds more than 1,000 files");
    expect(Object.keys((await bringZip(files(1000))) as object)).toHaveLength(1000);
    const halves = [1, 2].map(half => ({name: `${half}.zip`, data: zipFile(files(500))}));
    expect(await bringZip(halves)).toBe("refused: holds more than 1,000 files");
  });

  test("for nothing in it", async () => {
    expect(await bringZip([])).toBe("refused: an empty zip archive");
    expect(await bringZip([{name: "2026/", isStored: true}])).toBe("refused: an empty zip archive");
  });

  test("for a directory that counts fewer entries than it holds, or more", async () => {
    const two = [
      {name: "a.csv", data: "1"},
      {name: "b.csv", data: "2"}
    ];
    expect(await bringZip(two, {counts: 1})).toBe("refused: the zip file holds more entries than it counts");
    expect(await bringZip(two, {counts: 3})).toMatch(/^refused: cannot be opened as a zip archive: /);
  });

  test("for an entry that is called otherwise where it lies", async () => {
    expect(await bringZip([{name: "march.csv", localName: "april.csv", data: march}])).toBe(
      "refused: the zip file is damaged: an entry is not what its directory says"
    );
  });

  test("at any length it is cut off to", async () => {
    const whole = zipFile([
      {name: "march.csv", data: march},
      {name: "april.csv", data: "a"}
    ]);
    for (let length = 4; length < whole.length; length += 1) {
      const brought = await bring("bundle.zip", whole.subarray(0, length));
      expect(brought, String(length)).toMatch(/^refused: /);
    }
  });
});

describe("bombs are refused", () => {
  const noughts = (megabytes: number) => Buffer.alloc(megabytes << 20);

  test("one that grows a thousand times, as a whole or spread over many files", async () => {
    const words = "refused: grows more than 200 times when unpacked, which data never does";
    expect(await bringZip([{name: "a.csv", data: noughts(11)}])).toBe(words);
    const spread = Array.from({length: 12}, (_, at) => ({name: `${at}.csv`, data: noughts(1)}));
    expect(await bringZip(spread)).toBe(words);
  });

  test("and a small file of noughts is not one", async () => {
    const brought = (await bringZip([{name: "a.csv", data: noughts(9)}])) as Record<string, string>;
    expect(brought["a.csv"]).toHaveLength(9 << 20);
  });

  test("one that says it unpacks to more than the limit, in 32 or in 64 bits", async () => {
    const says = {packed: 4 << 20, unpacked: 513 << 20};
    expect(await bringZip([{name: "a.csv", isStored: false, data: noughts(1), says}])).toMatch(/^refused: /);
    const body = Buffer.alloc(4 << 20, 1);
    const large = {name: "a.csv", data: body, isStored: true, says: {method: 8, unpacked: 600 << 20}};
    expect(await bringZip([large])).toBe("refused: comes to more than 512 MB when unpacked");
    const extra = ints([1, 2], [8, 2], [2n ** 41n, 8]);
    const zip64 = {...large, extra, says: {method: 8, unpacked: 0xffffffff}};
    expect(await bringZip([zip64])).toMatch(/^refused: grows more than 200 times/);
  });

  test("one whose entries come to the limit only together, in archives of their own", async () => {
    const part = Buffer.alloc(4 << 20, 1);
    const inner = zipFile([{name: "a.csv", data: part, isStored: true, says: {method: 8, unpacked: 300 << 20}}]);
    const twice = [
      {name: "1.zip", data: inner, isStored: true},
      {name: "2.zip", data: inner, isStored: true}
    ];
    expect(await bringZip(twice)).toBe("refused: comes to more than 512 MB when unpacked");
  });

  test("one whose entries overlap", async () => {
    const second = zipFile([{name: "b.csv", data: march, isStored: true}]);
    const covered = Buffer.from("x");
    const reach = covered.length + 30 + "b.csv".length + march.length;
    expect(second.length).toBeGreaterThan(reach);
    const overlapping = [
      {name: "a.csv", data: covered, isStored: true, says: {packed: reach, unpacked: reach}},
      {name: "b.csv", data: march, isStored: true}
    ];
    expect(await bringZip(overlapping)).toBe("refused: the zip file is not safe: its entries overlap");
  });

  test("an entry that is larger or smaller than it says, or damaged, which the others survive", async () => {
    const good = {name: "good.csv", data: march};
    const bad = async (says: Packed["says"]) => {
      const brought = (await bringZip([{name: "bad.csv", data: march, ...(says && {says})}, good])) as Record<
        string,
        string
      >;
      expect(brought["good.csv"]).toBe(march);
      return brought["bad.csv"];
    };
    expect(await bad({unpacked: march.length - 1})).toMatch(/^refused: .*too many bytes/);
    expect(await bad({unpacked: march.length + 1})).toMatch(/^refused: .*not enough bytes/);
    expect(await bad({crc: 1})).toBe("refused: damaged: the checksum does not agree: bad.csv");
  });
});
