type Child = Node | string;

/** An element with these attributes and children. Text is text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

/** A shape of SVG with these attributes. */
export function shape(
  name: "svg" | "rect",
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly Node[]
): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
  made.append(...children);
  return made;
}

/** A table in a box of its own, which scrolls where a window is narrower. */
export const scrolledTable = (caption: string, heads: readonly Node[], rows: readonly Node[]): HTMLElement =>
  element(
    "div",
    {class: "scroll", role: "region", tabindex: "0", "aria-label": caption},
    element(
      "table",
      {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...rows)
    )
  );
