import type { Json } from '../platform/json.ts';
import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '../platform/sdk/dynamodb.ts';
import { throttled } from '../platform/throttling.ts';
import { fromAttributes, toAttribute, toAttributes } from './attributeValue.ts';
import type { Change, Expect, Item, Key, Room, Table } from './table.ts';

const keyOf = ({ pk, sk }: Key): Record<string, AttributeValue> => ({ pk: { S: pk }, sk: { S: sk } });

const itemOf = (attributes: Record<string, AttributeValue>): Item => fromAttributes(attributes) as Item;

const present = (attributes: { readonly [name: string]: Json }): { readonly [name: string]: Json } =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null && value !== undefined));

/** Undefined when the condition did not hold. */
async function conditionally<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await throttled(call);
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return undefined;
    throw error;
  }
}

/** Attribute names and values as placeholders: ours contain `#`, `:` and `/`, which expressions do not take. */
function placeholders() {
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {};
  const name = (attribute: string): string => {
    const known = Object.entries(names).find(([, value]) => value === attribute);
    if (known !== undefined) return known[0];
    const made = `#a${Object.keys(names).length}`;
    names[made] = attribute;
    return made;
  };
  const value = (json: Json): string => {
    const made = `:v${Object.keys(values).length}`;
    values[made] = toAttribute(json);
    return made;
  };
  return { names, values, name, value };
}

function updateExpressions(expect: Expect, change: Change) {
  const { names, values, name, value } = placeholders();
  const sets = Object.entries(present(change.set ?? {})).map(([key, json]) => `${name(key)} = ${value(json)}`);
  const nulls = Object.entries(change.set ?? {}).flatMap(([key, json]) => (json === null ? [key] : []));
  const removes = [...(change.remove ?? []), ...nulls].map(name);
  const adds = Object.entries(change.add ?? {}).map(([key, by]) => `${name(key)} ${value(by)}`);
  const conditions = [
    `attribute_exists(${name('pk')})`,
    ...Object.entries(expect).map(([key, wanted]) =>
      wanted === null ? `attribute_not_exists(${name(key)})` : `${name(key)} = ${value(wanted)}`,
    ),
  ];
  const part = (word: string, list: readonly string[]): string[] =>
    list.length === 0 ? [] : [`${word} ${list.join(', ')}`];
  return {
    UpdateExpression: [...part('SET', sets), ...part('REMOVE', removes), ...part('ADD', adds)].join(' '),
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}

/** A set that is not there has room: there is none without members. */
function setExpressions(text: string, rooms: readonly Room[]) {
  const { names, values, name, value } = placeholders();
  const member = value(text);
  values[':set'] = { SS: [text] };
  const conditions = rooms.map(({ attribute, atMost }) => {
    const set = name(attribute);
    return `(attribute_not_exists(${set}) OR contains(${set}, ${member}) OR size(${set}) < ${value(atMost)})`;
  });
  return {
    UpdateExpression: `ADD ${rooms.map(({ attribute }) => `${name(attribute)} :set`).join(', ')}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/**
 * The table on DynamoDB: keys `pk` and `sk`, index `state` with hash key `gsi`. A condition that fails answers false or
 * undefined; what AWS throttles is thrown as Throttled, anything else as AWS named it.
 */
export function dynamoTable(client: DynamoDBClient, tableName: string): Table {
  const TableName = tableName;
  return {
    get: async (key) => {
      const read = new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true });
      const { Item: item } = await throttled(() => client.send(read));
      return item === undefined ? undefined : itemOf(item);
    },
    putIfAbsent: async (item) => {
      const put = new PutItemCommand({
        TableName,
        Item: toAttributes(present(item)),
        ConditionExpression: 'attribute_not_exists(pk)',
      });
      return (await conditionally(() => client.send(put))) !== undefined;
    },
    update: async (key, expect, change) => {
      const update = new UpdateItemCommand({
        TableName,
        Key: keyOf(key),
        ...updateExpressions(expect, change),
        ReturnValues: 'ALL_NEW',
      });
      const answer = await conditionally(() => client.send(update));
      return answer?.Attributes === undefined ? undefined : itemOf(answer.Attributes);
    },
    addToSets: async (key, text, rooms) => {
      const update = new UpdateItemCommand({ TableName, Key: keyOf(key), ...setExpressions(text, rooms) });
      return (await conditionally(() => client.send(update))) !== undefined;
    },
    query: (pk, prefix) =>
      allPages(client, (start) => ({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: pk }, ...(prefix === '' ? {} : { ':prefix': { S: prefix } }) },
        ...start,
      })),
    candidates: async (state) => {
      const found = await allPages(client, (start) => ({
        TableName,
        IndexName: 'state',
        KeyConditionExpression: 'gsi = :state',
        ExpressionAttributeValues: { ':state': { S: state } },
        ...start,
      }));
      return found.map(({ pk, sk }) => ({ pk, sk }));
    },
  };
}

type QueryInput = ConstructorParameters<typeof QueryCommand>[0];

async function allPages(
  client: DynamoDBClient,
  input: (start: { ExclusiveStartKey?: Record<string, AttributeValue> }) => QueryInput,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  let start: { ExclusiveStartKey?: Record<string, AttributeValue> } = {};
  for (;;) {
    const query = new QueryCommand(input(start));
    const page = await throttled(() => client.send(query));
    items.push(...(page.Items ?? []).map(itemOf));
    if (page.LastEvaluatedKey === undefined) return items;
    start = { ExclusiveStartKey: page.LastEvaluatedKey };
  }
}
