import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { type Account, type Principal, slice } from '../../account.ts';
import type { Item } from './dynaliteShapes.ts';
import { itemBytes } from './itemSize.ts';

/** Request units, as DynamoDB bills them. */
export interface Units {
  readonly read: number;
  readonly write: number;
}

const unitsOf = slice('dynamodb.units', (): Map<string, Units> => new Map());

/** Units by who has consumed them: the caller's ARN. */
export const consumedUnits = (account: Account): ReadonlyMap<string, Units> => unitsOf(account);

function add(account: Account, by: Principal, { read, write }: Units): void {
  const name = by.kind === 'service' ? by.service : by.arn;
  const before = unitsOf(account).get(name) ?? { read: 0, write: 0 };
  unitsOf(account).set(name, { read: before.read + read, write: before.write + write });
}

const steps = (bytes: number, size: number): number => Math.max(1, Math.ceil(bytes / size));

/** A read of so many items at once: a unit per 4 KB, half of one where it need not be consistent; nothing found costs as much as 4 KB. */
export function consumeRead(account: Account, by: Principal, items: readonly Item[], consistent: boolean): void {
  const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
  add(account, by, { read: steps(bytes, 4096) * (consistent ? 1 : 0.5), write: 0 });
}

/**
 * A write: a unit per KB of the larger of the item before and after, for a condition that failed too; and one for each entry of an index that
 * comes, goes or moves (developer guide, "Read and write capacity", "Global secondary indexes": provisioned throughput).
 */
export function consumeWrite(
  account: Account,
  by: Principal,
  item: { readonly before: Item | undefined; readonly after: Item | undefined; readonly table: TableDescription },
): void {
  const { before, after, table } = item;
  const bytes = Math.max(before ? itemBytes(before) : 0, after ? itemBytes(after) : 0);
  add(account, by, { read: 0, write: steps(bytes, 1024) + indexEntries(before, after, table) });
}

function indexEntries(
  before: Item | undefined,
  after: Item | undefined,
  { GlobalSecondaryIndexes = [] }: TableDescription,
) {
  return GlobalSecondaryIndexes.reduce((sum, { KeySchema = [] }) => {
    const key = (of: Item | undefined): string | undefined => {
      const values = KeySchema.map(({ AttributeName = '' }) => of?.[AttributeName]);
      return values.includes(undefined) ? undefined : JSON.stringify(values);
    };
    const [old, now] = [key(before), key(after)];
    if (old === now) return sum;
    return sum + (old === undefined ? 0 : 1) + (now === undefined ? 0 : 1);
  }, 0);
}
