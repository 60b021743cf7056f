import type { Condition, Operand, Operator, Selector } from './condition.ts';
import { type Token, tokensOf, unreadable } from './tokens.ts';

const OPERATORS: readonly string[] = ['=', '!=', '<', '>', '<=', '>='] satisfies Operator[];
/** "An integer ..., a decimal ..., or a number in scientific notation", each with an optional sign. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
/** How deep parentheses may stand in each other: more than a pattern of 1,024 characters needs. */
const DEEPEST = 100;

/** Reads `{ ... }`; "the syntax follows standard order of operations () > && > ||". Throws AwsError InvalidParameterException. */
export function parse(pattern: string): Condition {
  const tokens = tokensOf(pattern);
  let next = 0;
  let depth = 0;

  const peek = (): Token | undefined => tokens[next];
  const isSign = (text: string): boolean => peek()?.kind === 'sign' && peek()?.text === text;
  const fail = (expected: string): never => {
    throw unreadable(`expected ${expected}`, peek()?.at ?? pattern.length);
  };

  function take(text: string): void {
    if (!isSign(text)) fail(`"${text}"`);
    next += 1;
  }

  function joined(sign: '&&' | '||', part: () => Condition): Condition {
    const first = part();
    const all = [first];
    while (isSign(sign)) {
      next += 1;
      all.push(part());
    }
    return all.length === 1 ? first : { kind: sign === '&&' ? 'and' : 'or', all };
  }

  const either = (): Condition => joined('||', both);
  const both = (): Condition => joined('&&', one);

  function one(): Condition {
    if (!isSign('(')) return statement();
    depth += 1;
    if (depth > DEEPEST) fail('fewer parentheses');
    next += 1;
    const inner = either();
    take(')');
    depth -= 1;
    return inner;
  }

  function statement(): Condition {
    const token = peek();
    if (token?.kind !== 'selector') return fail('a property such as $.name');
    next += 1;
    const { selector } = token;
    if (isWord('IS')) return isOneOf(selector);
    if (isWord('NOT')) {
      next += 1;
      if (!isWord('EXISTS')) fail('EXISTS');
      next += 1;
      return { kind: 'missing', selector };
    }
    return comparison(selector);
  }

  function isWord(text: string): boolean {
    const token = peek();
    return token?.kind === 'word' && token.text.toUpperCase() === text;
  }

  function isOneOf(selector: Selector): Condition {
    next += 1;
    const found = (
      [
        ['NULL', null],
        ['TRUE', true],
        ['FALSE', false],
      ] as const
    ).find(([word]) => isWord(word));
    if (found === undefined) return fail('NULL, TRUE or FALSE');
    next += 1;
    return { kind: 'is', selector, value: found[1] };
  }

  function comparison(selector: Selector): Condition {
    const operator = operatorIn(peek());
    if (operator === undefined) return fail('=, !=, <, >, <=, >=, IS or NOT EXISTS');
    next += 1;
    const operand = operandIn(peek());
    if (operand === undefined) return fail('a value');
    if (operator !== '=' && operator !== '!=' && operand.kind !== 'number') return fail('a number');
    next += 1;
    return { kind: 'compare', selector, operator, operand };
  }

  take('{');
  const condition = either();
  take('}');
  if (next < tokens.length) fail('the end');
  return condition;
}

const operatorIn = (token: Token | undefined): Operator | undefined =>
  token?.kind === 'sign' && OPERATORS.includes(token.text) ? (token.text as Operator) : undefined;

function operandIn(token: Token | undefined): Operand | undefined {
  if (token?.kind === 'quoted') return { kind: 'text', text: token.text };
  if (token?.kind !== 'word') return undefined;
  const { text } = token;
  return NUMBER.test(text) ? { kind: 'number', value: Number(text), text } : { kind: 'text', text };
}
