import {encodePng, type Pixels} from "./png.ts";

/** As much of a canvas as `Plot.raster` asks for, where there is no browser to give one. */
export function createCanvas() {
  let pixels: Pixels = {width: 0, height: 0, data: new Uint8ClampedArray()};
  return {
    getContext: () => ({
      createImageData: (width: number, height: number): Pixels => ({
        width,
        height,
        data: new Uint8ClampedArray(width * height * 4)
      }),
      putImageData: (image: Pixels) => {
        pixels = image;
      }
    }),
    toDataURL: () => `data:image/png;base64,${encodePng(pixels).toString("base64")}`
  };
}
