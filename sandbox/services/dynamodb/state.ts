import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { type Account, AwsError, slice } from '../../account.ts';
import type { Item } from './dynaliteShapes.ts';
import type { OrderedMap } from './orderedMap.ts';

export interface Table {
  readonly description: TableDescription;
  readonly items: OrderedMap;
  readonly indexes: Map<string, OrderedMap>;
  /** Kept to be shown. Items are not deleted when it has passed: on AWS too that can take days. */
  readonly ttlAttribute?: string;
}

/** An entry of an index that is to be written, or deleted. */
export interface IndexWrite {
  readonly index: string;
  readonly key: string;
  readonly item: Item | null;
}

export interface DynamoState {
  readonly tables: Map<string, Table>;
  /**
   * How long a global index lags behind its table, milliseconds of virtual time. On AWS usually a fraction of a second and
   * without a bound; set it before the first write to see whether a reader survives a stale index.
   */
  indexDelayMs: number;
}

export const dynamoState = slice('dynamodb', (account: Account): DynamoState => {
  const state: DynamoState = { tables: new Map(), indexDelayMs: 0 };
  account.clock.on('dynamodb.index', (args) => {
    // What was queued under this name, and no other, comes back.
    const { table, writes } = args as unknown as { table: string; writes: readonly IndexWrite[] };
    const found = state.tables.get(table);
    if (found) writeIndexes(found, writes);
  });
  return state;
});

export function writeIndexes(table: Table, writes: readonly IndexWrite[]): void {
  for (const { index, key, item } of writes) {
    if (item === null) table.indexes.get(index)?.delete(key);
    else table.indexes.get(index)?.set(key, item);
  }
}

export function tableByName(account: Account, name: string): Table {
  const table = dynamoState(account).tables.get(name);
  if (!table) throw new AwsError('ResourceNotFoundException', 'Requested resource not found');
  return table;
}

/** Every item of a table in key order: for tests and dumps, past IAM and the wire. */
export const itemsOf = (account: Account, name: string): readonly Item[] => tableByName(account, name).items.range();
