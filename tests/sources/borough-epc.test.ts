import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {epcExport} from "../../src/sources/epc/epc.ts";
import {epcSearch} from "../../src/sources/epc/search.ts";
import {parsed, said, samples} from "./borough-files.ts";

const display = samples["epc-register-export"]?.text ?? "";
const searched = JSON.parse(samples["epc-register-search"]?.text ?? "");
const homes = [
  "CERTIFICATE_NUMBER,ADDRESS1,UPRN,CURRENT_ENERGY_RATING,LODGEMENT_DATE,POSTCODE,FLOOR_DESCRIPTION,FLOOR_DESCRIPTION",
  '0000-0000-0000-0000-0201,"7 Zed Road, Flat 2",UPRN-000000000001,e,22/02/2031,ZZ1 1ZZ,,',
  "0000-0000-0000-0000-0202,8 Zed Road,,C,28/02/2031,ZZ1 1ZZ,,",
  "0000-0000-0000-0000-0203,9 Zed Road,,C,2031-03-01 10:00,ZZ1 1ZZ,,",
  "0000-0000-0000-0000-0202,8 Zed Road,,C,28/02/2031,ZZ1 1ZZ,,"
].join("\r\n");

describe("exports of the register", () => {
  test("display certificates are counted by band and month", () => {
    const {rows, ...file} = parsed(epcExport, display);
    expect(rows.map(said)).toEqual([
      "energy_certificates_lodged | display C | E08000007 | 2024-02-01 | 2 | certificates"
    ]);
    expect(file).toEqual({rejected: [], dropped: 0, records: 1, issued: null});
  });

  test("homes are of the authority in the file's name, and one certificate counts once", () => {
    const {rows, dropped} = parsed(epcExport, homes, "domestic-E08000007-Stockport.csv");
    expect(rows.map(said)).toEqual([
      "energy_certificates_lodged | domestic E | E08000007 | 2031-02-01 | 1 | certificates",
      "energy_certificates_lodged | domestic C | E08000007 | 2031-02-01 | 1 | certificates",
      "energy_certificates_lodged | domestic C | E08000007 | 2031-03-01 | 1 | certificates"
    ]);
    expect(dropped).toBe(1);
    expect(() => parsed(epcExport, homes, "certificates.csv")).toThrow(/does not say of which authority/);
  });

  test("other buildings have lower-case headings, and may be better than A", () => {
    const text =
      "certificate_number,address1,asset_rating_band,lodgement_date,local_authority\n1,x,A+,2031-01-05,E08000007\n2,x,H,2031-01-05,E08000007\n";
    const {rows, rejected} = parsed(epcExport, text);
    expect(rows.map(said)).toEqual([
      "energy_certificates_lodged | non-domestic A+ | E08000007 | 2031-01-01 | 1 | certificates"
    ]);
    expect(rejected).toEqual([{line: 3, rule: "a certificate has a band", value: "H"}]);
  });

  test("recommendations are no certificates", () => {
    const head = "CERTIFICATE_NUMBER,IMPROVEMENT_ITEM,INDICATIVE_COST\n1,1,£100 - £350\n";
    expect(epcExport.isOf({fileName: "r.csv", head})).toBe(false);
  });

  test("nothing of an address leaves, not even where cells have moved", () => {
    const moved = homes
      .replace(",e,22/02/2031,", ",9 Zed Road,ZZ1 1ZZ,")
      .replace(",C,28/02/2031,", ",C,Mrs Nobody of Zed Road,")
      .replace(",C,2031-03-01 10:00,ZZ1 1ZZ,,", ",C");
    const file = parsed(epcExport, moved, "E08000007.csv");
    expect(file.rejected).toHaveLength(3);
    const local = parsed(epcExport, display.replace(/E08000007/g, "9 Zed Road"));
    expect(local.rejected).toHaveLength(2);
    for (const text of [JSON.stringify(file), JSON.stringify(local), JSON.stringify(parsed(epcExport, display))])
      expect(text).not.toMatch(/zed|zz1|nobody|nowhere|0000-0000/i);
  });
});

describe("answers to a search of the registers", () => {
  test("a whole month counts nought where there was no certificate", () => {
    const {rows, records} = parsed(epcSearch, JSON.stringify(searched));
    expect(rows.map(({item, value, status}) => [item, value, status])).toEqual([
      ["domestic A", "0", "actual"],
      ["domestic B", "1", "actual"],
      ["domestic C", "0", "actual"],
      ["domestic D", "2", "actual"],
      ["domestic E", "0", "actual"],
      ["domestic F", "0", "actual"],
      ["domestic G", "0", "actual"]
    ]);
    expect(rows[1]).toMatchObject({area: "E08000007", starts_at: "2026-05-01", period: "month", line: 3});
    expect(records).toBe(7);
  });

  test("a month not over is provisional", () => {
    const asked = {...searched.energy_certificates, is_whole_month: false};
    const {rows} = parsed(epcSearch, JSON.stringify({...searched, energy_certificates: asked}));
    expect(new Set(rows.map(({status}) => status))).toEqual(new Set(["provisional"]));
  });

  test("a certificate without a band is rejected, and one of another month spoils the answer", () => {
    const none = {...searched, data: [{currentEnergyEfficiencyBand: null, registrationDate: "2026-05-02"}]};
    expect(parsed(epcSearch, JSON.stringify(none)).rejected).toEqual([
      {line: 1, rule: "a certificate has a band", value: ""}
    ]);
    const other = {...searched, data: [{currentEnergyEfficiencyBand: "A", registrationDate: "2026-06-01"}]};
    expect(() => parsed(epcSearch, JSON.stringify(other))).toThrow("record 1: lodged outside 2026-05-01 to 2026-05-31");
  });

  const certificate = (number: string, schemaType = "RdSAP-Schema-21.0.1") => ({
    certificateNumber: number,
    addressLine1: "9 Zed Road",
    postcode: "ZZ1 1ZZ",
    council: "Stockport",
    currentEnergyEfficiencyBand: "D",
    registrationDate: "2026-06-01",
    schemaType
  });
  const page = (data: readonly unknown[], pagination: object = {}) =>
    JSON.stringify({data, pagination: {totalRecords: data.length, totalPages: 1, ...pagination}});

  test("a page as it came: homes of a council by name, each certificate once, nothing of bands without one", () => {
    const text = page([certificate("1"), certificate("2"), certificate("2")]);
    expect(epcSearch.isOf({fileName: "x.json", head: text})).toBe(true);
    const {rows, dropped, records} = parsed(epcSearch, text);
    expect(rows.map(said)).toEqual([
      "energy_certificates_lodged | domestic D | Stockport | 2026-06-01 | 2 | certificates"
    ]);
    expect({dropped, records}).toEqual({dropped: 1, records: 2});
    expect(JSON.stringify(rows)).not.toMatch(/zed|zz1/i);
  });

  test.each([
    ["one of several", page([certificate("1")], {totalPages: 2}), /a count needs them all/],
    ["with fewer than it says", page([certificate("1")], {totalRecords: 9}), /a page of 1 certificates of 9/],
    ["of another register", page([certificate("1", "CEPC-8.0.0")]), /of which register it is not said/],
    ["cut off", page([certificate("1")]).slice(0, -30), /damaged or cut off/],
    ["of another shape", '{"data":[{"certificateNumber":1,"registrationDate":2}]}', /not an answer to a search/]
  ])("a page %s is not believed", (_, text, problem) => {
    expect(() => parsed(epcSearch, text)).toThrow(problem);
    expect(() => parsed(epcSearch, text)).toThrow(FeedError);
  });

  test("errors and empty answers are of no form", () => {
    for (const head of ['{"data":{"error":"No data could be found for that query"}}', '{"data":[]}', "{}"])
      expect(epcSearch.isOf({fileName: "x.json", head})).toBe(false);
  });
});
