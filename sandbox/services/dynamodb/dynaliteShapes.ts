import type { AttributeValue, TableDescription } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

/** What dynalite fails with: `body.__type` ends in `#Code`. */
export interface Failure extends Error {
  statusCode?: number;
  body?: { readonly __type: string; readonly message?: string; readonly Message?: string };
}

export type Done<T> = (error: Failure | null, value?: T) => void;

/** A map of items as dynalite expects one; ours calls back at once. */
export interface ItemDb {
  get(key: string, done: Done<Item>): void;
  put(key: string, item: Item, done: Done<void>): void;
  del(key: string, done: Done<void>): void;
  lock(key: string, run: (release: <F>(done: F) => F) => void): void;
  createValueStream(range: KeyRange): NodeJS.ReadableStream;
}

export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  /** -1: all. */
  readonly limit?: number;
}

export interface Store {
  readonly options: { readonly maxItemSize: number };
  getTable(name: string, done: Done<TableDescription>): void;
  getItemDb(table: string): ItemDb;
  getIndexDb(type: string, table: string, index: string): ItemDb;
}

/** An operand: a path, a literal value, or a function of operands. */
export type Operand =
  | readonly (string | number)[]
  | AttributeValue
  | { readonly type: 'function'; readonly name: string; readonly args: readonly Operand[] };

/** A parsed condition: `and`, `or`, `not`, `function`, or a comparison by its operator. */
export interface Expression {
  readonly type: string;
  readonly name?: string;
  readonly args: readonly (Expression | Operand)[];
}

/** A request after validation, with what the parsers found in it. */
export interface Checked {
  readonly TableName: string;
  _condition?: { expression: Expression };
  _filter?: { expression: Expression };
  /** What an update expression does, in the order in which it is done. */
  _updates?: { sections: readonly UpdateSection[] };
}

/** One clause of an update expression: `set`, `remove`, `add` or `delete`, and where. */
export interface UpdateSection {
  readonly type: string;
  readonly path: readonly (string | number)[];
}

export interface Shape {
  readonly types: object;
  readonly custom: (data: object, store: Store) => string | undefined;
}

export type Action = (store: Store, data: Checked, done: Done<object>) => void;
