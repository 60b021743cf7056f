import type { QueryOutput } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../../../sandbox/account.ts';
import { dynamodbService } from '../../../../sandbox/services/dynamodb/service.ts';
import { itemsOf } from '../../../../sandbox/services/dynamodb/state.ts';
import { invoke } from '../../invoke.ts';
import { Expressions } from './expressionOf.ts';
import { applied, holds, type Item, type Write, write } from './randomWrites.ts';
import { withTable } from './table.ts';

type Outcome = 'done' | 'ConditionalCheckFailedException' | 'ValidationException';

const TableName = 'incidents';
const keyOf = (key: string): Item => ({ pk: { S: key }, sk: { S: 'head' } });

/** What a write does to the model, by the words of the DynamoDB reference. */
function expected(model: Map<string, Item>, step: Write): Outcome {
  const before = model.get(step.key);
  if (step.condition && !holds(step.condition, before ?? {})) return 'ConditionalCheckFailedException';
  if (step.kind === 'delete') model.delete(step.key);
  else {
    const after =
      step.kind === 'put'
        ? { ...keyOf(step.key), ...step.attributes }
        : applied(before ?? keyOf(step.key), step.updates);
    if (!after) return 'ValidationException';
    model.set(step.key, after);
  }
  return 'done';
}

function request(step: Write): { readonly name: string; readonly input: object } {
  const expressions = new Expressions();
  const update = step.kind === 'update' ? { UpdateExpression: expressions.update(step.updates) } : {};
  const condition = step.condition ? { ConditionExpression: expressions.condition(step.condition) } : {};
  const shared = { TableName, ...condition, ...expressions.members(), ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
  if (step.kind === 'put') {
    return { name: 'PutItem', input: { ...shared, Item: { ...keyOf(step.key), ...step.attributes } } };
  }
  if (step.kind === 'delete') return { name: 'DeleteItem', input: { ...shared, Key: keyOf(step.key) } };
  return { name: 'UpdateItem', input: { ...shared, ...update, Key: keyOf(step.key), ReturnValues: 'ALL_NEW' } };
}

const byKey = (items: readonly Item[]): Item[] =>
  [...items].sort((a, b) => ((a['pk']?.S ?? '') < (b['pk']?.S ?? '') ? -1 : 1));

test('random conditional writes do to a table what they do to a plain model', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(write, { minLength: 1, maxLength: 12 }), async (steps) => {
      const fake = withTable();
      const model = new Map<string, Item>();
      for (const step of steps) {
        const before = model.get(step.key);
        const outcome = expected(model, step);
        const { name, input } = request(step);
        const answer = await invoke<{ Attributes?: Item }>(dynamodbService, name, input, fake.call()).catch(
          (error: unknown) => error,
        );
        if (answer instanceof AwsError) {
          expect([answer.code, answer.message]).toEqual([outcome, expect.any(String)]);
          if (outcome === 'ConditionalCheckFailedException' && before) expect(answer).toHaveProperty('Item', before);
        } else {
          expect(outcome).toBe('done');
          if (step.kind === 'update') expect(answer).toMatchObject({ Attributes: model.get(step.key) });
        }
      }
      expect(byKey(itemsOf(fake.account, TableName))).toEqual(byKey([...model.values()]));
      for (const g of ['u', 'v']) {
        const found = await invoke<QueryOutput>(
          dynamodbService,
          'Query',
          {
            TableName,
            IndexName: 'by-g',
            KeyConditionExpression: 'g = :g',
            ExpressionAttributeValues: { ':g': { S: g } },
          },
          fake.call(),
        );
        expect(found.Items).toEqual(byKey([...model.values()].filter((item) => item['g']?.S === g)));
      }
    }),
    { numRuns: process.env['FIREBREAK_FULL'] ? 5000 : 150 },
  );
  // Only a limit for a busy machine: it takes about a second.
}, 120_000);
