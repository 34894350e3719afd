import {afterEach, beforeEach, describe, expect, test} from "vitest";
import {epcApi} from "../../src/sources/epc/api.ts";
import {epcSearch} from "../../src/sources/epc/search.ts";
import type {Api, Ask, Fetched} from "../../src/sources/http/api.ts";
import {averageDailyTraffic} from "../../src/sources/national-statistics/average-daily-traffic.ts";
import {trafficApi} from "../../src/sources/national-statistics/traffic-api.ts";
import {nomisApi} from "../../src/sources/nomis/api.ts";
import {nomisPopulation} from "../../src/sources/nomis/population.ts";
import {stubClient} from "../support/stub-client.ts";
import {type StubCall, type StubServer, startStub} from "../support/stub-server.ts";
import {parsed} from "./borough-files.ts";

const day = (iso: string) => new Date(`${iso}T00:00:00Z`);
const ask = (from: string, to: string, now = "2026-06-24T09:00:00Z"): Ask => ({
  from: day(from),
  to: day(to),
  now: new Date(now)
});

let server: StubServer;
beforeEach(async () => {
  server = await startStub();
});
afterEach(() => server.close());

async function fetched<S>(
  api: Api<S>,
  variables: Record<string, string>,
  asked: Ask,
  client = stubClient()
): Promise<Fetched[]> {
  const answers: Fetched[] = [];
  for await (const answer of api.fetch(client, api.settings.parse(variables), asked)) answers.push(answer);
  return answers;
}

describe("the energy certificate registers", () => {
  const settings = () => ({
    EPC_API_TOKEN: "sekret",
    EPC_COUNCIL: "Stockport",
    EPC_COUNCIL_CODE: "E08000007",
    EPC_API_URL: `${server.url}/`
  });
  const none = {status: 404, body: {data: {error: "No data could be found for that query"}}};
  const home = (number: number, band = "D", registrationDate = "2026-05-02") => ({
    certificateNumber: `0000-0000-0000-0000-${number}`,
    addressLine1: `${number} Zed Road`,
    postcode: "ZZ1 1ZZ",
    uprn: 100_000_000_000 + number,
    currentEnergyEfficiencyBand: band,
    registrationDate
  });
  const page = (currentPage: number, totalPages: number, totalRecords: number, data: readonly unknown[]) => ({
    body: {data, pagination: {totalRecords, currentPage, totalPages, pageSize: 5000}}
  });
  const onlyHomes = (...answers: Parameters<StubServer["on"]>[1][]) => {
    server.on("/api/domestic/search", answers.flat() as never);
    server.on("/api/non-domestic/search", none);
    server.on("/api/display/search", none);
  };

  test("a month is asked for whole, page by page, and kept without addresses", async () => {
    onlyHomes([page(1, 2, 3, [home(1), home(2, "B")]), page(2, 2, 3, [home(3, "D", "2026-05-31")])]);
    const answers = await fetched(epcApi, settings(), ask("2026-05-09", "2026-06-01"));
    expect(answers.map(({fileName}) => fileName)).toEqual([
      "epc-domestic-E08000007-2026-05.json",
      "epc-non-domestic-E08000007-2026-05.json",
      "epc-display-E08000007-2026-05.json"
    ]);
    const [first] = server.calls;
    expect(Object.fromEntries(first?.query ?? [])).toEqual({
      "council[]": "Stockport",
      date_start: "2026-05-01",
      date_end: "2026-05-31",
      current_page: "1",
      page_size: "5000"
    });
    expect(server.calls.every(({headers}) => headers.authorization === "Bearer sekret")).toBe(true);
    expect(answers.map(({text}) => text).join("")).not.toMatch(/zed|zz1|100000000001|0000-0000|sekret/i);
    const counts = answers.map(({text, fileName}) => {
      expect(epcSearch.isOf({fileName, head: text})).toBe(true);
      return parsed(epcSearch, text, fileName)
        .rows.map(({value}) => value)
        .join(" ");
    });
    expect(counts).toEqual(["0 1 0 2 0 0 0", "0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0"]);
  });

  test("today is never asked for, and the month it is in is not whole", async () => {
    onlyHomes([none]);
    const answers = await fetched(epcApi, settings(), ask("2026-04-20", "2026-06-25"));
    const spans = server.calls
      .filter(({path}) => path.includes("/domestic"))
      .map(({query}) => [query.get("date_start"), query.get("date_end")]);
    expect(spans).toEqual([
      ["2026-04-01", "2026-04-30"],
      ["2026-05-01", "2026-05-31"],
      ["2026-06-01", "2026-06-23"]
    ]);
    expect(answers.map(({text}) => JSON.parse(text).energy_certificates.is_whole_month)).toEqual([
      ...Array(6).fill(true),
      ...Array(3).fill(false)
    ]);
    expect(await fetched(epcApi, settings(), ask("2026-07-01", "2026-07-02"))).toEqual([]);
  });

  test("across a new year", async () => {
    onlyHomes([none]);
    await fetched(epcApi, settings(), ask("2025-12-15", "2026-02-01"));
    const ends = server.calls.filter(({path}) => path.includes("/domestic")).map(({query}) => query.get("date_end"));
    expect(ends).toEqual(["2025-12-31", "2026-01-31"]);
  });

  test("what the service says of an error is told, and its token is not", async () => {
    const fails = (answer: object) => {
      onlyHomes([answer]);
      return expect(fetched(epcApi, settings(), ask("2026-05-01", "2026-06-01"))).rejects;
    };
    await fails({status: 400, body: {data: {error: "The end date must be before today"}}}).toMatchObject({
      name: "HttpError",
      status: 400,
      message: expect.stringContaining("The end date must be before today")
    });
    await fails({status: 403, body: {errors: [{code: "UNAUTHORISED", title: "no"}]}}).toMatchObject({
      status: 403,
      message: expect.not.stringContaining("sekret")
    });
    await fails({status: 404, body: {error: "no such path"}}).toMatchObject({status: 404});
    await fails({status: 404, body: "<html>gone</html>"}).toMatchObject({status: 404});
    await fails({status: 200, body: {data: {error: "something went wrong"}}}).toMatchObject({
      kind: "wrong type",
      message: "energy performance register: something went wrong"
    });
    await fails(page(1, 1, 5, [home(1)])).toMatchObject({
      message: expect.stringContaining("5 certificates were announced and 1 came")
    });
    await fails(page(2, 2, 1, [home(1)])).toMatchObject({
      message: expect.stringContaining("page 1 was asked for and 2 came")
    });
  });

  test("a page out of range later on is an error, and not the end", async () => {
    onlyHomes([page(1, 2, 3, [home(1), home(2)]), none]);
    await expect(fetched(epcApi, settings(), ask("2026-05-01", "2026-06-01"))).rejects.toMatchObject({status: 404});
  });

  test("429 is waited for", async () => {
    onlyHomes([{status: 429, body: "", headers: {"retry-after": "9"}}, page(1, 1, 1, [home(1)])]);
    const client = stubClient();
    const [answer] = await fetched(epcApi, settings(), ask("2026-05-01", "2026-06-01"), client);
    expect(JSON.parse(answer?.text ?? "").data).toHaveLength(1);
    expect(client.slept).toEqual([9000]);
  });

  test("without its settings it is not asked", () => {
    expect(epcApi.settings.safeParse({}).success).toBe(false);
    expect(epcApi.settings.safeParse({...settings(), EPC_COUNCIL_CODE: "Stockport"}).success).toBe(false);
    expect(Object.keys(epcApi.variables)).toEqual(["EPC_API_TOKEN", "EPC_COUNCIL", "EPC_COUNCIL_CODE", "EPC_API_URL"]);
  });
});

describe("Nomis", () => {
  const path = "/api/v01/dataset/NM_2002_1.data.csv";
  const settings = () => ({NOMIS_AREA_CODES: "E08000007, E92000001", NOMIS_URL: server.url});
  const header =
    "DATE,GEOGRAPHY_CODE,GENDER_NAME,C_AGE_NAME,MEASURES_NAME,OBS_VALUE,OBS_STATUS,RECORD_OFFSET,RECORD_COUNT";
  const csv = (from: number, to: number, count: number) =>
    [
      header,
      ...Array.from(
        {length: to - from},
        (_, index) =>
          `${1900 + ((from + index) % 200)},E0${String(8_000_000 + Math.floor((from + index) / 200))},Total,All Ages,Value,${from + index},A,${from + index},${count}`
      )
    ].join("\n");

  test("pages are asked for until there are as many records as there are said to be", async () => {
    server.on(path, ({query}: StubCall) => {
      const from = Number(query.get("recordoffset"));
      return {body: csv(from, Math.min(from + 25_000, 30_001), 30_001), headers: {"content-type": "text/csv"}};
    });
    const answers = await fetched(nomisApi, settings(), ask("2025-01-01", "2026-06-24"));
    expect(answers.map(({fileName}) => fileName)).toEqual([
      "nomis-population-2026-06-24-0.csv",
      "nomis-population-2026-06-24-25000.csv"
    ]);
    expect(server.calls.map(({query}) => [query.get("geography"), query.get("recordoffset")])).toEqual([
      ["E08000007,E92000001", "0"],
      ["E08000007,E92000001", "25000"]
    ]);
    const sizes = answers.map(({text, fileName}) => parsed(nomisPopulation, text, fileName).rows.length);
    expect(sizes).toEqual([25_000, 5001]);
  });

  test("a service that gives smaller pages is asked on", async () => {
    server.on(path, ({query}: StubCall) => ({
      body: csv(Number(query.get("recordoffset")), Number(query.get("recordoffset")) + 2, 4)
    }));
    expect(await fetched(nomisApi, settings(), ask("2025-01-01", "2026-06-24"))).toHaveLength(2);
  });

  test.each([
    ["a page in HTML", "<!DOCTYPE html><html><body>Too many cells</body></html>"],
    ["words", "You have exceeded the limit, ask for less"],
    ["a table of something else", "A,B\n1,2\n"]
  ])("%s with status 200 is a failure", async (_, body) => {
    server.on(path, {body});
    await expect(fetched(nomisApi, settings(), ask("2025-01-01", "2026-06-24"))).rejects.toMatchObject({
      kind: "wrong type"
    });
    expect(server.calls).toHaveLength(1);
  });

  test("an empty page before the end is a failure, and not the end", async () => {
    server.on(path, [{body: csv(0, 3, 9)}, {body: `${header}\n`}]);
    await expect(fetched(nomisApi, settings(), ask("2025-01-01", "2026-06-24"))).rejects.toMatchObject({
      message: "nomis: the page from record 4 of 9 is empty"
    });
  });
});

describe("road traffic", () => {
  const path = "/api/average-annual-daily-flow";
  const settings = () => ({ROAD_TRAFFIC_AUTHORITY_ID: "102", ROAD_TRAFFIC_URL: server.url});
  const flow = (point: number, year: number) => ({
    count_point_id: point,
    year,
    estimation_method: "Counted",
    all_motor_vehicles: 10 * point
  });
  const page = (current_page: number, last_page: number, total: number, data: readonly unknown[]) => ({
    body: {current_page, last_page, total, data, next_page_url: "https://elsewhere.example/next"}
  });

  test("every year and page is asked for, and never the address of the next page", async () => {
    server.on(path, ({query}: StubCall) => {
      const [year, number] = [Number(query.get("filter[year]")), Number(query.get("page[number]"))];
      return year === 2026 ? page(1, 1, 0, []) : page(number, 2, 2, [flow(number, year)]);
    });
    const answers = await fetched(trafficApi, settings(), ask("2025-03-01", "2026-06-24"));
    expect(answers.map(({fileName}) => fileName)).toEqual([
      "traffic-102-2025-p1.json",
      "traffic-102-2025-p2.json",
      "traffic-102-2026-p1.json"
    ]);
    expect(server.calls.map(({query}) => query.get("filter[local_authority_id]"))).toEqual(["102", "102", "102"]);
    const rows = answers.flatMap(({text}) => parsed(averageDailyTraffic, text).rows);
    expect(rows.map(({area, value}) => [area, value])).toEqual([
      ["count point 1", "10"],
      ["count point 2", "20"]
    ]);
  });

  test.each([
    ["another page than was asked for", page(2, 2, 2, [flow(1, 2025)]), "page 1 was asked for and 2 came"],
    ["fewer flows than it says", page(1, 1, 2, [flow(1, 2025)]), "2 flows were announced and 1 came"],
    ["something else", {body: {message: "no"}}, "no page of flows"]
  ])("%s is a failure", async (_, answer, words) => {
    server.on(path, answer);
    await expect(fetched(trafficApi, settings(), ask("2025-03-01", "2025-06-24"))).rejects.toMatchObject({
      kind: "wrong type",
      message: expect.stringContaining(words)
    });
  });
});
