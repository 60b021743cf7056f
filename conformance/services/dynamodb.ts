import {
  BatchGetItemCommand,
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { createTable } from '../../sandbox/services/dynamodb/tables.ts';
import { type Script, step, withClient } from '../script.ts';
import { queries } from './dynamodbQueries.ts';
import { updates } from './dynamodbUpdates.ts';
import { TABLE, writes } from './dynamodbWrites.ts';

const shape = {
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'N' },
    { AttributeName: 'kind', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byKind',
      KeySchema: [
        { AttributeName: 'kind', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'KEYS_ONLY' },
    },
  ],
} satisfies Partial<CreateTableCommandInput>;

export const dynamodb: Script = {
  service: 'dynamodb',
  client: (connection) => new DynamoDBClient(connection),
  sandbox: (account) => {
    createTable(account, {
      name: TABLE,
      keySchema: shape.KeySchema,
      attributeDefinitions: shape.AttributeDefinitions,
      gsis: shape.GlobalSecondaryIndexes,
    });
  },
  moto: (connection) =>
    withClient(new DynamoDBClient(connection), (client) =>
      client.send(new CreateTableCommand({ TableName: TABLE, BillingMode: 'PAY_PER_REQUEST', ...shape })),
    ),
  fields: {
    TableId: 'id',
    CreationDateTime: 'time',
    LastUpdateToPayPerRequestDateTime: 'time',
    AttributeDefinitions: 'unordered',
    // Sets and the answers of a batch come in any order.
    SS: 'unordered',
    NS: 'unordered',
    'Responses.orders': 'unordered',
    TableNames: 'unordered',
  },
  steps: [
    step('describes the table while it is empty', () => new DescribeTableCommand({ TableName: TABLE })),
    step('describes a table that is not there', () => new DescribeTableCommand({ TableName: 'nowhere' })),
    step('lists tables', () => new ListTablesCommand({})),
    ...writes,
    ...updates,
    ...queries,
    step(
      'reads two of three keys of a batch',
      () =>
        new BatchGetItemCommand({
          RequestItems: {
            [TABLE]: {
              Keys: ['1', '2', '99'].map((sk) => ({ pk: { S: 'queried' }, sk: { N: sk } })),
              ProjectionExpression: 'sk, n',
            },
          },
        }),
    ),
    step(
      'refuses a key twice in a batch',
      () =>
        new BatchGetItemCommand({
          RequestItems: { [TABLE]: { Keys: ['1', '1'].map((sk) => ({ pk: { S: 'queried' }, sk: { N: sk } })) } },
        }),
      { words: true },
    ),
    step(
      'refuses a batch of 101 keys',
      () =>
        new BatchGetItemCommand({
          RequestItems: {
            [TABLE]: { Keys: Array.from({ length: 101 }, (_, at) => ({ pk: { S: 'many' }, sk: { N: String(at) } })) },
          },
        }),
    ),
    step(
      'refuses a batch from a table that is not there',
      () => new BatchGetItemCommand({ RequestItems: { nowhere: { Keys: [{ pk: { S: 'a' } }] } } }),
    ),
  ],
};
