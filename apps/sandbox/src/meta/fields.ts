/** A parsed `fields` parameter: `a,b.type(large){c}` → a, b with c beneath. */
export interface FieldTree {
  [name: string]: FieldTree;
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at += 1) {
    if (text[at] === '{') depth += 1;
    if (text[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

export function parseFields(text: string): FieldTree {
  const tree: FieldTree = {};
  let rest = text;
  while (rest !== '') {
    const name = /^[\w]+/.exec(rest)?.[0];
    if (name === undefined) {
      rest = rest.slice(1);
      continue;
    }
    rest = rest.slice(name.length).replace(/^(\.\w+\([^)]*\))+/, '');
    const end = rest.startsWith('{') ? closing(rest, 0) : -1;
    tree[name] = end < 0 ? {} : parseFields(rest.slice(1, end));
    rest = end < 0 ? rest : rest.slice(end + 1);
  }
  return tree;
}

/** Keeps the asked fields; Graph always adds `id`. */
export function pickFields(source: Record<string, unknown>, fields: FieldTree): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value = source[name];
    const beneath = fields[name] ?? {};
    if (value === undefined) continue;
    const nested = typeof value === 'object' && value !== null && !Array.isArray(value) && !('data' in value);
    picked[name] = nested
      ? pickFields(value as Record<string, unknown>, Object.keys(beneath).length === 0 ? { id: {} } : beneath)
      : value;
  }
  return 'id' in source ? { ...picked, id: source.id } : picked;
}
