import {expect, test} from "vitest";
import {readConfig} from "../../src/council/config.ts";
import {withWarehouse} from "../../src/pipeline/run.ts";
import {readJudging} from "../../src/trial/judge.ts";
import {judgeDeliveries} from "../../src/trial/trial.ts";
import {Canopy, fixedEffects} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {portalFile} from "../support/supplier-files.ts";
import {building, cellsOf, datesFrom} from "./meters.ts";

const [mpan] = mpans;
const read = building("contained");
const dates = datesFrom("2026-04-01", 30);

/** A month in which 9 April holds one half-hour of 900 kWh: a spike. */
async function monthWithASpike(): Promise<Canopy> {
  const canopy = new Canopy(await makeDataFolder());
  const rows = dates.map(date => ({
    mpan,
    date,
    cells: cellsOf(read, date).map((kwh, index) => String(date === "2026-04-09" && index === 20 ? 900 : kwh))
  }));
  await canopy.bring("april.csv", portalFile("02/05/26 07:00", rows));
  return canopy;
}

const judge = async (folder: string, change: (judging: Awaited<ReturnType<typeof readJudging>>) => unknown) => {
  const {asOf} = await readConfig(folder, new Date());
  return withWarehouse({dataFolder: folder}, fixedEffects(), async ({connection}) => {
    const unasked = await judgeDeliveries(connection, folder, asOf, change(await readJudging()) as never);
    const kinds = await connection.rows<{kind: string}>("select distinct kind from ops.doubts order by kind");
    const {judged} = await connection.row<{judged: number}>("select count(*)::integer as judged from ops.trials");
    return {unasked, kinds: kinds.map(({kind}) => kind), judged};
  });
};

test("a suspicion whose SQL fails is named, the others are raised, and all is judged again once it is mended", async () => {
  const {folder} = await monthWithASpike();
  const failing = [
    {screen: "true", sql: "select no_such_column from trial_rated"},
    {screen: "no_such_column > 1"},
    // Fails of what it reads, not of how it is written.
    {screen: "cast(meter_key || 'x' as integer) > 0"}
  ];
  for (const texts of failing) {
    const {unasked, kinds, judged} = await judge(folder, judging => ({
      ...judging,
      suspicions: judging.suspicions.map(each => (each.kind === "zeros" ? {...each, ...texts} : each))
    }));
    expect(unasked).toEqual([{kind: "zeros", reason: expect.stringMatching(/no_such_column|Could not convert/)}]);
    expect({kinds, judged}).toEqual({kinds: ["spike"], judged: 0});
  }
  expect(await judge(folder, judging => judging)).toEqual({unasked: [], kinds: ["spike"], judged: 1});
});

test("a step that fails leaves what was found, and says so", async () => {
  const {folder} = await monthWithASpike();
  const {unasked, kinds, judged} = await judge(folder, judging => ({
    ...judging,
    steps: {...judging.steps, usual: "select no_such_column"}
  }));
  expect(unasked).toEqual([{kind: "everything", reason: expect.stringContaining("no_such_column")}]);
  expect({kinds, judged}).toEqual({kinds: ["spike"], judged: 1});
});
