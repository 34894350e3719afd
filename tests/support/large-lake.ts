import {boroughOf, type LakeCouncil, ratingOf, sourceOf, yearOf} from "./lake.ts";

const sources = [
  ["building gas", "1", 0.45],
  ["building electricity", "2", 0.3],
  ["fleet", "1", 0.15],
  ["street lighting", "2", 0.06],
  ["plant", "1", 0.03],
  ["fleet charging away from depots", "2", 0.01],
  ["upstream of energy", "3", 0.15],
  ["grey fleet", "3", 0.05],
  ["water", "3", 0.01],
  ["commuting", "3", 0.2]
] as const;
const kinds = ["office", "library", "primary-school", "secondary-school", "leisure-centre", "depot", "care-home"];
const sectors = ["All sectors", "Domestic", "Transport", "Industry", "Commercial", "Public sector", "Agriculture"];

/** Numbers between 0 and 1 that are the same each time. */
function chances(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * So many councils as a lake holds them: eight years of ten sources, sixty buildings, and the national statistics of their borough with its sectors. One in
 * five is not complete in its last year, one in thirty has no figure of it.
 */
export function largeLake(councils: number): LakeCouncil[] {
  return Array.from({length: councils}, (_, index) => largeCouncil(index));
}

function largeCouncil(index: number): LakeCouncil {
  const code = `E0${String(7_000_001 + index)}`;
  const chance = chances(index + 1);
  const size = 500 * (1 + 30 * chance() ** 3);
  const isPart = index % 5 === 4;
  const last = index % 30 === 29 ? 2024 : 2025;
  const years = Array.from({length: last - 2017}, (_, i) => 2018 + i);
  const whole = (year: number) => ({is_whole_year: !(isPart && year === 2025)});
  const total = (year: number) => Math.round(1000 * size * 0.95 ** (year - 2018)) / 1000;
  return {
    code,
    name: `${["North", "South", "East", "West", "Upper", "Lower", "Mid"][index % 7]} ${["Alder", "Birch", "Cedar", "Dogwood", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper"][Math.floor(index / 7) % 10]}${["shire", "ford", "ham", "ton", "by", "wich"][Math.floor(index / 70) % 6]} Council`,
    manifest: {has_pages: index % 2 === 0},
    years: years.map(year =>
      yearOf(year, {scope_1_and_2_t_co2e: total(year), scope_3_t_co2e: total(year) * 0.41, ...whole(year)})
    ),
    sources: years.flatMap(year =>
      sources.map(([source, scope, share]) => sourceOf(year, source, total(year) * share, {scope, ...whole(year)}))
    ),
    ratings: Array.from({length: 60}, (_, site) =>
      ratingOf(
        `site-${site}`,
        kinds[site % kinds.length] ?? "office",
        chance() < 0.1 ? null : Math.round(60 + 300 * chance())
      )
    ),
    boroughs: Array.from({length: 19}, (_, i) => 2005 + i).flatMap(year =>
      sectors.map(sector =>
        boroughOf(code, year, Math.round(size * 2 * 0.97 ** (year - 2005)), {
          sector,
          is_all_sectors: sector === "All sectors",
          area_name: `Borough ${index + 1}`
        })
      )
    )
  };
}
