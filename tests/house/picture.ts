import {readdirSync, readFileSync} from "node:fs";
import {dirname, join, relative, resolve} from "node:path";

/** What each room of the house is, in the words of the picture. A room that is not named here fails the test of the picture. */
export const rooms: Readonly<Record<string, string>> = {
  commands: "one file a command",
  programme: "many councils at once",
  pipeline: "what runs when",
  sending: "messages to people",
  editions: "made, checked, proved",
  frozen: "what an edition holds",
  publish: "figures, tables, pages",
  figures: "one folder a figure",
  models: "the arithmetic, in SQL",
  ingest: "recognise, judge, land",
  reference: "what others publish",
  trial: "a delivery against its past",
  council: "what a council edits",
  archive: "bytes as received",
  backup: "copies, and back",
  layouts: "forms of file, as data",
  sources: "one folder a sender",
  warehouse: "DuckDB, macros",
  illustrative: "the invented council",
  wording: "numbers as text",
  domain: "the field's words"
};

const root = new URL("../..", import.meta.url).pathname;

/** Which rooms import which, from the code as it stands. */
export function importsBetweenRooms(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const name of readdirSync(join(root, "src"), {recursive: true, encoding: "utf8"}).sort()) {
    const [room = ""] = name.split("/");
    if (!name.endsWith(".ts") || !name.includes("/")) continue;
    const text = readFileSync(join(root, "src", name), "utf8");
    const targets = [...text.matchAll(/(?:from |^import |import\()"(\.[^"]+)"/gm)].map(match =>
      relative(join(root, "src"), resolve(root, "src", dirname(name), match[1] ?? ""))
    );
    const others = targets.filter(target => target.includes("/")).map(target => target.split("/")[0] ?? "");
    const known = found.get(room) ?? new Set();
    found.set(room, known);
    for (const other of others) if (other !== room && other !== "..") known.add(other);
  }
  return found;
}

const [wide, high, gapX, gapY, margin] = [176, 54, 48, 40, 20];

/** The imports without those that another way down already tells of. */
function withoutShortcuts(imports: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const below = (room: string): Set<string> =>
    new Set([...(imports.get(room) ?? [])].flatMap(other => [other, ...below(other)]));
  const isFurther = (room: string, other: string) =>
    [...(imports.get(room) ?? [])].some(between => between !== other && below(between).has(other));
  return new Map(
    [...imports].map(([room, others]) => [room, new Set([...others].filter(other => !isFurther(room, other)))])
  );
}

/**
 * The house as a picture: each room stands above every room that it imports, so that all arrows lead down. Where a room imports another both directly
 * and by way of a third, only the way is drawn.
 */
export function drawHouse(): string {
  const imports = withoutShortcuts(importsBetweenRooms());
  const heightOf = (room: string): number =>
    1 + Math.max(-1, ...[...(imports.get(room) ?? [])].map(below => heightOf(below)));
  const levels = new Map<number, string[]>();
  for (const room of [...imports.keys()].sort())
    levels.set(heightOf(room), [...(levels.get(heightOf(room)) ?? []), room]);
  const top = Math.max(...levels.keys());
  const most = Math.max(...[...levels.values()].map(({length}) => length));
  const width = 2 * margin + most * wide + (most - 1) * gapX;
  const height = 2 * margin + (top + 1) * high + top * gapY;
  /** Rows of few rooms stand aside by turns, so that arrows past them are seen. */
  const aside = (level: number, count: number) => (count >= most - 1 ? 0 : ([-0.75, 0.75, 0][level % 3] ?? 0) * wide);
  const place = (room: string) => {
    const level = heightOf(room);
    const row = levels.get(level) ?? [];
    const rowWidth = row.length * wide + (row.length - 1) * gapX;
    return {
      x: (width - rowWidth) / 2 + row.indexOf(room) * (wide + gapX) + aside(level, row.length),
      y: margin + (top - level) * (high + gapY)
    };
  };
  const arrows = [...imports].flatMap(([room, below]) =>
    [...below].sort().map(other => {
      const [from, to] = [place(room), place(other)];
      const [x1, y1, x2, y2] = [from.x + wide / 2, from.y + high, to.x + wide / 2, to.y];
      return `<path d="M${x1} ${y1}C${x1} ${y1 + gapY} ${x2} ${y2 - gapY} ${x2} ${y2}"/>`;
    })
  );
  const boxes = [...imports.keys()].sort().map(room => {
    const {x, y} = place(room);
    return `<g transform="translate(${x} ${y})"><rect width="${wide}" height="${high}" rx="6"/><text x="${wide / 2}" y="23" class="name">${room}</text><text x="${wide / 2}" y="42">${rooms[room] ?? ""}</text></g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="The rooms of the house and which import which; every arrow leads down">`,
    "<style>rect{fill:#f4f7f2;stroke:#2f6f4f}path{fill:none;stroke:#8aa899;stroke-width:1}text{font:13px system-ui,sans-serif;text-anchor:middle;fill:#333}.name{font-weight:600;font-size:15px;fill:#123}.back{fill:#fff;stroke:none}</style>",
    `<rect class="back" width="${width}" height="${height}"/>`,
    ...arrows,
    ...boxes,
    "</svg>",
    ""
  ].join("\n");
}
