/** The opening tags of one name, whatever their prefix. For the short XML lists of an Office file, which have no text of their own. */
export function tagsOf(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^<>]*)>`, "g"))].map(match => match[1] ?? "");
}

interface Attributes {
  readonly get: (name: string) => string | undefined;
  /** The attribute whose name ends so, for those with a prefix. */
  readonly ending: (ending: string) => string | undefined;
}

/** The attributes of a tag, with references resolved. */
export function attributesOf(tag: string): Attributes {
  const pairs = [...tag.matchAll(/(?<![\w:.-])([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, name = "", double, single]) => [name, plain(double ?? single ?? "")] as const
  );
  return {
    get: wanted => pairs.find(([name]) => name === wanted)?.[1],
    ending: wanted => pairs.find(([name]) => name.endsWith(wanted))?.[1]
  };
}

const named: Readonly<Record<string, string>> = {amp: "&", lt: "<", gt: ">", quot: '"', apos: "'"};

function plain(text: string): string {
  return text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    if (name) return named[name.toLowerCase()] ?? whole;
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
