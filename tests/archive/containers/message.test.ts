import {describe, expect, test} from "vitest";
import {bring} from "./bring.ts";
import {n, row, xlsxFile} from "./xlsx-file.ts";
import {zipFile} from "./zip-file.ts";

const march = "MPAN,Date\n1600000000010,01/03/2026\n";
const base64 = (bytes: Buffer | string) => Buffer.from(bytes).toString("base64").replace(/.{76}/g, "$&\r\n");

/** A part of a message: its headers and its body. */
const part = (headers: readonly string[], body: string) => `${headers.join("\r\n")}\r\n\r\n${body}\r\n`;
const words = part(["Content-Type: text/plain; charset=utf-8"], "Please find attached.");
const attached = (name: string, bytes: Buffer | string, type = "text/csv") =>
  part(
    [`Content-Type: ${type}`, `Content-Disposition: attachment; ${name}`, "Content-Transfer-Encoding: base64"],
    base64(bytes)
  );

const heads = [
  "From: data@supplier.example",
  "To: meters@council.example",
  "Subject: Your report",
  "MIME-Version: 1.0"
];
const message = (parts: readonly string[], kind = "mixed") =>
  `${heads.join("\r\n")}\r\nContent-Type: multipart/${kind}; boundary="b1"\r\n\r\npreamble\r\n${parts.map(text => `--b1\r\n${text}`).join("")}--b1--\r\n`;
const bringMessage = (...parts: string[]) => bring("mail.eml", message(parts));

describe("a message gives its attachments", () => {
  test("and not its words, in either of their forms", async () => {
    const html = part(["Content-Type: text/html"], "<p>Please find <a href='https://example.org/x'>attached</a></p>");
    const alternative = `Content-Type: multipart/alternative; boundary=b2\r\n\r\n--b2\r\n${words}--b2\r\n${html}--b2--\r\n`;
    expect(await bringMessage(alternative, attached('filename="march.csv"', march))).toEqual({"march.csv": march});
  });

  test("nor signatures, cards and pictures shown among the words", async () => {
    const picture = (headers: readonly string[]) => part(["Content-Type: image/png", ...headers], "x");
    const brought = await bringMessage(
      words,
      picture(['Content-Disposition: inline; filename="logo.png"']),
      picture(['Content-Disposition: attachment; filename="logo.png"', "Content-ID: <logo@x>"]),
      part(["Content-Type: application/pkcs7-signature; name=smime.p7s"], "x"),
      part(["Content-Type: application/pgp-signature"], "x"),
      part(["Content-Type: text/vcard; name=sender.vcf"], "x"),
      attached('filename="march.csv"', march)
    );
    expect(brought).toEqual({"march.csv": march});
  });

  test("a picture that is attached among them, refused by itself", async () => {
    const png = Buffer.from("89504e470d0a1a0a0000", "hex");
    expect(
      await bringMessage(words, attached('filename="scan.png"', png, "image/png"), attached("filename=a.csv", march))
    ).toEqual({
      "scan.png": "refused: a PNG picture, which holds no data that can be read",
      "a.csv": march
    });
  });

  test("text with a file name, whatever it is said to be", async () => {
    const named = (headers: readonly string[]) => part(headers, march);
    const brought = await bringMessage(
      words,
      named(["Content-Type: text/plain; name=one.usr"]),
      named(["Content-Type: text/plain", "Content-Disposition: inline; filename=two.usr"]),
      named(["Content-Type: text/plain;", " charset=us-ascii;", ' name="three.usr"', "Content-Disposition: inline"]),
      named(["Content-Type: text/csv; name=four.csv", "Content-Disposition: inline"])
    );
    expect(Object.keys(brought as object)).toEqual(["one.usr", "two.usr", "three.usr", "four.csv"]);
    for (const text of Object.values(brought as Record<string, string>))
      expect(text.replaceAll("\r", "").trim()).toBe(march.trim());
  });

  test.each([
    ['filename="=?utf-8?B?TcOkcnouY3N2?="', "März.csv"],
    ["filename*=utf-8''M%C3%A4rz.csv", "März.csv"],
    ['filename="../../etc/march.csv"', "march.csv"],
    ['filename="C:\\\\reports\\\\march.csv"', "march.csv"],
    ['filename="=?utf-8?Q?a=00b=0Ac.csv?="', "abc.csv"],
    ['filename="=?utf-8?Q?vsc.=E2=80=AEhcram?="', "vsc.hcram"],
    ['filename=".."', "attachment 1"],
    ['filename=""', "attachment 1"],
    ["x=y", "attachment 1"],
    [`filename="${"m".repeat(300)}.csv"`, `${"m".repeat(196)}.csv`]
  ])("by a safe name: %s", async (header, name) => {
    expect(await bringMessage(words, attached(header, march))).toEqual({[name]: march});
  });

  test("two of one name apart", async () => {
    const brought = await bringMessage(
      attached("filename=a.csv", "1"),
      attached("filename=a.csv", "2"),
      attached('filename="a (2).csv"', "3")
    );
    expect(brought).toEqual({"a.csv": "1", "a (2).csv": "2", "a (2) (2).csv": "3"});
  });

  test("what archives, workbooks and messages among them hold", async () => {
    const zip = attached("filename=bundle.zip", zipFile([{name: "march.csv", data: march}]), "application/zip");
    const xlsx = attached("filename=meters.xlsx", xlsxFile({sheets: {Data: row(1, n(5))}}), "application/octet-stream");
    const inner = part(
      ["Content-Type: message/rfc822"],
      message([words, attached("filename=april.csv", "a,b\n")]).replaceAll("b1", "b9")
    );
    expect(await bringMessage(words, zip, xlsx, inner)).toEqual({
      "bundle.zip › march.csv": march,
      "meters.xlsx › Data": "5\n",
      "message 3.eml › april.csv": "a,b\n"
    });
  });

  test("one that is the whole message", async () => {
    const headers = [...heads, "Content-Type: text/csv; name=march.csv", "Content-Transfer-Encoding: base64"];
    expect(await bring("mail.eml", part(headers, base64(march)))).toEqual({"march.csv": march});
  });

  test("without an ending of its name, or in an archive", async () => {
    const mail = message([words, attached("filename=march.csv", march)]);
    expect(await bring("1637_mail", mail)).toEqual({"march.csv": march});
    expect(await bring("mails.zip", zipFile([{name: "a/mail.eml", data: mail}]))).toEqual({
      "a/mail.eml › march.csv": march
    });
  });

  test("decoded, from quoted-printable and from Base64 that is padded on each line", async () => {
    const printable = part(
      [
        "Content-Type: text/csv; name=a.csv",
        "Content-Disposition: attachment",
        "Content-Transfer-Encoding: quoted-printable"
      ],
      "Temp=C2=B0,=\r\n1=3D1"
    );
    const padded = part(
      [
        "Content-Type: text/csv",
        "Content-Disposition: attachment; filename=b.csv",
        "Content-Transfer-Encoding: base64"
      ],
      `${base64("a,b\n")}\r\n${base64("1,2\n")}`
    );
    expect(await bringMessage(words, printable, padded)).toEqual({"a.csv": "Temp°,1=1\n", "b.csv": "a,b\n1,2\n"});
  });
});

describe("a message is refused", () => {
  test("for a link in place of the file, of which only the host is told", async () => {
    const link = "Your report is ready: https://Reports.Example.ORG/get?id=3Dsecret&token=3D12 until Friday.";
    const headers = [...heads, "Content-Type: text/plain", "Content-Transfer-Encoding: quoted-printable"];
    const reason =
      "refused: the message holds a link, not the file: download it from reports.example.org and bring that";
    expect(await bring("mail.eml", part(headers, link))).toBe(reason);
    expect(
      await bringMessage(part(["Content-Type: text/html"], '<a href="https://reports.example.org/x?k=1">here</a>'))
    ).toBe(reason);
  });

  test("for no attachment", async () => {
    expect(await bringMessage(words)).toBe("refused: the message has no attachment");
    expect(await bringMessage(words, part(["Content-Type: image/png", "Content-Disposition: inline"], "x"))).toBe(
      "refused: the message has no attachment"
    );
  });

  test("for broken Base64", async () => {
    const broken = (body: string) =>
      bringMessage(
        words,
        part(
          [
            "Content-Type: text/csv",
            "Content-Disposition: attachment; filename=a.csv",
            "Content-Transfer-Encoding: base64"
          ],
          body
        )
      );
    expect(await broken("TVBB*iwx")).toBe("refused: an attachment is damaged: its Base64 is broken");
    expect(await broken("TVBBTiwxMg=A")).toBe("refused: an attachment is damaged: its Base64 is broken");
    expect(await broken("TVBBTiwxM")).toBe("refused: an attachment is not complete: ask for it again");
    expect(await broken("TVBBTiwx")).toEqual({"a.csv": "MPAN,1"});
  });

  test("when it is cut off, wherever that is", async () => {
    const whole = message([words, attached("filename=march.csv", march)]);
    for (let length = whole.indexOf("boundary") + 15; length < whole.length - 4; length += 1)
      expect(await bring("mail.eml", whole.slice(0, length)), String(length)).toMatch(/^refused: /);
  });

  test("for parts without a boundary, or with the wrong one", async () => {
    const whole = message([words, attached("filename=march.csv", march)]);
    expect(await bring("mail.eml", whole.replace('; boundary="b1"', ""))).toBe(
      "refused: the message is damaged: its parts have no boundary"
    );
    expect(await bring("mail.eml", whole.replace('boundary="b1"', 'boundary="b7"'))).toBe(
      "refused: the e-mail is not complete: ask for it again"
    );
  });

  test("for more attachments than the limit", async () => {
    expect(await bringMessage(...Array.from({length: 1001}, () => attached("filename=a.csv", "1")))).toBe(
      "refused: holds more than 1,000 files"
    );
  });

  test("for messages within messages without end", async () => {
    let mail = message([attached("filename=march.csv", march)]);
    for (let depth = 0; depth < 5; depth += 1)
      mail = message([part(["Content-Type: message/rfc822"], mail)]).replaceAll("b1", `c${depth}x`);
    const brought = await bring("mail.eml", mail);
    expect(Object.values(brought as object)).toEqual(["refused: archives within archives, more than 3 deep"]);
  });
});
