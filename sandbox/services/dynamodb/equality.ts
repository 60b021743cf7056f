import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Expression, Item, Operand } from './dynaliteShapes.ts';

const TRUE: Expression = { type: '=', args: [{ BOOL: true }, { BOOL: true }] };
const FALSE: Expression = { type: '<>', args: [{ BOOL: true }, { BOOL: true }] };

/** Equality of values as DynamoDB has it: same type, lists by position, maps by name, sets in any order. */
function sameValue(a: AttributeValue, b: AttributeValue): boolean {
  const [type] = Object.keys(a);
  if (type === undefined || type !== Object.keys(b)[0]) return false;
  if (a.M && b.M) {
    const other = b.M;
    const names = Object.keys(a.M);
    return names.length === Object.keys(other).length && Object.entries(a.M).every(([n, v]) => same(v, other[n]));
  }
  if (a.L && b.L) {
    const other = b.L;
    return a.L.length === other.length && a.L.every((v, at) => same(v, other[at]));
  }
  const [one, two] = [Object.values(a)[0], Object.values(b)[0]] as unknown[];
  if (Array.isArray(one) && Array.isArray(two)) {
    return one.length === two.length && one.every((member) => two.includes(member));
  }
  return one === two;
}

const same = (value: AttributeValue, other: AttributeValue | undefined): boolean =>
  other !== undefined && sameValue(value, other);

function resolve(path: readonly (string | number)[], item: Item): AttributeValue | undefined {
  let value: AttributeValue | undefined = { M: item };
  for (const piece of path) value = typeof piece === 'number' ? value?.L?.[piece] : value?.M?.[piece];
  return value;
}

const isCall = (operand: Operand): boolean => 'type' in operand && operand.type === 'function';
const isPath = (operand: Operand): operand is readonly (string | number)[] => Array.isArray(operand);

/**
 * Decides `=`, `<>` and `IN` of a condition for one item, and puts the answers in their place. dynalite compares maps and
 * lists by reference, finds two missing attributes equal, and `IN` blind to '' and false; AWS does none of that. What
 * compares a `size()` is left as it is.
 */
export function decideEquality(expression: Expression, item: Item): Expression {
  const { type, args } = expression;
  if (type === 'and' || type === 'or' || type === 'not') {
    return { ...expression, args: args.map((inner) => decideEquality(inner as Expression, item)) };
  }
  const operands = args as readonly Operand[];
  if (!['=', '<>', 'in'].includes(type) || operands.some(isCall)) return expression;
  const [first, ...others] = operands.map((operand) => (isPath(operand) ? resolve(operand, item) : operand)) as (
    | AttributeValue
    | undefined
  )[];
  const equal = first !== undefined && others.some((other) => same(first, other));
  return equal === (type !== '<>') ? TRUE : FALSE;
}
