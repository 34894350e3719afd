import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {FeedError} from "../../src/errors.ts";
import {fleetFormats} from "./fleet-formats.ts";
import {isOf, read} from "./fleet-given.ts";

/** A small whole file of each form, by its name. */
const files: Record<string, string> = {
  "uk-fuels":
    '"1","1","1","1","12","140526","0615","9","QZ38FTS","","31207","3875","18","9","","","05","2","501","5619","70000000000000000033"\n',
  texaco:
    '"1","1","1","1","12","140526","0615","9","QZ38FTS","","31207","3875","18","9","","","05","2","501","5619","700001"\nT,38.75,1,20260515\n',
  "shell-priced-transactions":
    '{"RequestId":"r","Data":[{"TransactionId":"1","TransactionDate":"20260514","TransactionTime":"06:15:00","ProductCode":"1","Quantity":5,"TransactionNetAmount":6,"CreditDebitCode":"D"}],"TotalRecords":1}',
  "fuel-portal-export":
    "Card No,Registration,Product,Quantity,Date,Time,Gross\n1,QZ38FTS,DERV,38.75,14/05/2026,06:15,9\n",
  "bunkered-tank": "Tank,Date,Time,Type,Vehicle,Litres,Dip\nW,14/05/2026,06:15,DISPENSE,R7,12.5,\n",
  "ocpi-cdrs":
    '{"data":[{"id":"C1","start_date_time":"2026-05-14T18:01:00Z","total_energy":4.5}],"status_code":1000,"timestamp":"2026-05-15T00:00:00Z"}',
  "charge-point-portal": "Session ID,Charge Point,Start Time,Energy (kWh)\n41,W1,14/05/2026 19:01,28.05\n",
  "grey-fleet-claims": "Employee No,Journey Date,From,To,Miles\n004417,14/05/2026,SK3,M2,10\n",
  "geotab-feed":
    '{"result":{"data":[{"id":"b9","start":"2026-05-14T06:15:00Z","distance":8}],"toVersion":"0a"},"jsonrpc":"2.0"}',
  "samsara-fuel-energy": '{"data":{"vehicleReports":[{"vehicle":{"id":"1"},"distanceTraveledMeters":9}]}}',
  "webfleet-trips": '[{"tripid":1,"objectno":"R7","start_time":"2026-05-14T07:15:00Z","distance":8}]',
  "dvla-vehicles": '{"registrationNumber":"QZ38FTS","make":"LEYLAND","taxStatus":"Taxed"}'
};

const name = "samsara-2026-05-14-2026-05-15.json";

/** Reads what may be anything: a file, or a FeedError; nothing else is thrown. */
function tried(format: (typeof fleetFormats)[number], text: string) {
  try {
    return read(format, text, name);
  } catch (error) {
    if (error instanceof FeedError) return null;
    throw error;
  }
}

test("each form is of a name of its own, with its evidence told", () => {
  expect(fleetFormats.map(format => format.name).sort()).toEqual(Object.keys(files).sort());
  for (const {evidence, confirmation, feed, description} of fleetFormats) {
    expect(evidence.endsWith("unconfirmed: needs a real file.")).toBe(confirmation === "unconfirmed");
    expect(["fleet-fuel", "ev-charging", "journeys", "vehicles"]).toContain(feed);
    expect(description.length).toBeGreaterThan(20);
  }
});

describe.each(fleetFormats.map(format => [format.name, format] as const))("%s", (formatName, format) => {
  const whole = files[formatName] ?? "";

  test("knows its own file and no other's", () => {
    const known = Object.entries(files).filter(([, text]) => isOf(format, text));
    expect(known.map(([other]) => other)).toEqual([formatName]);
    expect(read(format, whole, name)).toMatchObject({rows: [{}], rejected: []});
  });

  test("a byte-order mark is passed over", () => {
    expect(isOf(format, `\ufeff${whole}`)).toBe(true);
    expect(read(format, `\ufeff${whole}`, name).rows).toEqual(read(format, whole, name).rows);
  });

  test("what is cut off gives no row that the whole does not", () => {
    const rows = read(format, whole, name).rows.map(row => JSON.stringify(row));
    const lines = whole.split("\n").slice(0, -1);
    for (let end = 0; end < whole.length; end += 1) {
      const file = tried(format, whole.slice(0, end));
      const isAtLineEnd = lines.some((_, index) => lines.slice(0, index + 1).join("\n").length === end);
      if (file !== null && !isAtLineEnd && !/[\d.]$/.test(whole.slice(0, end)))
        for (const row of file.rows) expect(rows).toContain(JSON.stringify(row));
    }
  });

  test("anything is read, or refused with a reason", () => {
    const piece = fc.oneof(
      fc.constantFrom(...Object.values(files), "\0", "\r", '"', ",", "{", "[", "null", "1e99"),
      fc.string()
    );
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 4}), pieces => {
        const text = pieces.join("");
        isOf(format, text);
        tried(format, text);
      })
    );
  });

  test("a file with a few letters changed is read, or refused with a reason", () => {
    const change = fc.tuple(
      fc.nat({max: whole.length}),
      fc.constantFrom("", "-", "9", '"', "é", "\0", "\n", ",", "null", "e")
    );
    fc.assert(
      fc.property(fc.array(change, {minLength: 1, maxLength: 3}), changes => {
        const text = changes.reduce((said, [at, put]) => said.slice(0, at) + put + said.slice(at + 1), whole);
        isOf(format, text);
        tried(format, text);
      })
    );
  });

  test.each([
    "",
    " ",
    "\0".repeat(50),
    "null",
    "[]",
    "{}",
    "[[[]]]",
    "<html></html>",
    "[".repeat(200_000),
    " ".repeat(500_000),
    "9".repeat(500_000)
  ])("a text such as %.10j is no file of it, or an empty one", text => {
    expect(tried(format, text)?.rows ?? []).toEqual([]);
  });

  test("a huge cell or value is no reason to wait", () => {
    for (const filler of [" ".repeat(300_000), "1".repeat(300_000), '\\"'.repeat(100_000), "-".repeat(300_000)])
      for (const place of [/QZ38FTS/, /14\/05\/2026/, /2026-05-14/, /38\.75|28\.05|12\.5|3875|4\.5/])
        tried(format, whole.replace(place, filler));
  });
});
