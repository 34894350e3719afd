import {describe, expect, test} from "vitest";
import {solaredge} from "../../src/sources/solaredge/solaredge.ts";
import {stubClient} from "../support/stub-client.ts";
import {startStub} from "../support/stub-server.ts";

const empty = {energyDetails: {timeUnit: "QUARTER_OF_AN_HOUR", unit: "Wh", meters: []}};

describe("the service is asked", () => {
  const env = (url: string) => ({
    CANOPY_SOLAREDGE_API_KEY: "not-a-real-key",
    CANOPY_SOLAREDGE_SITES: "4711:solar-library, 4712:solar-depot",
    CANOPY_SOLAREDGE_URL: url
  });
  const day = (text: string) => new Date(`${text}T00:00:00Z`);
  const gathered = async (url: string, client: ReturnType<typeof stubClient>, from: string, to: string) => {
    const found = [];
    const settings = solaredge.settings.parse({...env(url), CANOPY_SOLAREDGE_SITES: "4711:solar-library"});
    for await (const fetched of solaredge.fetch(client, settings, {from: day(from), to: day(to), now: day(to)}))
      found.push(fetched);
    return found;
  };
  const span = (call: {query: URLSearchParams}) => [call.query.get("startTime"), call.query.get("endTime")];

  test("for 25 days at a time, of the meter that the setting names", async () => {
    await using server = await startStub();
    server.on("/site/4711/energyDetails", {body: empty});
    const found = await gathered(server.url, stubClient(), "2026-03-01", "2026-04-01");
    expect(found.map(({fileName, meterPointId}) => [fileName, meterPointId])).toEqual([
      ["solaredge-4711-20260301-20260325.json", "solar-library"],
      ["solaredge-4711-20260326-20260331.json", "solar-library"]
    ]);
    expect(server.calls.map(span)).toEqual([
      ["2026-03-01 00:00:00", "2026-03-26 00:00:00"],
      ["2026-03-26 00:00:00", "2026-04-01 00:00:00"]
    ]);
    expect(server.calls[0]?.query.get("meters")).toBe("PRODUCTION,FEEDIN");
  });

  test("for half as many days, and no more than that afterwards, where it refuses the range", async () => {
    await using server = await startStub();
    server.on("/site/4711/energyDetails", call => {
      const [start = "", end = ""] = span(call).map(text => text ?? "");
      const days = (Date.parse(`${end.replace(" ", "T")}Z`) - Date.parse(`${start.replace(" ", "T")}Z`)) / 86_400_000;
      return days > 14 ? {status: 403, body: {String: "Wrong time range"}} : {body: empty};
    });
    const found = await gathered(server.url, stubClient(), "2026-03-01", "2026-04-01");
    expect(found.map(({fileName}) => fileName.slice(15, 32))).toEqual([
      "20260301-20260313",
      "20260314-20260326",
      "20260327-20260331"
    ]);
    expect(server.calls).toHaveLength(4);
  });

  test("once, where the key is refused", async () => {
    await using server = await startStub();
    server.on("/site/4711/energyDetails", {status: 403, body: {String: "Invalid token"}});
    await expect(gathered(server.url, stubClient(), "2026-03-01", "2026-04-01")).rejects.toMatchObject({
      kind: "status",
      status: 403
    });
    expect(server.calls).toHaveLength(1);
  });

  test("not beyond 300 calls a day, and not on and on after 429", async () => {
    await using server = await startStub();
    server.on("/site/4711/energyDetails", {body: empty});
    const client = stubClient({allowance: solaredge.budget});
    await expect(gathered(server.url, client, "2000-01-01", "2022-01-01")).rejects.toMatchObject({kind: "budget"});
    expect(server.calls).toHaveLength(300);
    server.on("/site/4711/energyDetails", {status: 429});
    const other = stubClient();
    await expect(gathered(server.url, other, "2026-03-01", "2026-04-01")).rejects.toMatchObject({status: 429});
    await expect(gathered(server.url, other, "2026-03-01", "2026-04-01")).rejects.toMatchObject({kind: "budget"});
  });

  test("and an answer of another kind is a failure", async () => {
    await using server = await startStub();
    server.on("/site/4711/energyDetails", {body: {message: "hello"}});
    await expect(gathered(server.url, stubClient(), "2026-03-01", "2026-03-02")).rejects.toMatchObject({
      kind: "wrong type"
    });
  });

  test("only with its settings, each site with its meter", () => {
    expect(solaredge.settings.safeParse({}).success).toBe(false);
    expect(solaredge.settings.safeParse({...env("https://example.org"), CANOPY_SOLAREDGE_SITES: "4711"}).success).toBe(
      false
    );
    expect(solaredge.settings.parse(env("https://example.org/"))).toEqual({
      key: "not-a-real-key",
      url: "https://example.org",
      sites: [
        {id: "4711", meter: "solar-library"},
        {id: "4712", meter: "solar-depot"}
      ]
    });
    expect(Object.keys(solaredge.variables).sort()).toEqual(Object.keys(env("")).sort());
  });
});
