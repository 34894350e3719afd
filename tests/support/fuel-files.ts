/** A fuel drawing of an invented vehicle; negative litres are a credit. */
export interface Drawing {
  readonly id: string;
  /** `YYYY-MM-DD HH:mm:ss`. */
  readonly at: string;
  readonly registration: string;
  readonly product: string;
  readonly litres: number;
  readonly fleetNumber?: string;
}

const quoted = (cells: readonly string[]) => cells.map((cell, index) => (index === 0 ? cell : `"${cell}"`)).join(",");
const sign = (value: number) => (value < 0 ? "-" : "+");
const padded = (value: number, width: number) => Math.abs(value).toFixed(2).padStart(width, "0");

/** A Keyfuels E01 file of these drawings, at £1.40 a litre, with the control record that goes with them. */
export function fuelFile(drawings: readonly Drawing[], made: string): string {
  const cost = (litres: number) => Math.round(litres * 140) / 100;
  const total = (of: (drawing: Drawing) => number) =>
    drawings.reduce((sum, each) => sum + Math.round(of(each) * 100), 0) / 100;
  const details = drawings.map(({id, at, registration, product, litres, fleetNumber = ""}) =>
    quoted([
      "1",
      id,
      "001",
      litres < 0 ? "8" : "3",
      ...at.split(" "),
      "1226",
      "001234",
      "02",
      "7000000000000000017",
      "123456",
      "01",
      registration.padEnd(12),
      "0045210",
      fleetNumber.padStart(6, "0"),
      product,
      padded(litres, 11),
      sign(litres),
      padded(cost(litres), 7),
      sign(litres),
      "",
      "Y",
      "".padEnd(12),
      registration.padEnd(12)
    ])
  );
  const [litres, pounds] = [total(each => each.litres), total(each => cost(each.litres))];
  const control = quoted([
    "2",
    "000000417",
    "",
    "",
    ...made.split(" "),
    "",
    "",
    "",
    "",
    "123456",
    "01",
    "",
    String(drawings.length).padStart(7, "0"),
    "",
    "",
    padded(litres, 11),
    sign(litres),
    padded(pounds, 7),
    sign(pounds),
    "",
    "",
    "",
    ""
  ]);
  return `${[...details, control].join("\r\n")}\r\n`;
}
