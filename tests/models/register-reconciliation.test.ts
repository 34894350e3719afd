import {rm, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {status} from "../../src/commands/status/status.ts";
import {readConfig} from "../../src/council/config.ts";
import {readRegisters} from "../../src/council/registers.ts";
import {readHead} from "../../src/publish/site-words.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import type {Canopy} from "../support/canopy.ts";
import {fuelFile} from "../support/fuel-files.ts";
import {writeRows} from "../support/registers.ts";
import {flat, portalFile} from "../support/supplier-files.ts";
import {type BilledMeter, bill, estateOf, evenly} from "./estates.ts";
import {billFile, frameworkFile, mpanOf} from "./meter-files.ts";

const year = (kwh: number) => evenly("2025-04", "2026-03", kwh);
/** The reporting year 2025/26 has ended, and its factors are those of 2025: electricity 0.17700, gas 0.18296 kg CO₂e/kWh, diesel 2.57082 kg/l. */
const settings = {baseYear: 2025, asOf: "2026-03-31"};
const mpan = {
  hall: mpanOf(1),
  library: mpanOf(2),
  depot: mpanOf(3),
  annexe: mpanOf(4),
  stables: mpanOf(5),
  odd: mpanOf(6),
  closed: mpanOf(7),
  baths: mpanOf(11),
  kiosk: mpanOf(12),
  store: mpanOf(13),
  sold: mpanOf(14),
  past: mpanOf(15)
};
const [hallGas, oldGas] = ["9100000011", "9100000099"];

const found = async (
  c: Canopy,
  columns = "kind, name, round(estimated_quantity, 3) as a_year, round(estimated_t_co2e, 5) as t"
) =>
  (await c.ask(`select ${columns} from marts.register_reconciliation order by kind, name`)).map(row =>
    Object.values(row)
      .map(value => value ?? "-")
      .join(" | ")
  );

/** What `canopy status` says, as one line, with its spaces made one. */
async function said(c: Canopy, format: "text" | "json" = "text"): Promise<string> {
  await c.ask("select 1");
  const {lines} = await status(await readConfig(c.folder, c.effects.now()), format, c.effects);
  return format === "json" ? lines.join("\n") : lines.join(" ").replaceAll(/\s+/g, " ");
}

/** Two meters, billed for the whole year: 120,000 kWh and 240,000 kWh. */
const plainMeters: readonly BilledMeter[] = [
  {id: mpan.hall, energy: "electricity", kwh: year(10_000)},
  {id: hallGas, energy: "gas", kwh: year(20_000)}
];

test("each finding of meters, with its tonnes by hand", async () => {
  const c = await estateOf(
    [
      ...plainMeters,
      {id: mpan.library, energy: "electricity", site: "library", kwh: year(5_000)},
      {id: mpan.depot, energy: "electricity", site: "depot", kwh: {}},
      {id: mpan.annexe, energy: "electricity", site: "annexe", kwh: year(2_000)},
      {id: mpan.stables, energy: "electricity", site: "stables", kwh: year(3_000)},
      {id: mpan.odd, energy: "gas", site: "annexe", kwh: {}},
      {id: mpan.closed, energy: "electricity", site: "annexe", to: "2025-06-30", kwh: evenly("2025-04", "2025-06", 100)}
    ],
    settings
  );
  const others: readonly BilledMeter[] = [
    {id: mpan.kiosk, energy: "electricity", kwh: year(1_000)},
    {id: oldGas, energy: "gas", kwh: year(2_000)},
    {id: mpan.sold, energy: "electricity", kwh: year(10)}
  ];
  await bill(c, others, "others.csv");
  await c.bring("depot.csv", portalFile("31/03/26 08:00", [{mpan: mpan.depot, date: "2026-03-30", cells: flat(1)}]));
  await writeRows(c.folder, "supplier-portfolio.csv", [
    // The day on which a supplier changes may stand in both lists.
    `Acme,${mpan.hall},electricity,Town Hall,,,2025-09-30,`,
    `Bolt,${mpan.hall},electricity,TOWN  HALL,,2025-09-30,,`,
    `Acme,${hallGas},gas,Town Hall,,,,`,
    `Acme,${mpan.library},electricity,Library,61000,,,`,
    `Acme,${mpan.library},electricity,Reading Room,61000,,,`,
    `Acme,${mpan.depot},electricity,library,,,,`,
    `Acme,${mpan.stables},electricity,Stables,,,,`,
    `Bolt,${mpan.stables},electricity,The Stables,,2026-01-01,,`,
    `Acme,${mpan.odd},Electricity,Annexe,7000,,,`,
    `Acme,${mpan.baths.replace(/^(..)/, "$1 ")},electricity,Old Baths,"50,000",,,`,
    `Acme,00801111${mpan.kiosk},electricity,Kiosk,,,,`,
    `Acme,${mpan.store},electricity,Store,,,,`,
    `Acme,${mpan.sold},electricity,Mill,,,,sold in 2024`,
    `Acme,${mpan.past},electricity,Mill,,,2025-03-31,`
  ]);
  expect(await found(c)).toEqual([
    // 12 bills of 2,000 kWh × 0.18296.
    `billed but not registered | ${oldGas} | 24000 | 4.39104`,
    // A typical office: 95 kWh/m² × 1,000 m² × 0.17700. So is the next of the depot.
    `listed at another site | ${mpan.depot} | 95000 | 16.815`,
    `meter at two sites | ${mpan.library} | 61000 | 10.797`,
    `meter of two energies | ${mpan.odd} | 7000 | 1.239`,
    // 12 × 3,000 kWh × 0.17700.
    `meter with two suppliers | ${mpan.stables} | 36000 | 6.372`,
    `read but not billed | ${mpan.depot} | 95000 | 16.815`,
    `registered but not supplied | ${mpan.annexe} | 24000 | 4.248`,
    `supplied but not registered | ${mpan.baths} | 50000 | 8.85`,
    `supplied but not registered | ${mpan.kiosk} | 12000 | 2.124`,
    // The mean of 120,000, 60,000, 24,000 and 36,000 kWh; the closed meter was read for three months, and the depot not enough.
    `supplied but not registered | ${mpan.store} | 60000 | 10.62`
  ]);
  const more = await found(c, "name, list, estimated_from, missing_from, coalesce(site_id, site_name), detail");
  expect(more).toContain(`${mpan.baths} | supplier-portfolio.csv | list | register | Old Baths | Acme`);
  expect(more).toContain(`${mpan.kiosk} | supplier-portfolio.csv, bills | bills | register | Kiosk | Acme`);
  expect(more).toContain(`${mpan.store} | supplier-portfolio.csv | mean of its kind | register | Store | Acme`);
  expect(more).toContain(`${oldGas} | bills | bills | register | - | -`);
  expect(more).toContain(`${mpan.odd} | supplier-portfolio.csv | list | - | annexe | meter-points.csv says gas`);
  expect(more).toContain(`${mpan.stables} | supplier-portfolio.csv | own readings | - | stables | Acme and Bolt`);

  const text = await said(c);
  // 10.62 + 8.85 + 4.39104 + 2.124.
  expect(text).toContain(
    `4 things are on the lists of others and not in our registers: about 26 t CO₂e a year. Add what is ours, or say in the list why it is not ${mpan.store} (Store, electricity): on a supplier's list, but not in meter-points.csv; Acme; about 11 t a year, as the mean of its kind`
  );
  expect(text).toContain(
    `… and 2 more; to list all: canopy query "from marts.register_reconciliation where missing_from = 'register'"`
  );
  expect(text).toContain("6 entries of our registers do not agree with the lists of others. Ask who keeps the list");
  // What is not ours is no finding, and its bills wait as before; the others are told once.
  expect(text).toContain("1 meter is unknown");
  expect(text.split(mpan.kiosk).length - 1).toBe(0);
});

test("properties without energy: as a typical building, as the mean of their kind, or nothing can tell", async () => {
  const c = await estateOf(plainMeters, settings);
  const tail = "08:00,18:00,Mon-Fri";
  await writeRows(c.folder, "sites.csv", [
    `town-hall,Town Hall,depot,1000,${tail},,`,
    `empty-hall,Empty Hall,office,1000,${tail},,`,
    `old-school,Old School,office,1000,${tail},,2025-12-31`
  ]);
  await writeRows(c.folder, "property-register.csv", [
    "100012345678,TOWN HALL ,,,,,,",
    '2,Old Mill,office,"2,000",,,,',
    "3,The hall on the hill,,,empty-hall,,,",
    "4,Station car park,,,,bare land,,",
    "5,Old school,office,900,,,,",
    "6,Lodge,,120,,,,",
    "7,Yard,depot,,,,,",
    "8,Sold house,office,500,,,,2026-03-30",
    "9,House to come,office,500,,,2026-04-01,"
  ]);
  expect(
    await found(c, "kind, name, estimated_quantity, unit, round(estimated_t_co2e, 4), estimated_from, site_name")
  ).toEqual([
    // 2,000 m² × (95 kWh × 0.17700 + 120 kWh × 0.18296).
    "owned but without energy | 2 | 430000 | kWh | 77.5404 | benchmark | Old Mill",
    // The area of its site: 1,000 m².
    "owned but without energy | 3 | 215000 | kWh | 38.7702 | benchmark | Empty Hall",
    "owned but without energy | 6 | - | - | - | - | Lodge",
    // The only depot that is read is the town hall: 120,000 kWh × 0.17700 + 240,000 kWh × 0.18296.
    "owned but without energy | 7 | 360000 | kWh | 65.1504 | mean of its kind | Yard"
  ]);
  expect(await said(c)).toContain(
    "4 things are on the lists of others and not in our registers: about 181 t CO₂e a year; of 1 nothing says how much."
  );
  // A meter that a supplier lists there is the finding, not the property as well.
  await writeRows(c.folder, "supplier-portfolio.csv", [
    `Acme,${mpan.hall},electricity,,,,,`,
    `Acme,${mpan.baths},electricity,OLD MILL,1000,,,`
  ]);
  expect((await found(c, "kind, name")).filter(each => each.endsWith(" 2") || each.endsWith(mpan.baths))).toEqual([
    `supplied but not registered | ${mpan.baths}`
  ]);
});

test("vehicles: listed and not registered, registered and not listed, of two fuels; no registration is shown", async () => {
  const c = await estateOf(plainMeters, settings);
  await writeRows(c.folder, "vehicles.csv", [
    "F1,AA11AAA,van,waste,diesel,,",
    "F2,BB11BBB,van,waste,petrol,,",
    "F3,CC11CCC,van,waste,diesel,,",
    "F4,DD11DDD,van,waste,diesel,,2025-06-30",
    "F5,EE11EEE,van,waste,hvo,,",
    "F6,,trailer,waste,diesel,,"
  ]);
  await writeRows(c.folder, "fuel-products.csv", ["keyfuels,018,Diesel,diesel,confirmed"]);
  const drawing = (id: string, registration: string, litres: number) => ({
    id,
    at: "2026-01-15 09:00:00",
    registration,
    product: "018",
    litres
  });
  await c.bring(
    "fuel.txt",
    fuelFile(
      [
        drawing("100000001", "AA11AAA", 800),
        drawing("100000002", "CC11CCC", 400),
        drawing("100000003", "YY11YYY", 500)
      ],
      "2026-02-01 08:00:00"
    ),
    {feed: "fleet-fuel"}
  );
  await writeRows(c.folder, "fleet-list.csv", [
    "insurer,aa11 aaa,,diesel,,,,",
    "insurer,BB11BBB,,diesel,1000,,,",
    "insurer,DD11DDD,,diesel,,,,",
    "insurer,EE11EEE,,Diesel,,,,",
    'insurer,ZZ11ZZZ,F90,diesel,"2,000",,,',
    "insurer,YY11YYY,,diesel,,,,",
    "insurer,WW11WWW,,diesel,,,,",
    "insurer,VV11VVV,,electric,,,,",
    "insurer,UU11UUU,,diesel,,,,a contractor's",
    "insurer,TT11TTT,,diesel,,,2025-01-01,"
  ]);
  expect(
    await found(c, "kind, name, energy, estimated_quantity, round(estimated_t_co2e, 6), estimated_from, detail")
  ).toEqual([
    "vehicle listed but not registered | F90 | diesel | 2000 | 5.14164 | list | listed by insurer",
    "vehicle listed but not registered | row 7 | diesel | 500 | 1.28541 | fuel purchases | listed by insurer; its fuel is counted, of no vehicle",
    // The mean of 800 and 400 litres.
    "vehicle listed but not registered | row 8 | diesel | 600 | 1.542492 | mean of its kind | listed by insurer",
    "vehicle listed but not registered | row 9 | electric | - | - | - | listed by insurer",
    "vehicle of two fuels | F2 | diesel | 1000 | 2.57082 | list | vehicles.csv says petrol",
    "vehicle registered but not listed | F3 | diesel | 400 | 1.028328 | fuel purchases | -"
  ]);
  const json = await said(c, "json");
  expect(JSON.parse(json).faults.register_reconciliation).toHaveLength(6);
  expect(json + (await said(c))).not.toMatch(/[A-Z]{2}11[A-Z]{3}/);
});

test("a council that is given no list, or only headers, is told nothing, and its bills are compared only where they are of most meters", async () => {
  const c = await estateOf(
    [
      ...plainMeters,
      {id: mpan.library, energy: "electricity", kwh: {}},
      {id: mpan.annexe, energy: "electricity", kwh: {}}
    ],
    settings
  );
  await c.bring(
    "read.csv",
    portalFile(
      "31/03/26 08:00",
      [mpan.library, mpan.annexe].map(id => ({mpan: id, date: "2026-03-30", cells: flat(1)}))
    )
  );
  // One of three meters of electricity is billed: the bills are no list of all.
  expect(await found(c)).toEqual([]);
  for (const file of ["supplier-portfolio.csv", "property-register.csv", "fleet-list.csv"])
    await writeRows(c.folder, file, []);
  expect(await found(c)).toEqual([]);
  const text = await said(c);
  expect(text).not.toContain("lists of others");
  expect(text).not.toContain("not in this:");
  // A portfolio of one meter of three neither.
  await writeRows(c.folder, "supplier-portfolio.csv", [`Acme,${mpan.hall},electricity,,,,,`]);
  expect(await found(c)).toEqual([]);
});

test("a whole year stays whole and says which meters are not in it, on the page too; what an annual return covers is not said", async () => {
  const c = await estateOf(plainMeters, settings);
  await writeRows(c.folder, "supplier-portfolio.csv", [
    `Acme,${mpan.hall},electricity,,,,,`,
    `Acme,${mpan.baths},electricity,Old Baths,73000,2025-10-01,,`
  ]);
  const asked =
    "select is_whole_year as whole, unregistered_meters as meters, round(unregistered_t_co2e, 6) as t from marts.reporting_years";
  // 182 days from October to March, of 200 kWh: 36,400 kWh × 0.17700.
  expect(await c.ask(asked)).toEqual([{whole: true, meters: 1, t: 6.4428}]);
  const words = "not in this: 1 meter that suppliers list or bill and meter-points.csv does not have, about 6.4 t";
  expect(await said(c)).toContain(words);
  const head = await withPublished(c.folder, connection => readHead(connection, null));
  expect(head.council?.words).toContain(`N${words.slice(1)}.`);
  await writeRows(c.folder, "annual-returns.csv", [
    "2025,building electricity,electricity,kWh,200000,inventory,return"
  ]);
  expect(await c.ask(asked)).toMatchObject([{meters: 0, t: null}]);
});

test("readings that wait for a meter of the portfolio are one finding, and go when it is registered, whatever its dates", async () => {
  const c = await estateOf(plainMeters, settings);
  await c.bring("baths.csv", portalFile("31/03/26 08:00", [{mpan: mpan.baths, date: "2026-03-30", cells: flat(1)}]));
  expect(await said(c)).toContain("1 meter is unknown");
  await writeRows(c.folder, "supplier-portfolio.csv", [
    `Acme,${mpan.hall},electricity,,,,,`,
    `Acme,${mpan.baths},electricity,Old Baths,1000,,,`
  ]);
  expect(await found(c, "kind, name, detail")).toEqual([
    `supplied but not registered | ${mpan.baths} | Acme; its readings are kept but not counted`
  ]);
  const text = await said(c);
  expect(text).not.toContain("is unknown");
  expect(text.split(mpan.baths)).toHaveLength(2);
  await writeRows(c.folder, "meter-points.csv", [
    `${mpan.hall},town-hall,electricity,,,`,
    `${hallGas},town-hall,gas,,,`,
    `Old Baths main,town-hall,electricity,${mpan.baths},,2025-12-31`.replace("Old Baths main", "old-baths-main")
  ]);
  expect(await found(c)).toEqual([]);
});

test("bills of a meter that is not registered: withdrawn, credited, of nothing, in m³", async () => {
  const c = await estateOf(plainMeters, settings);
  const [credited, withdrawn, creditAlone, negative] = [mpan.store, mpan.kiosk, mpan.past, mpan.sold];
  const june = {from: "2025-06-01", to: "2025-06-30"};
  await c.bring(
    "electricity.csv",
    billFile([
      {mpan: credited, invoice: "1", kwh: 1000, issued: "2025-07-01", ...june},
      {mpan: credited, invoice: "2", kwh: -100, issued: "2025-07-05", ...june},
      {mpan: withdrawn, invoice: "3", kwh: 1000, issued: "2025-07-01", ...june},
      {mpan: withdrawn, invoice: "3", kwh: 1000, type: "W", issued: "2025-07-05", ...june},
      {mpan: creditAlone, invoice: "4", kwh: -100, ...june},
      {mpan: negative, invoice: "5", kwh: 100, issued: "2025-07-01", ...june},
      {mpan: negative, invoice: "6", kwh: -150, issued: "2025-07-05", ...june}
    ])
  );
  await bill(c, [{id: oldGas, energy: "gas", kwh: {"2026-03": 0}}], "zero.csv");
  const cubic = [
    "A1",
    "Hall",
    "9100000088",
    "9",
    "30/06/2025",
    "01/06/2025",
    "30/06/2025",
    "A",
    500,
    0,
    0,
    1,
    0.2,
    1.2
  ];
  await c.bring("cubic.csv", frameworkFile([cubic.join()], "m3"));
  expect(
    await found(
      c,
      "name, round(estimated_quantity, 3), round(estimated_t_co2e, 5), estimated_from, from_date::date::varchar, to_date::date::varchar"
    )
  ).toEqual([
    // (1,000 − 100) kWh in 30 days, for 365: 10,950 kWh × 0.17700.
    `${credited} | 10950 | 1.93815 | bills | 2025-06-01 | 2025-06-30`,
    // Less than nothing says nothing of a year: the mean of the meters that are registered.
    `${negative} | 120000 | 21.24 | mean of its kind | 2025-06-01 | 2025-06-30`,
    // 240,000 kWh × 0.18296: a volume is not yet read as energy of a meter that is not known.
    "9100000088 | 240000 | 43.9104 | mean of its kind | 2025-06-01 | 2025-06-30",
    // A bill of nothing is a bill of nothing.
    `${oldGas} | 0 | 0 | bills | 2026-03-01 | 2026-03-31`
  ]);
});

const lists: Readonly<Record<string, string>> = {
  "supplier-portfolio.csv": "supplier,meter_point_id,energy",
  "property-register.csv": "property_id,name",
  "fleet-list.csv": "listed_by,registration,fuel"
};
const P = "supplier-portfolio.csv";
const R = "property-register.csv";
const F = "fleet-list.csv";

/** A header of more columns than it needs, a row, and what is said of it. */
const wrong: readonly (readonly [file: string, more: string, row: string, says: string])[] = [
  [
    P,
    "",
    `Acme,${mpan.baths.slice(0, 12)}0,electricity`,
    `row 2, meter_point_id: ${mpan.baths.slice(0, 12)}0: the check digit of the MPAN does not fit`
  ],
  [P, "", "Acme,1.6E+12,electricity", "row 2, meter_point_id: 1.6E+12: an MPAN that a spreadsheet has rounded"],
  [P, "", "Acme,9.1E+09,gas", "row 2, meter_point_id: 9.1E+09: an MPRN that a spreadsheet has rounded"],
  [P, "", `Acme,${mpan.baths},gas`, `row 2, meter_point_id: ${mpan.baths}: an MPRN is 6 to 10 digits`],
  [P, "", "Acme,9100000011,electricity", "row 2, meter_point_id: 9100000011: an MPAN is 13 digits, not 10"],
  [P, "", "Acme,Town Hall,gas", "row 2, meter_point_id: Town Hall: an MPRN is 6 to 10 digits"],
  [P, "", "Acme,,gas", "row 2, meter_point_id: (nothing)"],
  [P, "", ",9100000011,gas", "row 2, supplier: (nothing)"],
  [P, "", "Acme,9100000011,water", "row 2, energy: water: one of electricity, gas"],
  [P, "", "Acme,9100000011,gass", "row 2, energy: gass: did you mean gas?"],
  [P, ",annual_kwh", "Acme,9100000011,gas,12 MWh", "row 2, annual_kwh: 12 MWh: a decimal number"],
  [P, ",annual_kwh", "Acme,9100000011,gas,-5", "row 2, annual_kwh: -5: a decimal number"],
  [P, ",annual_kwh", 'Acme,9100000011,gas,"1,23"', "row 2, annual_kwh: 1,23: a decimal number"],
  [P, ",annual_kwh", "Acme,9100000011,gas,1E+06", "row 2, annual_kwh: 1E+06: a decimal number"],
  [P, ",valid_from", "Acme,9100000011,gas,01/04/2025", "row 2, valid_from: 01/04/2025"],
  [
    P,
    ",valid_from,valid_to",
    "Acme,9100000011,gas,2026-01-01,2025-01-01",
    "row 2, valid_to: 2025-01-01: valid_to is before valid_from"
  ],
  [P, ",tariff", "Acme,9100000011,gas,1", "row 1: the header has what it should not: tariff"],
  [R, "", "1.00012E+11,Mill", "row 2, property_id: 1.00012E+11: a number that a spreadsheet has rounded"],
  [R, ",kind", "1,Mill,ofice", "row 2, kind: ofice: did you mean office?"],
  [R, ",floor_area_m2", "1,Mill,0", "row 2, floor_area_m2: 0: more than zero"],
  [R, ",site_id", "1,Mill,nowhere", "row 2, site_id: nowhere: sites.csv has no such site"],
  [R, "", "1,Mill\n1,Other", "row 3, property_id: 1: a property stands twice on one day"],
  [F, "", "insurer,AA11AAA,steam", "row 2, fuel: steam: one of diesel"],
  [F, ",annual_l", "insurer,AA11AAA,electric,5", "row 2, annual_l: 5: an electric vehicle uses no litres"],
  [
    F,
    ",vehicle_id",
    "insurer,AA11 AAA,diesel,aa11aaa",
    "row 2, vehicle_id: it is the registration, which is not published"
  ],
  [F, "", "insurer,- -,diesel", "row 2, registration: - -: no number plate"]
];

test("odd input is refused with its file, row, column and value, and a registration is not among them", async () => {
  const c = await estateOf([{id: mpan.hall, energy: "electricity", kwh: {}}], settings);
  const path = (file: string) => join(c.folder, "council", file);
  for (const [file, more, row, says] of wrong) {
    await writeFile(path(file), `${lists[file]}${more}\n${row}\n`);
    const message = await readRegisters(c.folder).then(
      () => "nothing",
      error => String((error as Error).message)
    );
    expect(message, row).toContain(`${file}, ${says}`);
    expect(message, row).not.toMatch(/AA11 ?AAA/i);
    await rm(path(file));
  }
});

test("what a spreadsheet makes of a list is read all the same: a mark, line ends, capitals, spaces, columns in another order", async () => {
  const c = await estateOf(plainMeters, settings);
  await writeFile(
    join(c.folder, "council", P),
    `\ufeffenergy,annual_kwh,meter_point_id,supplier\r\nELECTRICITY,"1,234,567.5",${mpan.baths.replace(/(...)(...)/, "$1\u00a0$2 ")},Acme \r\n\r\n`
  );
  expect(await found(c)).toEqual([`supplied but not registered | ${mpan.baths} | 1234567.5 | 218.51845`]);
});
