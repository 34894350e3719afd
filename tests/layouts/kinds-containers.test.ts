import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {beforeAll, expect, test} from "vitest";
import {zipFile} from "../archive/containers/zip-file.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {workbook} from "../support/kind-files.ts";

/** Tables that were saved as something that canopy does not open: each is called what it is, and what to do is said. No value of theirs matters. */
const rows = [
  ["MPAN", "Date", "00:00", "00:30"],
  [mpans[0], "14/01/2026", 1, 2]
];
const hall = (bookType: Parameters<typeof workbook>[1]) => workbook({Hall: rows}, bookType);
const openDocument = (type: string) =>
  zipFile([
    {name: "mimetype", data: `application/vnd.oasis.opendocument.${type}`, isStored: true},
    {name: "content.xml", data: `<office:document-content>${type}</office:document-content>`}
  ]);
const page = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><body><table>${rows
  .map(row => `<tr>${row.map(cell => `<td>${cell}</td>`).join("")}</tr>`)
  .join("")}</table></body></html>`;
const numbers = [
  {name: "Index/Document.iwa", data: "x"},
  {name: "Index/Tables/DataList.iwa", data: "x"},
  {name: "Metadata/Properties.plist", data: "bplist00"}
];
const oldNumbers = [
  {name: "Index.zip", data: zipFile([{name: "Document.iwa", data: "x"}])},
  {name: "buildVersionHistory.plist", data: "x"}
];

const save = "open it in a spreadsheet program, save it as .xlsx or CSV and bring that";
const ods = "an OpenDocument spreadsheet: save it as .xlsx or CSV and bring that";
const flat = `an OpenDocument spreadsheet in one XML file, not delimited text: ${save}`;
const table = "put its table into a spreadsheet, save that as .xlsx or CSV and bring it";
const apple = "an Apple Numbers, Pages or Keynote file: export it as .xlsx or CSV and bring that";
const misnamed = (ending: string, words: string) => `is not what its name says (.${ending}): it is ${words}`;

const files: readonly (readonly [what: string, name: string, bytes: Uint8Array | string, refusal: string])[] = [
  ["an OpenDocument spreadsheet", "a.ods", hall("ods"), ods],
  ["one that is called .xlsx", "b.xlsx", workbook({Baths: rows}, "ods"), ods],
  ["one that is called .csv", "c.csv", workbook({Annexe: rows}, "ods"), misnamed("csv", "a zip archive or a workbook")],
  ["one in a zip", "d.zip › inner.ods", zipFile([{name: "inner.ods", data: workbook({Depot: rows}, "ods")}]), ods],
  ["a template of one", "e.ots", openDocument("spreadsheet-template"), ods],
  ["one that is flat XML", "f.fods", hall("fods"), flat],
  ["flat XML that is called .xml", "g.xml", workbook({Depot: rows}, "fods"), flat],
  ["a text document", "h.odt", openDocument("text"), `an OpenDocument text document: ${table}`],
  ["a presentation", "i.odp", openDocument("presentation"), `an OpenDocument presentation: ${table}`],
  ["Apple Numbers", "j.numbers", zipFile(numbers), apple],
  ["Apple Numbers of 2013", "k.numbers", zipFile(oldNumbers), apple],
  ["Apple Numbers that is called .zip", "l.zip", zipFile([...numbers, {name: "preview.jpg", data: "x"}]), apple],
  ["a table in a page that is called .xls", "m.xls", page, misnamed("xls", `a web page with a table in it: ${save}`)],
  ["the same page", "n.html", `${page}\n`, `a web page with a table in it, not delimited text: ${save}`],
  [
    "a page that asks to sign in",
    "o.xls",
    "<!DOCTYPE html><html><form></form></html>",
    misnamed("xls", "a web page: the download failed or needs signing in")
  ],
  [
    "Excel's XML that is called .xls",
    "p.xls",
    hall("xlml"),
    misnamed("xls", `an Excel workbook in one XML file: ${save}`)
  ],
  [
    "Excel's XML",
    "q.xml",
    workbook({Depot: rows}, "xlml"),
    `an Excel workbook in one XML file, not delimited text: ${save}`
  ],
  [
    "XML of another kind",
    "r.xml",
    '<?xml version="1.0"?><feed xmlns="urn:x"/>',
    "XML, not delimited text: ask the sender for CSV or .xlsx"
  ],
  [
    "a page that is XML",
    "s.xml",
    '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
    "a web page, not delimited text: the download failed or needs signing in"
  ],
  ["a binary workbook", "t.xlsb", hall("xlsb"), "a binary workbook (xlsb): save it as xlsx"],
  [
    "tabs that are called .xls",
    "u.xls",
    "MPAN\tDate\n",
    misnamed("xls", "plain text: name it .csv or .txt and bring it again")
  ],
  [
    "a workbook saved as one page",
    "v.mht",
    'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b--\r\n',
    "a web page saved as one file: save it as .xlsx or CSV and bring that"
  ],
  ["Parquet", "w.parquet", Buffer.from("PAR1\u0015\u0004PAR1"), "a Parquet file: ask for CSV"]
];

let said: readonly string[] = [];
beforeAll(async () => {
  let leave = async () => {};
  const folder = await makeDataFolder(undefined, undefined, finish => {
    leave = finish;
  });
  const paths: string[] = [];
  for (const [, name, bytes] of files) {
    const path = join(folder, name.replace(/ › .*/, ""));
    await writeFile(path, bytes);
    paths.push(path);
  }
  const {code, printed} = await canopyLine(["ingest", "--file", ...paths], folder);
  expect(code).toBe(1);
  said = printed.split("\n");
  return () => leave();
});

test.each(files)("%s", (_what, name, _bytes, refusal) =>
  expect(said.filter(line => line.startsWith(`refused ${name}: `))).toEqual([`refused ${name}: ${refusal}`])
);

test("no part of them is told of besides", () => expect(said).toHaveLength(files.length));

test("detect says the same of one as ingest", async () => {
  const folder = await makeDataFolder();
  for (const [name, bytes, words] of [
    ["a.fods", hall("fods"), flat],
    ["a.odt", openDocument("text"), "an OpenDocument text document"]
  ] as const) {
    await writeFile(join(folder, name), bytes);
    const {code, printed} = await canopyLine(["layouts", "detect", join(folder, name)], folder);
    expect([code, printed.replaceAll(/\s+/g, " ")]).toEqual([1, expect.stringContaining(words)]);
  }
});
