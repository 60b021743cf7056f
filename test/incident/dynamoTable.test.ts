import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/incident/dynamoTable.ts';
import { DynamoDBClient, GetItemCommand, QueryCommand, UpdateItemCommand } from '../../shared/platform/sdk/dynamodb.ts';

const dynamo = mockClient(DynamoDBClient);
const table = dynamoTable(new DynamoDBClient({ region: 'us-east-1' }), 'incidents');
const key = { pk: 'p', sk: 's' };
const named = (name: string): Error => Object.assign(new Error('from AWS'), { name });

beforeEach(() => {
  dynamo.reset();
  dynamo.onAnyCommand().rejects(new Error('not mocked'));
});

describe('the table on DynamoDB', () => {
  it('reads strongly consistently by key and by partition', async () => {
    dynamo.on(GetItemCommand).resolves({});
    dynamo.on(QueryCommand).resolves({ Items: [] });
    await table.get(key);
    await table.query('p', 'x');
    expect(dynamo.commandCalls(GetItemCommand)[0]?.args[0].input).toMatchObject({ ConsistentRead: true });
    expect(dynamo.commandCalls(QueryCommand)[0]?.args[0].input).toMatchObject({ ConsistentRead: true });
  });

  it.each(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'])(
    'names %s as Throttled',
    async (name) => {
      dynamo.on(UpdateItemCommand).rejects(named(name));
      await expect(table.update(key, {}, { set: { a: 1 } })).rejects.toMatchObject({ name: 'Throttled' });
    },
  );

  it('answers a condition that failed, and throws what is no condition', async () => {
    dynamo.on(UpdateItemCommand).rejects(named('ConditionalCheckFailedException'));
    expect(await table.update(key, {}, { set: { a: 1 } })).toBeUndefined();
    dynamo.on(UpdateItemCommand).rejects(named('ResourceNotFoundException'));
    await expect(table.update(key, {}, { set: { a: 1 } })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('never changes an item that is not there', async () => {
    dynamo.on(UpdateItemCommand).resolves({});
    await table.update(key, {}, { set: { a: 1 } });
    expect(dynamo.commandCalls(UpdateItemCommand)[0]?.args[0].input.ConditionExpression).toContain('attribute_exists');
  });
});
