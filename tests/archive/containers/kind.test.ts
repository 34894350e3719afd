import {describe, expect, test} from "vitest";
import {bring} from "./bring.ts";
import {n, row, xlsxFile} from "./xlsx-file.ts";
import {zipFile} from "./zip-file.ts";

const zip = zipFile([{name: "march.csv", data: "a,b\n"}]);
const xlsx = xlsxFile({sheets: {Data: row(1, n(5))}});
const hex = (text: string) => Buffer.from(text, "hex");
const png = hex("89504e470d0a1a0a0000000d");
const mail = "From: a@b.example\nTo: c@d.example\nSubject: x\n\nhello\n";

describe("what is no container is left to the reading of text", () => {
  test.each<[string, string, string | Buffer]>([
    ["a table", "march.csv", "MPAN,Date\n1600000000010,01/03/2026\n"],
    ["nothing", "march.csv", ""],
    ["a line that is no header", "march.csv", "To: all\n"],
    [
      "a report that begins with its dates",
      "march.csv",
      "From: 01/03/2026\nTo: 31/03/2026\nSubject: usage\n\nMPAN,kWh\n"
    ],
    ["a report whose first line names a sender", "march.csv", "From: a@b.example\nMPAN,Date\n"],
    ["a table in UTF-16", "march.csv", Buffer.from("\ufeffMPAN,Date\n", "utf16le")],
    ["a web page, which has its own refusal", "march.csv", "<!DOCTYPE html><html></html>"],
    ["a PDF, which has its own refusal", "bill.pdf", "%PDF-1.7\n"],
    ["text that begins as a program would", "march.csv", "MZ,kWh\n1,2\n"],
    ["a file without an ending", "march", "a,b\n"],
    ["a flow of the industry", "D0036.usr", "ZHV|0000475656|D0036001\n"]
  ])("%s", async (_, name, bytes) => expect(await bring(name, bytes)).toBeNull());
});

describe("a file that is not what its name says is refused", () => {
  const archive = "a zip archive or a workbook";
  const text = "plain text: name it .csv or .txt and bring it again";
  test.each<[string, string | Buffer, string]>([
    ["march.csv", zip, archive],
    ["march.TXT", zip, archive],
    ["march.cns", xlsx, archive],
    ["meters.xls", xlsx, archive],
    ["meters.xlsx", zip, "a zip archive"],
    ["meters.zip", xlsx, "an Office file"],
    ["meters.xlsx", "<html><body>Sign in</body></html>", "a web page: the download failed or needs signing in"],
    ["meters.xls", "\ufeff<!doctype html>", "a web page: the download failed or needs signing in"],
    ["meters.xls", "MPAN\tDate\n", text],
    ["meters.xlsx", png, "a PNG picture"],
    ["meters.xlsx", hex("ffd8ffe000104a464946"), "a JPEG picture"],
    ["meters.xlsx", "%PDF-1.7", "a PDF"],
    ["meters.xlsx", "", "empty"],
    ["meters.xlsx", hex("d0cf11e0a1b11ae1"), "an older Office file"],
    ["bundle.zip", "a,b\n", text],
    ["mail.eml", "a,b\n", text],
    ["march.csv", png, "a PNG picture"],
    ["march.csv", mail, "an e-mail message"],
    ["march.csv", hex("1f8b0800"), "a gzip file, which is not opened: send the file itself or a zip"]
  ])("%s", async (name, bytes, words) => {
    const ending = name.split(".").at(-1)?.toLowerCase();
    expect(await bring(name, bytes)).toBe(`refused: is not what its name says (.${ending}): it is ${words}`);
  });

  test("within an archive by itself", async () => {
    expect(
      await bring(
        "bundle.zip",
        zipFile([
          {name: "march.csv", data: zip},
          {name: "b.csv", data: "1"}
        ])
      )
    ).toEqual({
      "march.csv": `refused: is not what its name says (.csv): it is ${archive}`,
      "b.csv": "1"
    });
  });
});

describe("what is known and holds no data is refused by what it is", () => {
  test.each<[string, Buffer, string]>([
    ["logo.png", png, "a PNG picture"],
    ["photo", hex("ffd8ffe0"), "a JPEG picture"],
    ["setup.exe", hex("4d5a900003000000"), "a program"],
    ["bill.rtf", Buffer.from("{\\rtf1}"), "a word processor's document"]
  ])("%s", async (name, bytes, words) => {
    expect(await bring(name, bytes)).toBe(`refused: ${words}, which holds no data that can be read`);
  });

  test.each([
    ["a.7z", hex("377abcaf271c"), "a 7z archive, which is not opened: send the file itself or a zip"],
    ["a.rar", hex("526172211a0700"), "a rar archive, which is not opened: send the file itself or a zip"],
    ["a.parquet", Buffer.from("PAR1\x15\x04PAR1"), "a Parquet file: ask for CSV"]
  ])("%s, with what to do", async (name, bytes, words) => expect(await bring(name, bytes)).toBe(`refused: ${words}`));
});

test("a message is known by headers that only a message has", async () => {
  expect(await bring("mail.eml", mail)).toBe("refused: the message has no attachment");
  expect(await bring("mail", `From c@d.example Mon Mar 16 2026\n${mail}`)).toBe(
    "refused: the message has no attachment"
  );
  expect(await bring("mail", "Received: by x\r\nDate: today\r\n folded\r\n\r\nhello")).toBe(
    "refused: the message has no attachment"
  );
});
