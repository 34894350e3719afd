import {linesOf} from "./lines.ts";
import {type Block, blocksOf, inOne} from "./paragraphs.ts";
import {type Piece, tidied} from "./pieces.ts";
import {type Tag, taggedIn} from "./tags.ts";

/**
 * What a page says, paragraph by paragraph: by its structure where it is tagged, and by where its words stand for all that the structure does not name.
 *
 * @param turned - The pieces of the page, those that run in one direction together.
 */
export function blocksOfPage(turned: readonly (readonly Piece[])[], structure: Tag | null): Block[] {
  const all = turned.map(pieces => ({pieces, blocks: taggedBlocks(pieces, structure)}));
  return all.flatMap(({pieces, blocks}) => {
    const named = new Set(blocks.flatMap(({marks}) => marks));
    const rest = pieces.filter(({mark}) => mark === null || !named.has(mark));
    return [...blocks.map(({block}) => block), ...blocksOf(linesOf(tidied(rest)))];
  });
}

interface Named {
  readonly block: Block;
  readonly marks: readonly string[];
}

function taggedBlocks(pieces: readonly Piece[], structure: Tag | null): Named[] {
  const byMark = new Map<string, Piece[]>();
  for (const piece of pieces)
    if (piece.mark !== null) byMark.set(piece.mark, [...(byMark.get(piece.mark) ?? []), piece]);
  return taggedIn(structure).flatMap(({cells, isWhole}) => {
    const marks = cells.flat();
    const lines = cells.map(cell => linesOf(tidied(cell.flatMap(mark => byMark.get(mark) ?? []))));
    const blocks = isWhole ? [rowOf(lines.filter(each => each.length > 0).map(inOne))] : blocksOf(lines.flat());
    return blocks.filter(block => block.lines.length > 0).map(block => ({block, marks}));
  });
}

const rowOf = (cells: readonly Block[]): Block => ({
  text: cells.map(({text}) => text).join(" "),
  lines: cells.flatMap(({lines}) => lines)
});
