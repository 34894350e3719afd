/** A node of the structure of a tagged page: a part of the document, or a marked part of the page that belongs to it. */
export interface Tag {
  readonly role?: string;
  readonly type?: string;
  readonly id?: string;
  readonly children?: readonly Tag[];
}

/** Words that are read in one by the structure: each of `cells` names the marks of one cell of a row, or of the one paragraph. */
export interface Tagged {
  readonly cells: readonly (readonly string[])[];
  /** Whether the structure says that it is one paragraph; what merely stands in a part of the document may be several. */
  readonly isWhole: boolean;
}

/** What is part of the paragraph it stands in, and not one of its own. */
const within = new Set([
  "Span",
  "NonStruct",
  "Link",
  "Em",
  "Strong",
  "Sub",
  "Quote",
  "Reference",
  "Annot",
  "BibEntry",
  "Code",
  "Lbl",
  "LBody",
  "Ruby",
  "RB",
  "RT",
  "Warichu"
]);

const whole = /^(P|H[1-6]?|Title|LI|Caption|TH|TD|Note|FENote|BlockQuote|TOCI|Formula)$/;

/** The paragraphs and rows of a page in the order of its structure. */
export function taggedIn(root: Tag | null): Tagged[] {
  const found: Tagged[] = [];
  let open: string[] = [];
  const end = (role: string) => {
    if (open.length > 0) found.push({cells: [open], isWhole: whole.test(role)});
    open = [];
  };
  const visit = (tag: Tag, around: string) => {
    if (tag.type === "content") {
      if (tag.id !== undefined) open.push(tag.id);
      return;
    }
    const role = tag.role ?? "";
    if (role === "TR") {
      end(around);
      found.push({cells: (tag.children ?? []).map(marksIn), isWhole: true});
      return;
    }
    const isOwn = !within.has(role);
    if (isOwn) end(around);
    for (const child of tag.children ?? []) visit(child, isOwn ? role : around);
    if (isOwn) end(role);
  };
  if (root !== null) visit(root, "");
  end("");
  return found;
}

const marksIn = (tag: Tag): string[] =>
  tag.type === "content" ? (tag.id === undefined ? [] : [tag.id]) : (tag.children ?? []).flatMap(marksIn);
