import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceNotFoundException,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dynamodbService } from '../../../../sandbox/services/dynamodb/service.ts';
import { createTable } from '../../../../sandbox/services/dynamodb/tables.ts';
import { openWire, type Wire } from '../openWire.ts';

const TableName = 'incidents';
const Key = { pk: { S: 'a' } };
let wire: Wire;
let client: DynamoDBClient;
beforeEach(async () => {
  wire = await openWire(dynamodbService);
  client = new DynamoDBClient(wire.config);
  createTable(wire.account, {
    name: TableName,
    keySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    attributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  });
});
afterEach(async () => {
  client.destroy();
  await wire.close();
});

test('the SDK writes, reads and queries', async () => {
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, seq: { N: '1' }, tags: { SS: ['x'] } } }));
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: 'SET seq = seq + :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  );
  expect(Attributes).toEqual({ seq: { N: '2' } });
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  expect(Item).toEqual({ ...Key, seq: { N: '2' }, tags: { SS: ['x'] } });
  const { Count } = await client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :p',
      ExpressionAttributeValues: { ':p': { S: 'a' } },
    }),
  );
  expect(Count).toBe(1);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  expect(Table?.CreationDateTime).toEqual(new Date('2026-11-24T08:00:00.000Z'));
});

test("a failed condition is the SDK's own error, with the item when asked for; a missing table too", async () => {
  await client.send(new PutItemCommand({ TableName, Item: { ...Key, by: { S: 'first' } } }));
  const again = client.send(
    new PutItemCommand({
      TableName,
      Item: Key,
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  );
  const error: unknown = await again.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ConditionalCheckFailedException);
  expect(error).toMatchObject({ Item: { by: { S: 'first' } } });
  await expect(client.send(new GetItemCommand({ TableName: 'other', Key }))).rejects.toBeInstanceOf(
    ResourceNotFoundException,
  );
});
