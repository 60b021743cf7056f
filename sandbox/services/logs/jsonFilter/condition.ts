/** Names of members and numbers of elements, from the root on. */
export type Selector = readonly (string | number)[];

export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=';

/** What is compared with: a number as it stands, or text, whose `*` at either end stands for anything. */
export type Operand =
  | { readonly kind: 'number'; readonly value: number; readonly text: string }
  | { readonly kind: 'text'; readonly text: string };

/** What a JSON filter pattern says. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly all: readonly Condition[] }
  | { readonly kind: 'compare'; readonly selector: Selector; readonly operator: Operator; readonly operand: Operand }
  | { readonly kind: 'is'; readonly selector: Selector; readonly value: null | boolean }
  | { readonly kind: 'missing'; readonly selector: Selector };
