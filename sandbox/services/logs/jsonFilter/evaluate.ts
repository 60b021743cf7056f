import type { Condition, Operand, Operator, Selector } from './condition.ts';

/** Whether an event meets a condition. */
export function isMet(condition: Condition, event: unknown): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.all.every((one) => isMet(one, event));
    case 'or':
      return condition.all.some((one) => isMet(one, event));
    case 'is':
      return selected(event, condition.selector) === condition.value;
    case 'missing':
      return selected(event, condition.selector) === undefined;
    case 'compare':
      return compares(selected(event, condition.selector), condition.operator, condition.operand);
  }
}

/** What a selector leads to; undefined: it is not there. */
function selected(event: unknown, selector: Selector): unknown {
  let value = event;
  for (const part of selector) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value) !== (typeof part === 'number') || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

/**
 * "The SELECTOR must point to a value node (string or number)": of anything else nothing is true, not even that it differs. A number that is compared
 * with a number goes by its value; otherwise the text counts.
 */
function compares(held: unknown, operator: Operator, operand: Operand): boolean {
  if (typeof held !== 'string' && typeof held !== 'number') return false;
  if (operand.kind === 'number' && typeof held === 'number') return byValue(held, operator, operand.value);
  if (operator === '=') return isLike(String(held), operand.text);
  return operator === '!=' && !isLike(String(held), operand.text);
}

function byValue(held: number, operator: Operator, asked: number): boolean {
  switch (operator) {
    case '=':
      return held === asked;
    case '!=':
      return held !== asked;
    case '<':
      return held < asked;
    case '>':
      return held > asked;
    case '<=':
      return held <= asked;
    case '>=':
      return held >= asked;
  }
}

/** `*` stands for anything at the beginning and at the end alone: "Ev*ent will only match the actual string Ev*ent". */
function isLike(text: string, pattern: string): boolean {
  if (pattern === '*') return true;
  const [open, close] = [pattern.startsWith('*'), pattern.endsWith('*')];
  const core = pattern.slice(open ? 1 : 0, close ? -1 : undefined);
  if (open && close) return text.includes(core);
  if (open) return text.endsWith(core);
  return close ? text.startsWith(core) : text === core;
}
