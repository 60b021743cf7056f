import type { Fields } from '../read.ts';

type Tree = { [key: string]: unknown };

/** `threatNames.0_`: the first of a list, as GuardDuty's fields are written in Security Hub. */
const element = /^(.+)\.(\d{1,2})_$/;

const objectAt = (tree: Tree, key: string): Tree => {
  const found = tree[key];
  if (typeof found === 'object' && found !== null && !Array.isArray(found)) return found as Tree;
  const made = Object.create(null) as Tree;
  tree[key] = made;
  return made;
};

const listAt = (tree: Tree, key: string): unknown[] => {
  const found = tree[key];
  if (Array.isArray(found)) return found;
  const made: unknown[] = [];
  tree[key] = made;
  return made;
};

/** Puts a value where a path says; what cannot be both a value and an object stays what it was first. */
function put(tree: Tree, [step = '', ...rest]: readonly string[], value: string): void {
  const [, name, index] = element.exec(step) ?? [];
  if (name === undefined) {
    if (rest.length === 0) tree[step] ??= value;
    else if (typeof tree[step] !== 'string') put(objectAt(tree, step), rest, value);
    return;
  }
  const list = listAt(tree, name);
  const at = Number(index);
  if (rest.length === 0) list[at] ??= value;
  else if (typeof list[at] !== 'string') {
    list[at] ??= Object.create(null);
    put(list[at] as Tree, rest, value);
  }
}

/** The object that flat fields were made from: `action/dnsRequestAction/domain`. */
export function unflatten(fields: Fields, prefix: string): Fields {
  const tree = Object.create(null) as Tree;
  for (const [key, value] of Object.entries(fields)) {
    if (key.startsWith(prefix) && typeof value === 'string') put(tree, key.slice(prefix.length).split('/'), value);
  }
  return tree;
}
