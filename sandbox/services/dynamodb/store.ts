import { Readable } from 'node:stream';
import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { type Account, AwsError } from '../../account.ts';
import type { Done, Failure, Item, ItemDb, Store } from './dynaliteShapes.ts';
import { itemBytes, MAX_ITEM_BYTES } from './itemSize.ts';
import type { OrderedMap } from './orderedMap.ts';
import { dynamoState, type IndexWrite, type Table, tableByName, writeIndexes } from './state.ts';

/** One request's view of the account's tables: writes take effect together at `commit`, or never. */
export interface UnitOfWork extends Store {
  /** The item the request was about, as it was before. */
  existing: Item | undefined;
  /** What it is to be; null when it goes; undefined where nothing is written. */
  written: Item | null | undefined;
  commit(): void;
}

const notFound = (): Failure => Object.assign(new Error('NotFound'), { name: 'NotFoundError' });

export function unitOfWork(account: Account): UnitOfWork {
  const writes: (() => void)[] = [];
  const indexWrites = new Map<string, IndexWrite[]>();

  const db = (map: OrderedMap, put: (key: string, item: Item | null) => void): ItemDb => ({
    get: (key, done) => {
      const item = map.get(key);
      work.existing = item;
      if (item) done(null, item);
      else done(notFound());
    },
    put: (key, item, done) => {
      if (itemBytes(item) > MAX_ITEM_BYTES) return done(tooLarge());
      put(key, item);
      done(null);
    },
    del: (key, done) => {
      put(key, null);
      done(null);
    },
    // Everything calls back at once, so nothing can come in between.
    lock: (_key, run) => run((done) => done),
    createValueStream: (range) => Readable.from(map.range(range)),
  });

  const work: UnitOfWork = {
    existing: undefined,
    written: undefined,
    options: { maxItemSize: MAX_ITEM_BYTES },
    getTable: (name, done) => tryDone(done, () => tableByName(account, name).description),
    getItemDb: (name) => {
      const { items, description } = tableByName(account, name);
      return db(items, (key, item) => {
        if (item !== null) checkIndexKeys(description, item);
        work.written = item;
        writes.push(() => (item === null ? items.delete(key) : items.set(key, item)));
      });
    },
    getIndexDb: (_type, name, index) =>
      db(indexOf(tableByName(account, name), index), (key, item) => {
        const ofTable = indexWrites.get(name) ?? [];
        ofTable.push({ index, key, item });
        indexWrites.set(name, ofTable);
      }),
    commit: () => {
      for (const write of writes) write();
      for (const [table, entries] of indexWrites) commitIndexes(account, table, entries);
    },
  };
  return work;
}

/** Text may be empty, but not where it is the key of an index (PutItem). */
function checkIndexKeys({ GlobalSecondaryIndexes = [] }: TableDescription, item: Item): void {
  for (const { IndexName, KeySchema = [] } of GlobalSecondaryIndexes) {
    const empty = KeySchema.find(({ AttributeName = '' }) => item[AttributeName]?.S === '');
    if (empty === undefined) continue;
    const words =
      'One or more parameter values are not valid. A value specified for a secondary index key is not supported. ' +
      'The AttributeValue for a key attribute cannot contain an empty string value.';
    throw new AwsError('ValidationException', `${words} IndexName: ${IndexName}, IndexKey: ${empty.AttributeName}`);
  }
}

function indexOf(table: Table, name: string): OrderedMap {
  const index = table.indexes.get(name);
  if (!index) throw new AwsError('ValidationException', `The table does not have the specified index: ${name}`);
  return index;
}

function commitIndexes(account: Account, table: string, writes: readonly IndexWrite[]): void {
  const { indexDelayMs } = dynamoState(account);
  if (indexDelayMs === 0) writeIndexes(tableByName(account, table), writes);
  else account.clock.after(indexDelayMs, 'dynamodb.index', JSON.parse(JSON.stringify({ table, writes })));
}

function tooLarge(): Failure {
  const message = 'Item size has exceeded the maximum allowed size';
  const body = { __type: 'com.amazon.coral.validate#ValidationException', message };
  return Object.assign(new Error(message), { statusCode: 400, body });
}

/** AwsError goes through dynalite as a failure of its own kind. */
function tryDone<T>(done: Done<T>, find: () => T): void {
  let found: T;
  try {
    found = find();
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    done(error);
    return;
  }
  done(null, found);
}
