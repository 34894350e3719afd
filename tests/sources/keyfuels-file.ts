/** One drawing as its sender thinks of it; what is not said is of no matter to the test. */
export interface Drawing {
  readonly number?: string;
  readonly sequence?: string;
  readonly type?: string;
  readonly date?: string;
  readonly time?: string;
  readonly primary?: string;
  readonly mileage?: string;
  readonly fleetNumber?: string;
  readonly product?: string;
  /** As written: `00000045.12`. */
  readonly quantity?: string;
  readonly quantitySign?: string;
  readonly cost?: string;
  readonly costSign?: string;
  readonly onCard?: string;
  readonly typed?: string;
}

/** What the control record says. */
export interface Control {
  readonly date?: string;
  readonly time?: string;
  readonly count: string;
  readonly quantity: string;
  readonly quantitySign?: string;
  readonly cost: string;
  readonly costSign?: string;
}

/** A record with its first field bare and the others quoted. */
export const recordLine = ([type = "", ...cells]: readonly string[]) =>
  [type, ...cells.map(cell => `"${cell}"`)].join(",");

export function drawingLine(drawing: Drawing): string {
  return recordLine([
    "1",
    drawing.number ?? "500000001",
    drawing.sequence ?? "001",
    drawing.type ?? "3",
    drawing.date ?? "2026-06-22",
    drawing.time ?? "07:41:12",
    "1226",
    "009876",
    "02",
    "7000000000000000099",
    "654321",
    "01",
    drawing.primary ?? "ZZ99ZZZ     ",
    drawing.mileage ?? "0045210",
    drawing.fleetNumber ?? "000417",
    drawing.product ?? "018",
    drawing.quantity ?? "00000045.12",
    drawing.quantitySign ?? "+",
    drawing.cost ?? "0063.17",
    drawing.costSign ?? "+",
    "",
    "Y",
    drawing.onCard ?? "ZZ99ZZZ     ",
    drawing.typed ?? "ZZ99ZZZ     "
  ]);
}

export function controlLine(control: Control): string {
  const [date, time] = [control.date ?? "2026-06-23", control.time ?? "02:00:00"];
  const amounts = [control.quantity, control.quantitySign ?? "+", control.cost, control.costSign ?? "+"];
  const start = ["2", "000000417", "", "", date, time, "", "", "", "", "654321", "01", ""];
  return recordLine([...start, control.count, "", "", ...amounts, "", "", "", ""]);
}

export const fileOf = (drawings: readonly Drawing[], control: Control, newline = "\r\n") =>
  [...drawings.map(drawingLine), controlLine(control), ""].join(newline);

/** A file of one drawing of 45.12 litres for £63.17, unless it says otherwise. */
export function oneDrawing(drawing: Drawing): string {
  const [quantity, cost] = [drawing.quantity ?? "00000045.12", drawing.cost ?? "0063.17"];
  const signs = {quantitySign: drawing.quantitySign ?? "+", costSign: drawing.costSign ?? "+"};
  return fileOf([drawing], {count: "0000001", quantity, cost, ...signs});
}
