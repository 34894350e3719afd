import {constants, crc32, deflateSync} from "node:zlib";

const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const indexedColour = 3;
const mostColours = 256;

/** An image of 32-bit pixels: red, green, blue and opacity, a byte each, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/**
 * The PNG of an image of at most 256 colours, as bytes that depend on nothing but the pixels.
 *
 * @throws RangeError on more colours.
 */
export function encodePng({width, height, data}: Pixels): Buffer {
  const colours = new Map<number, number>();
  const lines = Buffer.alloc(height * (width + 1));
  const pixels = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let i = 0; i < width * height; i++) {
    const colour = pixels.getUint32(i * 4);
    if (!colours.has(colour)) colours.set(colour, colours.size);
    lines[Math.floor(i / width) * (width + 1) + 1 + (i % width)] = colours.get(colour) ?? 0;
  }
  if (colours.size > mostColours) throw new RangeError(`too many colours: ${colours.size}`);
  return Buffer.concat([
    signature,
    headerOf(width, height),
    ...paletteOf([...colours.keys()]),
    imageOf(lines),
    chunk("IEND")
  ]);
}

function headerOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, indexedColour, 0, 0, 0], 8);
  return chunk("IHDR", header);
}

function paletteOf(colours: readonly number[]): Buffer[] {
  const rgb = colours.flatMap(colour => [colour >>> 24, (colour >>> 16) & 255, (colour >>> 8) & 255]);
  const opacity = colours.map(colour => colour & 255);
  return [chunk("PLTE", Buffer.from(rgb)), chunk("tRNS", Buffer.from(opacity))];
}

/** Run lengths alone: full matching may find other matches, and so give other bytes, on another processor. */
function imageOf(lines: Buffer): Buffer {
  return chunk("IDAT", deflateSync(lines, {strategy: constants.Z_RLE}));
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}
