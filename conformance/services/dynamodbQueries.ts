import {
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  type ScanCommandInput,
} from '@aws-sdk/client-dynamodb';
import { step } from '../script.ts';
import { TABLE } from './dynamodbWrites.ts';

const query = (input: Omit<QueryCommandInput, 'TableName'>) => () => new QueryCommand({ TableName: TABLE, ...input });

const own = { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: 'queried' } } };
const with_ = (values: QueryCommandInput['ExpressionAttributeValues']) => ({ ':pk': { S: 'queried' }, ...values });

const puts = [1, 2, 3, 10, 20].map((sk) =>
  step(
    `puts ${sk} for queries`,
    () =>
      new PutItemCommand({
        TableName: TABLE,
        Item: {
          pk: { S: 'queried' },
          sk: { N: String(sk) },
          n: { N: String(sk % 3) },
          ...(sk % 2 === 0 ? { kind: { S: 'even' } } : {}),
        },
      }),
  ),
);

const ranges: readonly (readonly [
  name: string,
  condition: string,
  values: QueryCommandInput['ExpressionAttributeValues'],
])[] = [
  ['equal', 'sk = :a', { ':a': { N: '3' } }],
  ['below', 'sk < :a', { ':a': { N: '10' } }],
  ['at the most', 'sk <= :a', { ':a': { N: '10' } }],
  ['above', 'sk > :a', { ':a': { N: '3' } }],
  ['between', 'sk BETWEEN :a AND :b', { ':a': { N: '2' }, ':b': { N: '10' } }],
  ['between, the wrong way round', 'sk BETWEEN :a AND :b', { ':a': { N: '10' }, ':b': { N: '2' } }],
  ['begins_with of a number', 'begins_with(sk, :a)', { ':a': { N: '1' } }],
  ['unequal', 'sk <> :a', { ':a': { N: '1' } }],
  ['of the wrong type', 'sk = :a', { ':a': { S: '1' } }],
];

const scan = (input: Omit<ScanCommandInput, 'TableName'>) => () => new ScanCommand({ TableName: TABLE, ...input });

/** Scan, which reads all that the steps before have put: in no order. */
const scans = [
  step(
    'scans with a filter',
    scan({
      FilterExpression: 'kind = :v',
      ExpressionAttributeValues: { ':v': { S: 'even' } },
      ProjectionExpression: 'pk, sk',
    }),
  ),
  step(
    'scans and counts',
    scan({ FilterExpression: 'pk = :v', ExpressionAttributeValues: { ':v': { S: 'queried' } }, Select: 'COUNT' }),
  ),
  step('scans the index', scan({ IndexName: 'byKind' })),
  step('refuses to scan no items', scan({ Limit: 0 })),
  step('refuses to scan a segment without how many there are', scan({ Segment: 0 })),
  step('refuses to scan an index that is not there', scan({ IndexName: 'byNothing' })),
  step('refuses to scan a table that is not there', () => new ScanCommand({ TableName: 'nowhere' }), { words: true }),
];

/** Query, on the table and on its index. */
export const queries = [
  ...puts,
  step('queries all of a key, numbers in order', query(own)),
  step('queries backwards', query({ ...own, ScanIndexForward: false, ProjectionExpression: 'sk' })),
  step('counts', query({ ...own, Select: 'COUNT' })),
  ...ranges.map(([name, condition, values]) =>
    step(
      `queries a range: ${name}`,
      query({
        KeyConditionExpression: `pk = :pk AND ${condition}`,
        ExpressionAttributeValues: with_(values),
        ProjectionExpression: 'sk',
      }),
    ),
  ),
  step('queries a page', query({ ...own, Limit: 2 })),
  step(
    'queries the next page',
    query({ ...own, Limit: 2, ExclusiveStartKey: { pk: { S: 'queried' }, sk: { N: '2' } } }),
  ),
  step('queries a page that ends with the last', query({ ...own, Limit: 5 })),
  step(
    'queries from a key that is not there',
    query({ ...own, ExclusiveStartKey: { pk: { S: 'queried' }, sk: { N: '5' } } }),
  ),
  step(
    'filters',
    query({
      ...own,
      FilterExpression: 'n = :n',
      ExpressionAttributeValues: with_({ ':n': { N: '1' } }),
    }),
  ),
  step(
    'filters a page, which counts before the filter',
    query({
      ...own,
      Limit: 2,
      FilterExpression: 'n = :n',
      ExpressionAttributeValues: with_({ ':n': { N: '1' } }),
    }),
  ),
  step(
    'refuses a filter on the key',
    query({
      ...own,
      FilterExpression: 'sk = :n',
      ExpressionAttributeValues: with_({ ':n': { N: '1' } }),
    }),
    { words: true },
  ),
  step(
    'refuses a query without a key',
    query({
      KeyConditionExpression: 'sk = :n',
      ExpressionAttributeValues: { ':n': { N: '1' } },
    }),
    { words: true },
  ),
  step(
    'refuses OR of keys',
    query({
      KeyConditionExpression: 'pk = :pk OR pk = :other',
      ExpressionAttributeValues: with_({ ':other': { S: 'x' } }),
    }),
  ),
  step('refuses a limit of none', query({ ...own, Limit: 0 })),
  step('queries what is not there', query({ ...own, ExpressionAttributeValues: { ':pk': { S: 'nobody' } } })),
  step(
    'queries the index, which has the keys alone',
    query({
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind AND sk > :p',
      ExpressionAttributeValues: { ':kind': { S: 'even' }, ':p': { N: '2' } },
    }),
  ),
  step(
    'queries a page of the index',
    query({
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'even' } },
      Limit: 1,
    }),
  ),
  step(
    'refuses a consistent read of the index',
    query({
      IndexName: 'byKind',
      ConsistentRead: true,
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'even' } },
    }),
    { words: true },
  ),
  step('refuses an index that is not there', query({ ...own, IndexName: 'byNothing' })),
  step(
    'refuses all attributes of an index that has its keys alone',
    query({
      IndexName: 'byKind',
      Select: 'ALL_ATTRIBUTES',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'even' } },
    }),
  ),
  ...scans,
];
