import {busy, busyDay, clock, labelsOf} from "../support/forms.ts";
import {type NewForm, newForms, text, workbook} from "../support/kind-files.ts";
import {mpanOf} from "../trial/meters.ts";

/**
 * Files of kinds that once were read wrongly, as other senders would write them. All values are invented. A day is 4 times `busyDay`: 28 half-hours of 6
 * and 20 of 16, and 0.25 more in every other: 168 + 320 + 6 = 494 kWh. Without its third and fourth half-hour (6.25 + 6), as on the day the clocks go
 * forward, it is 481.75 in 46; with both of them twice, as in October, 506.25 in 50.
 */
const kwhOf = (n: number) => busy(n) * 4;
const day = busyDay(4);
const starts = labelsOf(30);
const startOf = (n: number) => clock(30 * (n - 1));
const numbers = Array.from({length: 48}, (_, index) => index + 1);
/** Half-hours of the wall clock on the day the clocks go forward, by number; and on the day they go back. */
const spring = numbers.filter(n => n !== 3 && n !== 4);
const autumn = [1, 2, 3, 4, 3, 4, ...numbers.slice(4)];
const id = mpanOf;

function powers(): NewForm[] {
  return [
    {
      what: "kW in a column of units, ends over the columns: half of 494",
      files: [
        [
          "a.csv",
          text(`Supply;UoM;Day;${[...starts.slice(1), "24:00"].join(";")}`, `${id(1)};KW;14-Jan-26;${day.join(";")}`)
        ]
      ],
      lands: [`${id(1)} 2026-01-14 247 kWh in 48`]
    },
    {
      what: "kW in the heading, on the day the clocks go forward: half of 481.75",
      files: [
        [
          "b.csv",
          text(
            "Meter point,Interval start,Demand (kW)",
            spring.map(n => `${id(2)},2026-03-29 ${startOf(n)},${kwhOf(n)}`)
          )
        ]
      ],
      lands: [`${id(2)} 2026-03-29 240.875 kWh in 46`]
    },
    {
      what: "kW every quarter of an hour, two alike in each half-hour: a quarter of twice 494",
      files: [
        [
          "c.csv",
          text(
            "Timestamp,MPAN,Average power kW",
            labelsOf(15).map((label, index) => `14/01/2026 ${label},${id(3)},${kwhOf(Math.trunc(index / 2) + 1)}`)
          )
        ]
      ],
      lands: [`${id(3)} 2026-01-14 247 kWh in 48`]
    },
    {
      what: "rows of kW, kWh and kVA by a column: the first halved, the second not, the third passed over",
      files: [
        [
          "d.csv",
          text(
            `MPAN,Measure Units,Reading Date,${starts.map(label => `t${label}`)}`,
            `${id(4)},kW,2026-01-14,${day}`,
            `${id(5)},kWh,2026-01-14,${day}`,
            `${id(5)},kVA,2026-01-14,${day}`
          )
        ]
      ],
      lands: [`${id(4)} 2026-01-14 247 kWh in 48`, `${id(5)} 2026-01-14 494 kWh in 48`]
    },
    {
      what: "watts: 1000 times 494, half of it Wh",
      files: [
        [
          "f.csv",
          text(
            "Meter number,Date and time,Power (W)",
            numbers.map(n => `${id(6)},14 Jan 2026 ${startOf(n)},${1000 * kwhOf(n)}`)
          )
        ]
      ],
      lands: [`${id(6)} 2026-01-14 247000 Wh in 48`]
    },
    {
      what: "kW in a line above the table",
      files: [
        [
          "g.csv",
          text(
            "Report,Half hourly demand",
            "Units,kW",
            "",
            `MPAN Core,Settlement Day,${numbers.map(n => `P${n}`)}`,
            `${id(7)},20260114,${day}`
          )
        ]
      ],
      lands: [`${id(7)} 2026-01-14 247 kWh in 48`]
    }
  ];
}

/** What a register stands at as these half-hours begin, and at the end of the last. */
function shown(of: readonly number[], from: number): number[] {
  const values = [from];
  for (const n of of) values.push((values.at(-1) ?? 0) + kwhOf(n));
  return values;
}
const twoDays = [...numbers, ...numbers];
const at = (index: number) => `2026-01-${13 + Math.trunc(index / 48)}T${clock((30 * index) % 1440)}:00`;
const both = (meter: string) => [`${meter} 2026-01-13 494 kWh in 48`, `${meter} 2026-01-14 494 kWh in 48`];

function registers(): NewForm[] {
  return [
    {
      what: "two meters by turns, the newest first: 494 a day each",
      files: [
        [
          "a.csv",
          text(
            "Read at,Meter point,Index kWh",
            shown(twoDays, 71_250)
              .flatMap((value, index) => [`${at(index)},${id(11)},${value}`, `${at(index)},${id(12)},${value + 4000}`])
              .toReversed()
          )
        ]
      ],
      lands: [...both(id(11)), ...both(id(12))]
    },
    {
      what: "in MWh to five decimals: 0.494 a day",
      files: [
        [
          "c.csv",
          text(
            "MPAN;Timestamp;Cumulative MWh",
            shown(twoDays, 12_000).map(
              (value, index) => `${id(13)};${at(index).replace("T", " ")};${(value / 1000).toFixed(5)}`
            )
          )
        ]
      ],
      lands: [`${id(13)} 2026-01-13 0.494 MWh in 48`, `${id(13)} 2026-01-14 0.494 MWh in 48`]
    },
    {
      what: "in UTC over the day on which the clocks go back: 506.25 in 50, of a unit that nobody says",
      files: [
        [
          "d.csv",
          text(
            "MPAN,Time,Meter reading",
            shown(autumn, 5000).map(
              (value, index) =>
                `${id(14)},${new Date(Date.UTC(2026, 9, 24, 23, 30 * index)).toISOString().slice(0, 16)}Z,${value}`
            )
          )
        ]
      ],
      lands: [`${id(14)} 2026-10-25 506.25 metered in 50`]
    },
    {
      what: "date and time apart, of five digits that go round in the first day: that half-hour is not known",
      files: [
        [
          "e.csv",
          text(
            "Supply number,Date,Time,Total register kWh",
            shown(twoDays, 99_600).map(
              (value, index) =>
                `${id(15)},${at(index).slice(0, 10)},${at(index).slice(11, 16)},${(value % 100_000).toFixed(2)}`
            )
          )
        ]
      ],
      lands: [`${id(15)} 2026-01-13 477.75 kWh in 47`, `${id(15)} 2026-01-14 494 kWh in 48`]
    }
  ];
}

function counters(): NewForm[] {
  const rows = (meter: string, from: number, change: (value: number, index: number) => number = value => value) =>
    shown(twoDays, from).map(
      (value, index) =>
        `${meter},${13 + Math.trunc(index / 48)}/01/2026 ${clock((30 * index) % 1440)},${change(value, index)}`
    );
  return [
    {
      what: "over midnight: 6.25 + 6 before it and as much after it are known in sum",
      files: [
        [
          "a.csv",
          text(
            "MPAN,Read at,Register kWh",
            rows(id(21), 80_000, (value, index) => (index >= 47 && index <= 49 ? 0 : value))
          )
        ]
      ],
      lands: [
        `${id(21)} 2026-01-13 481.75 kWh in 46`,
        `${id(21)} 2026-01-14 481.75 kWh in 46`,
        `${id(21)} 2026-01-13 23:00 to 2026-01-14 01:00 24.5 kWh`
      ]
    },
    {
      what: "once, newest first, beside a meter that does not: 16 + 16.25 are known in sum",
      files: [
        [
          "b.csv",
          text(
            "Meter,Taken on,Counter (kWh)",
            rows(id(22), 30_000, (value, index) => (index === 20 ? 0 : value)).toReversed(),
            rows(id(23), 9000).toReversed()
          )
        ]
      ],
      lands: [
        `${id(22)} 2026-01-13 461.75 kWh in 46`,
        `${id(22)} 2026-01-14 494 kWh in 48`,
        `${id(22)} 2026-01-13 09:30 to 2026-01-13 10:30 32.25 kWh`,
        ...both(id(23))
      ]
    },
    {
      what: "to a small count that goes on for two hours, and comes back: 16 + 16.25 + 16 + 16.25 + 16 in sum",
      files: [
        [
          "d.csv",
          text(
            "MPxN,Logged,Total kWh register",
            rows(id(24), 30_000, (value, index) => (index >= 20 && index < 24 ? (index - 20) * 2 : value))
          )
        ]
      ],
      lands: [
        `${id(24)} 2026-01-13 413.5 kWh in 43`,
        `${id(24)} 2026-01-14 494 kWh in 48`,
        `${id(24)} 2026-01-13 09:30 to 2026-01-13 12:00 80.5 kWh`
      ]
    },
    {
      what: "and shows zero to the end of the file: what is used then is not known, and is no zero",
      files: [
        [
          "e.csv",
          text(
            "MPR,Logged at,kWh register",
            rows(id(25), 30_000, (value, index) => (index >= 90 ? 0 : value))
          )
        ]
      ],
      // 41 half-hours of the second day: 494 less its last seven, 4 × 6 + 3 × 6.25... see below.
      lands: [`${id(25)} 2026-01-13 494 kWh in 48`, `${id(25)} 2026-01-14 451.25 kWh in 41`]
    }
  ];
}

function stackedTables(): NewForm[] {
  const pairs = (n: number) => `${startOf(n)},${kwhOf(n)}`;
  return [
    {
      what: "a row for each reading, each table under its MPAN, cells of nothing after it",
      files: [
        [
          "a.csv",
          text(
            [1, 2, 3].flatMap(k => [
              `MPAN,${id(30 + k)},`,
              "Date,Start time,kWh",
              ...numbers.map(n => `14/01/2026,${pairs(n)}`),
              ",,"
            ])
          )
        ]
      ],
      lands: [1, 2, 3].map(k => `${id(30 + k)} 2026-01-14 494 kWh in 48`)
    },
    {
      what: "by the names of sites, with a total under each, one longer than the others",
      files: [
        [
          "b.csv",
          text(
            ["Baths", "Museum"].flatMap((site, k) => [
              `Site: ${site}`,
              `Day;${starts.map(label => `${label} kWh`).join(";")};Sum`,
              ...["13/01/2026", "14/01/2026", "15/01/2026"].slice(k).map(date => `${date};${day.join(";")};494`),
              ""
            ])
          )
        ]
      ],
      lands: [
        ...["13", "14", "15"].map(date => `name:Baths 2026-01-${date} 494 kWh in 48`),
        ...["14", "15"].map(date => `name:Museum 2026-01-${date} 494 kWh in 48`)
      ]
    },
    {
      what: "in one sheet of a workbook, the MPAN in words above each",
      files: [
        [
          "c.xlsx",
          workbook({
            Report: [34, 35].flatMap(k => [
              ["Half-hourly readings"],
              ["Supply (MPAN)", id(k)],
              ["Reading date", ...starts],
              ...["13", "14"].map(date => [`2026-01-${date}`, ...day]),
              []
            ])
          })
        ]
      ],
      lands: [34, 35].flatMap(k => ["13", "14"].map(date => `${id(k)} 2026-01-${date} 494 metered in 48`))
    }
  ];
}

function quantitiesInSheets(): NewForm[] {
  const table = (
    rows: readonly (readonly (string | number)[])[],
    ...above: readonly (readonly (string | number)[])[]
  ) => [...above, ["MPAN", "Date", ...starts], ...rows];
  const reactive = day.map(kwh => kwh / 8);
  const coded = (values: readonly number[], code: string, unit: string) => [
    ["Quantity", code],
    ["Unit", unit],
    ["Meter point", "Day", ...starts],
    [id(42), "14/01/2026", ...values]
  ];
  return [
    {
      what: "the quantity is the name of the sheet: reactive is passed over, and a sheet of notes is no table",
      files: [
        [
          "a.xlsx",
          workbook({
            "kWh import": table([[id(41), "14/01/2026", ...day]]),
            "kVArh import": table([[id(41), "14/01/2026", ...reactive]]),
            Notes: [["A is actual"], ["E is estimated"]]
          })
        ]
      ],
      lands: [`${id(41)} 2026-01-14 494 kWh in 48`]
    },
    {
      what: "a line above each table: import, export and reactive",
      files: [
        [
          "b.xlsx",
          workbook({
            Sheet1: coded(day, "AI", "kWh"),
            Sheet2: coded(reactive, "AE", "kWh"),
            Sheet3: coded(reactive, "RI", "kVArh")
          })
        ]
      ],
      lands: [`${id(42)} 2026-01-14 61.75 kWh in 48 export`, `${id(42)} 2026-01-14 494 kWh in 48`]
    },
    {
      what: "Active and Reactive in words above the table",
      files: [
        [
          "c.xlsx",
          workbook({
            Page1: [
              ["Active energy, kWh"],
              ["Supply", "Day", ...starts.map(label => `HH ${label}`)],
              [id(43), "2026-01-14", ...day]
            ],
            Page2: [
              ["Reactive energy, kVArh"],
              ["Supply", "Day", ...starts.map(label => `HH ${label}`)],
              [id(43), "2026-01-14", ...reactive]
            ]
          })
        ]
      ],
      lands: [`${id(43)} 2026-01-14 494 kWh in 48`]
    }
  ];
}

function costs(): NewForm[] {
  const some = [1, 2, 3, 4, 5];
  const cost = (n: number) => (kwhOf(n) * 0.2431).toFixed(4);
  return [
    {
      what: "pounds before kWh, a charge for the day in the first row alone; drafted from five rows",
      files: [
        [
          "a1.csv",
          text(
            "MPAN,Interval start,Est. charge (£),Standing (£),Used (kWh)",
            some.map(n => `${id(51)},2026-01-13T${startOf(n)}:00Z,${cost(n)},${n === 1 ? 0.61 : ""},${kwhOf(n)}`)
          )
        ],
        [
          "a2.csv",
          text(
            "MPAN,Interval start,Est. charge (£),Standing (£),Used (kWh)",
            numbers.map(n => `${id(51)},2026-01-14T${startOf(n)}:00Z,${cost(n)},${n === 1 ? 0.61 : ""},${kwhOf(n)}`)
          )
        ]
      ],
      // 6.25 + 6 + 6.25 + 6 + 6.25.
      lands: [`${id(51)} 2026-01-13 30.75 kWh in 5`, `${id(51)} 2026-01-14 494 kWh in 48`]
    },
    {
      what: "a tariff of two rates and carbon, with offsets over the day on which the clocks go forward",
      files: [
        [
          "b.csv",
          text(
            "start,end,consumption_kwh,unit_rate_p,estimated_carbon_g,quality",
            spring.map(n => {
              const zone = n > 4 ? "+01:00" : "+00:00";
              return `2026-03-29T${startOf(n)}:00${zone},2026-03-29T${startOf(n + 1)}:00${zone},${kwhOf(n)},${n < 15 ? 14.2 : 28.1},${n * 10},Actual`;
            })
          )
        ]
      ],
      more: ["--meter-point", "hall"],
      lands: ["hall 2026-03-29 481.75 kWh in 46"]
    },
    {
      what: "a column of estimated cost after the half-hours of each day",
      files: [
        [
          "c1.csv",
          text(`MPAN,Date,${starts.map(label => `kWh ${label}`)},Estimated cost`, `${id(53)},13/01/2026,${day},120.09`)
        ],
        [
          "c2.csv",
          text(`MPAN,Date,${starts.map(label => `kWh ${label}`)},Estimated cost`, `${id(53)},14/01/2026,${day},121.77`)
        ]
      ],
      lands: both(id(53))
    },
    {
      what: "flags of estimates beside estimated costs: the flags count",
      files: [
        [
          "d.csv",
          text(
            "Supply,From,To,Estimated cost (p),kWh,Estimated?",
            numbers.map(
              n =>
                `${id(54)},14/01/2026 ${startOf(n)},14/01/2026 ${startOf(n + 1)},12,${kwhOf(n)},${n > 46 ? "E" : "A"}`
            )
          )
        ]
      ],
      lands: [`${id(54)} 2026-01-14 494 kWh in 48, 2 estimated`]
    }
  ];
}

function sheetsOfBuildings(): NewForm[] {
  const table = (times: number) => [
    ["Half-hourly report"],
    [],
    ["Date", ...starts, "Total"],
    ...["13", "14"].map(date => [`${date}/01/2026`, ...day.map(kwh => kwh * times), 494 * times])
  ];
  const rows = (times: number) => [
    ["Reading time", "kWh"],
    ...numbers.map(n => [`2026-01-14 ${startOf(n)}`, kwhOf(n) * times])
  ];
  return [
    {
      what: "named with an MPAN each",
      files: [["a.xlsx", workbook({[`${id(61)}`]: rows(1), [`Baths ${id(62)}`]: rows(2)})]],
      lands: [`${id(61)} 2026-01-14 494 kWh in 48`, `${id(62)} 2026-01-14 988 kWh in 48`]
    },
    {
      what: "named with an ampersand and brackets, beside a summary that is no table of theirs",
      files: [
        [
          "b.xlsx",
          workbook({
            "Baths & Gym (main)": table(1),
            "Annexe 2": table(0.5),
            Summary: [
              ["Site", "Total"],
              ["Baths", 988],
              ["Annexe", 494]
            ]
          })
        ]
      ],
      lands: ["13", "14"]
        .map(date => `name:Annexe 2 2026-01-${date} 247 metered in 48`)
        .concat(["13", "14"].map(date => `name:Baths & Gym (main) 2026-01-${date} 494 metered in 48`))
    },
    {
      what: "named for months: they are no meters, and --meter-point is that of all of them",
      files: [
        [
          "c.xlsx",
          workbook({
            "Jan 26": [
              ["Day", ...starts.map(label => `${label} kWh`)],
              ["13/01/2026", ...day],
              ["14/01/2026", ...day]
            ],
            "Feb 26": [
              ["Day", ...starts.map(label => `${label} kWh`)],
              ["13/02/2026", ...day]
            ]
          })
        ]
      ],
      more: ["--meter-point", "annexe"],
      lands: ["annexe 2026-01-13 494 kWh in 48", "annexe 2026-01-14 494 kWh in 48", "annexe 2026-02-13 494 kWh in 48"]
    }
  ];
}

function namedFiles(): NewForm[] {
  const table = (unit: string, times: number) =>
    text(`Customer,Type,Date,${starts}`, `Ourtown,${unit},14/01/2026,${day.map(kwh => kwh * times)}`);
  const plain = (times: number) =>
    text(
      `Client;Reading day;${starts.map(label => `${label}h`).join(";")}`,
      `Ourtown;2026-01-14;${day.map(kwh => kwh * times).join(";")}`
    );
  return [
    {
      what: "building and utility, the date before them",
      files: [
        ["20260114_Baths_Gas.csv", table("kWh", 2)],
        ["20260114_Baths_Electricity.csv", table("kWh", 1)],
        ["20260114_Baths_Water.csv", table("m3", 0.5)]
      ],
      lands: [
        "name:Baths_Electricity 2026-01-14 494 kWh in 48",
        "name:Baths_Gas 2026-01-14 988 kWh in 48",
        "name:Baths_Water 2026-01-14 247 m3 in 48"
      ]
    },
    {
      what: "an MPAN in each name",
      files: [
        [`${id(71)}_14-01-2026.csv`, plain(1)],
        [`${id(72)}_14-01-2026.csv`, plain(2)]
      ],
      lands: [`${id(71)} 2026-01-14 494 metered in 48`, `${id(72)} 2026-01-14 988 metered in 48`]
    },
    {
      what: "buildings whose names hold a utility's word",
      files: ["Heathfield_Electricity", "Heathfield_Gas", "Boiler House_Gas"].map((name, index) => [
        `${name}_14-01-2026.csv`,
        text(`Owner;Read date;${starts.join(";")}`, `Ourtown;14.01.2026;${day.map(kwh => kwh * (index + 1)).join(";")}`)
      ]),
      lands: ["Heathfield_Electricity", "Heathfield_Gas", "Boiler House_Gas"].map(
        (name, index) => `name:${name} 2026-01-14 ${494 * (index + 1)} metered in 48`
      )
    },
    {
      what: "building and utility, the month in words",
      files: [
        [
          "Town Hall - Elec - January 2026.csv",
          text(`Authority|Date|${starts.map((_, n) => `HH${n + 1}`).join("|")}`, `Ourtown|14/01/2026|${day.join("|")}`)
        ],
        [
          "Town Hall - Gas - January 2026.csv",
          text(
            `Authority|Date|${starts.map((_, n) => `HH${n + 1}`).join("|")}`,
            `Ourtown|14/01/2026|${day.map(kwh => kwh * 2).join("|")}`
          )
        ]
      ],
      lands: ["name:Town Hall - Elec 2026-01-14 494 metered in 48", "name:Town Hall - Gas 2026-01-14 988 metered in 48"]
    }
  ];
}

function stamps(): NewForm[] {
  const utc = (index: number, date: string) => new Date(Date.parse(date) + index * 1_800_000).toISOString();
  const json = (rows: readonly object[]) => JSON.stringify(rows);
  return [
    {
      what: "CSV, UTC with milliseconds, the day of 50",
      files: [
        [
          "a.csv",
          text(
            "_id,mpan,reading_start,kwh",
            autumn.map((n, index) => `${index + 1},${id(81)},${utc(index, "2026-10-24T23:00Z")},${kwhOf(n)}`)
          )
        ]
      ],
      lands: [`${id(81)} 2026-10-25 506.25 kWh in 50`]
    },
    {
      what: "CSV, local time without an offset and with microseconds, the day of 46",
      files: [
        [
          "b.csv",
          text(
            '"mpan","timestamp_start","consumption_kwh"',
            spring.map(n => `"${id(82)}","2026-03-29T${startOf(n)}:00.000000","${kwhOf(n)}"`)
          )
        ]
      ],
      lands: [`${id(82)} 2026-03-29 481.75 kWh in 46`]
    },
    {
      what: "JSON, offsets with a colon, numbers as numbers, the day of 50",
      files: [
        [
          "c.json",
          json(
            autumn.map((n, index) => ({
              meter_point: id(83),
              interval_start: `2026-10-25T${startOf(n)}:00${index < 4 ? "+01:00" : "+00:00"}`,
              kwh: kwhOf(n),
              point: null
            }))
          )
        ]
      ],
      lands: [`${id(83)} 2026-10-25 506.25 kWh in 50`]
    },
    {
      what: "JSON with a place in each row, that holds numbers of its own",
      files: [
        [
          "d.json",
          json(
            numbers.map(n => ({
              mpan: id(84),
              start_time: `2026-01-14T${startOf(n)}:00+00:00`,
              usage_kwh: kwhOf(n),
              geo_point_2d: {lon: -2.2, lat: 53.4}
            }))
          )
        ]
      ],
      lands: [`${id(84)} 2026-01-14 494 kWh in 48`]
    },
    {
      what: "JSON in which the rows are records of an answer",
      files: [
        [
          "e.json",
          JSON.stringify({
            help: "x",
            success: true,
            result: {
              resource_id: "r",
              fields: [{id: "mpan", type: "text"}],
              records: numbers.map(n => ({
                _id: n,
                mpan: id(85),
                start_of_hh: `2026-01-14T${startOf(n)}:00`,
                kwh: String(kwhOf(n))
              }))
            }
          })
        ]
      ],
      lands: [`${id(85)} 2026-01-14 494 kWh in 48`]
    },
    {
      what: "GeoJSON",
      files: [
        [
          "f.geojson",
          JSON.stringify({
            type: "FeatureCollection",
            features: numbers.map(n => ({
              type: "Feature",
              geometry: null,
              properties: {mpan: id(86), begins_start: `2026-01-14T${startOf(n)}:00.000Z`, kwh: kwhOf(n)}
            }))
          })
        ]
      ],
      lands: [`${id(86)} 2026-01-14 494 kWh in 48`]
    },
    {
      what: "milliseconds since 1970, the day of 46",
      files: [
        [
          "g.csv",
          text(
            "OBJECTID,MPAN,ReadingStart,kWh",
            spring.map((n, index) => `${index},${id(87)},${Date.parse(utc(index, "2026-03-29T00:00Z"))},${kwhOf(n)}`)
          )
        ]
      ],
      lands: [`${id(87)} 2026-03-29 481.75 kWh in 46`]
    },
    {
      what: "slashes, and an offset of hours alone",
      files: [
        [
          "h.csv",
          text(
            "MPAN,From_time,Used_kWh",
            autumn.map(
              (n, index) =>
                `${id(88)},${utc(index, "2026-10-24T23:00Z").slice(0, 19).replaceAll("-", "/").replace("T", " ")}+00,${kwhOf(n)}`
            )
          )
        ]
      ],
      lands: [`${id(88)} 2026-10-25 506.25 kWh in 50`]
    },
    {
      what: "a date at midnight in UTC beside columns of half-hours",
      files: [
        [
          "i.csv",
          text(
            `mpan_id,day_date,${numbers.map(n => `hh_${n}`)}`,
            ["13", "14"].map(date => `${id(89)},2026-01-${date}T00:00:00Z,${day}`)
          )
        ]
      ],
      lands: [`${id(89)} 2026-01-13 494 metered in 48`, `${id(89)} 2026-01-14 494 metered in 48`]
    }
  ];
}

function months(): NewForm[] {
  return [
    {
      what: "months in words, thousands with commas, a quarter's sums between them",
      files: [
        [
          "a.csv",
          text(
            "Site;MPAN;April 2025;May 2025;June 2025;Q1 total",
            `Hall;${id(91)};1,200;1,150.5;980;3,330.5`,
            `Depot;${id(92)};12,000;;11,000;23,000`
          )
        ]
      ],
      lands: [
        `${id(91)} 2025-04-01 00:00 to 2025-05-01 00:00 1200 metered`,
        `${id(91)} 2025-05-01 00:00 to 2025-06-01 00:00 1150.5 metered`,
        `${id(91)} 2025-06-01 00:00 to 2025-07-01 00:00 980 metered`,
        `${id(92)} 2025-04-01 00:00 to 2025-05-01 00:00 12000 metered`,
        `${id(92)} 2025-06-01 00:00 to 2025-07-01 00:00 11000 metered`
      ]
    },
    {
      what: "ISO months, gas in m3 by a column",
      files: [
        [
          "b.csv",
          text(
            "Building,MPRN,Unit,2025-04,2025-05,2025-06",
            "Hall,9100000456,m3,310,220,90",
            "Baths,9100000789,m3,3100,2200,900"
          )
        ]
      ],
      lands: [
        ...["310", "220", "90"].map(
          (m3, index) => `9100000456 2025-0${4 + index}-01 00:00 to 2025-0${5 + index}-01 00:00 ${m3} m3`
        ),
        ...["3100", "2200", "900"].map(
          (m3, index) => `9100000789 2025-0${4 + index}-01 00:00 to 2025-0${5 + index}-01 00:00 ${m3} m3`
        )
      ]
    },
    {
      what: "a row for each quarter, from and to",
      files: [
        [
          "c.csv",
          text(
            "MPAN,Period from,Period to,Usage kWh,Read type",
            `${id(93)},01/04/2025,30/06/2025,3300,Actual`,
            `${id(93)},01/07/2025,30/09/2025,2900,Estimated`
          )
        ]
      ],
      lands: [
        `${id(93)} 2025-04-01 00:00 to 2025-07-01 00:00 3300 kWh`,
        `${id(93)} 2025-07-01 00:00 to 2025-10-01 00:00 2900 kWh estimated`
      ]
    },
    {
      what: "a row for each month, the first day of it as an ISO stamp",
      files: [
        [
          "d.csv",
          text(
            "site_name,mpan,month,kwh",
            `Hall,${id(94)},2025-09-01T00:00:00.000,700`,
            `Hall,${id(94)},2025-10-01T00:00:00.000,810`,
            `Hall,${id(94)},2025-11-01T00:00:00.000,900`
          )
        ]
      ],
      lands: [
        `${id(94)} 2025-09-01 00:00 to 2025-10-01 00:00 700 kWh`,
        `${id(94)} 2025-10-01 00:00 to 2025-11-01 00:00 810 kWh`,
        `${id(94)} 2025-11-01 00:00 to 2025-12-01 00:00 900 kWh`
      ]
    },
    {
      what: "years of April to March",
      files: [["e.csv", text("Site,MPAN,2022/23,2023/24,2024/25", `Hall,${id(95)},12000,11000,10000`)]],
      lands: [
        `${id(95)} 2022-04-01 00:00 to 2023-04-01 00:00 12000 metered`,
        `${id(95)} 2023-04-01 00:00 to 2024-04-01 00:00 11000 metered`,
        `${id(95)} 2024-04-01 00:00 to 2025-04-01 00:00 10000 metered`
      ]
    }
  ];
}

newForms(
  {
    "power is no energy": powers(),
    "a register that only rises": registers(),
    "a counter that restarts": counters(),
    "tables under one another": stackedTables(),
    "three quantities in three sheets": quantitiesInSheets(),
    "a cost beside what is used": costs(),
    "a sheet for each building": sheetsOfBuildings(),
    "files of which only the name says what they are of": namedFiles(),
    "stamps of open data stores": stamps(),
    "months of each site": months()
  },
  [{id: "hall"}, {id: "annexe"}]
);
