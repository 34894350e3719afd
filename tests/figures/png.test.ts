import {inflateSync} from "node:zlib";
import {describe, expect, it} from "vitest";
import {encodePng} from "../../src/figures/render/png.ts";

const red = [255, 0, 0, 255];
const clear = [0, 0, 0, 0];
const data = Uint8ClampedArray.from([red, clear, clear, red, red, red].flat());

function chunk(png: Buffer, type: string): Buffer {
  const at = png.indexOf(type, 0, "latin1");
  return png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4));
}

describe("a PNG", () => {
  const png = encodePng({width: 3, height: 2, data});

  it("has its size, its colours in order of appearance and its lines", () => {
    expect([chunk(png, "IHDR").readUInt32BE(0), chunk(png, "IHDR").readUInt32BE(4)]).toEqual([3, 2]);
    expect([...chunk(png, "PLTE")]).toEqual([255, 0, 0, 0, 0, 0]);
    expect([...chunk(png, "tRNS")]).toEqual([255, 0]);
    expect([...inflateSync(chunk(png, "IDAT"))]).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
  });

  it("refuses more colours than it has room for", () => {
    const many = Uint8ClampedArray.from(
      {length: 257 * 4},
      (_, i) => [Math.floor(i / 4) % 256, i > 1023 ? 1 : 0, 0, 255][i % 4] ?? 0
    );
    expect(() => encodePng({width: 257, height: 1, data: many})).toThrow("too many colours: 257");
  });
});
