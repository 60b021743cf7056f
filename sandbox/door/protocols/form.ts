import { AwsError } from '../../account.ts';

/** More parts than the name of any parameter has. */
const DEEPEST = 64;

interface Node {
  text?: string;
  readonly members: Map<string, Node>;
}

/**
 * Turns a query-protocol form into a nested object. `Tags.member.1.Key` gives an array of structures,
 * `Attributes.entry.1.key` with `.value` a map (also spelled `Name`, `Value`), `Ids.1` a flattened array.
 * Every value is a string: the protocol carries no types.
 */
export function parseForm(form: URLSearchParams): Record<string, unknown> {
  const root: Node = { members: new Map() };
  for (const [path, text] of form) {
    if (path === 'Action' || path === 'Version') continue;
    const parts = path.split('.');
    if (parts.length > DEEPEST)
      throw new AwsError('MalformedInput', `The name of a parameter has more than ${DEEPEST} parts.`);
    let node = root;
    for (const part of parts) {
      const next = node.members.get(part) ?? { members: new Map<string, Node>() };
      node.members.set(part, next);
      node = next;
    }
    node.text = text;
  }
  return structure(root);
}

function structure(node: Node): Record<string, unknown> {
  return Object.fromEntries([...node.members].map(([name, member]) => [name, readNode(member)]));
}

function readNode(node: Node): unknown {
  if (node.members.size === 0) return node.text;
  const wrapper = node.members.get('member');
  if (wrapper && node.members.size === 1) return listed(wrapper);
  const entries = node.members.get('entry');
  if (entries && node.members.size === 1) return mapped(entries);
  return isList(node) ? listed(node) : structure(node);
}

const isList = (node: Node): boolean => [...node.members.keys()].every((name) => /^\d+$/.test(name));

function inOrder(node: Node): readonly Node[] {
  return [...node.members].sort(([a], [b]) => Number(a) - Number(b)).map(([, member]) => member);
}

const listed = (node: Node): readonly unknown[] => inOrder(node).map(readNode);

function mapped(node: Node): Record<string, unknown> {
  const pairs = inOrder(node).map(({ members }): [string, unknown] => {
    const key = members.get('key') ?? members.get('Name');
    const value = members.get('value') ?? members.get('Value');
    return [key?.text ?? '', value && readNode(value)];
  });
  return Object.fromEntries(pairs);
}
