import {
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { step } from '../script.ts';
import { TABLE } from './dynamodbWrites.ts';

type Update = Omit<UpdateItemCommandInput, 'TableName' | 'Key'>;

const key = (pk: string) => ({ pk: { S: pk }, sk: { N: '1' } });
const update = (pk: string, input: Update) => () => new UpdateItemCommand({ TableName: TABLE, Key: key(pk), ...input });

/** Updates of one item, in order; each answers with the whole item as it is then. */
const changes: readonly (readonly [
  name: string,
  expression: string,
  values?: UpdateItemCommandInput['ExpressionAttributeValues'],
])[] = [
  ['makes an item', 'SET n = :v', { ':v': { N: '1' } }],
  ['adds to a number', 'ADD n :v', { ':v': { N: '2' } }],
  ['adds to a number that is not there', 'ADD m :v', { ':v': { N: '2' } }],
  ['counts up', 'SET n = n + :v', { ':v': { N: '40' } }],
  ['counts down', 'SET n = n - :v', { ':v': { N: '3' } }],
  ['swaps two attributes', 'SET n = m, m = n'],
  ['sets unless it is there, and it is', 'SET n = if_not_exists(n, :v)', { ':v': { N: '9' } }],
  ['sets unless it is there, and it is not', 'SET seen = if_not_exists(seen, :v)', { ':v': { N: '9' } }],
  [
    'counts from a default',
    'SET hits = if_not_exists(hits, :zero) + :one',
    { ':zero': { N: '0' }, ':one': { N: '1' } },
  ],
  ['makes a set', 'ADD tags :v', { ':v': { SS: ['a', 'b'] } }],
  ['adds to a set', 'ADD tags :v', { ':v': { SS: ['b', 'c'] } }],
  ['takes from a set', 'DELETE tags :v', { ':v': { SS: ['a', 'z'] } }],
  ['takes the last of a set', 'DELETE tags :v', { ':v': { SS: ['b', 'c'] } }],
  ['takes from a set that is not there', 'DELETE tags :v', { ':v': { SS: ['b'] } }],
  ['makes a list', 'SET aList = :v', { ':v': { L: [{ S: 'a' }, { S: 'b' }, { S: 'c' }] } }],
  ['appends to a list', 'SET aList = list_append(aList, :v)', { ':v': { L: [{ S: 'd' }] } }],
  ['puts in front of a list', 'SET aList = list_append(:v, aList)', { ':v': { L: [{ S: 'z' }] } }],
  [
    'appends to a list or makes it',
    'SET aLog = list_append(if_not_exists(aLog, :none), :v)',
    { ':none': { L: [] }, ':v': { L: [{ S: 'd' }] } },
  ],
  ['sets a member of a list', 'SET aList[1] = :v', { ':v': { S: 'A' } }],
  ['sets beyond the end of a list', 'SET aList[20] = :v', { ':v': { S: 'end' } }],
  ['removes members of a list', 'REMOVE aList[0], aList[2]'],
  ['makes a map', 'SET aMap = :v', { ':v': { M: { a: { N: '1' }, b: { M: {} } } } }],
  ['sets within a map', 'SET aMap.b.deep = :v, aMap.c = :v', { ':v': { S: 'x' } }],
  ['adds within a map', 'ADD aMap.a :v', { ':v': { N: '5' } }],
  ['removes within a map', 'REMOVE aMap.a, aMap.missing'],
  ['does all at once', 'SET s = :s REMOVE aLog ADD n :n', { ':s': { S: 'x' }, ':n': { N: '1' } }],
];

/** Updates that are refused. */
const refused: readonly (readonly [
  name: string,
  expression: string,
  values?: UpdateItemCommandInput['ExpressionAttributeValues'],
])[] = [
  ['a change of the key', 'SET pk = :v', { ':v': { S: 'x' } }],
  ['a path that is not there', 'SET nowhere.deep = :v', { ':v': { S: 'x' } }],
  ['a number from what is none', 'SET s = s + :v', { ':v': { N: '1' } }],
  ['a number from what is not there', 'SET fresh = missing + :v', { ':v': { N: '1' } }],
  ['an attribute that is not there as a value', 'SET fresh = missing'],
  ['ADD to a text', 'ADD s :v', { ':v': { N: '1' } }],
  ['ADD of a text', 'ADD fresh :v', { ':v': { S: 'x' } }],
  ['ADD of another kind of set', 'ADD n :v', { ':v': { SS: ['x'] } }],
  ['DELETE from a list', 'DELETE aList :v', { ':v': { SS: ['x'] } }],
  ['list_append to what is no list', 'SET s = list_append(s, :v)', { ':v': { L: [] } }],
  ['two paths that overlap', 'SET aMap = :v, aMap.a = :v', { ':v': { S: 'x' } }],
  ['one path twice', 'SET n = :v, n = :v', { ':v': { N: '1' } }],
  ['SET twice', 'SET n = :v SET m = :v', { ':v': { N: '1' } }],
  ['an expression that is none', 'SET n', undefined],
  ['an index key of the wrong type', 'SET kind = :v', { ':v': { N: '1' } }],
  ['an empty index key', 'SET kind = :v', { ':v': { S: '' } }],
];

const valued = (values: UpdateItemCommandInput['ExpressionAttributeValues']) =>
  values === undefined ? {} : { ExpressionAttributeValues: values };

/** UpdateItem. */
export const updates = [
  ...changes.map(([name, expression, values]) =>
    step(
      `an update ${name}`,
      update('updated', {
        UpdateExpression: expression,
        ReturnValues: 'ALL_NEW',
        ...valued(values),
      }),
    ),
  ),
  ...refused.map(([name, expression, values]) =>
    step(`an update refuses ${name}`, update('updated', { UpdateExpression: expression, ...valued(values) })),
  ),
  step(
    'an update makes a decimal',
    update('decimal', {
      UpdateExpression: 'SET n = :v',
      ExpressionAttributeValues: { ':v': { N: '0.1' } },
    }),
  ),
  step(
    'an update adds decimals',
    update('decimal', {
      UpdateExpression: 'ADD n :v',
      ExpressionAttributeValues: { ':v': { N: '0.2' } },
      ReturnValues: 'ALL_NEW',
    }),
  ),
  step('nothing that was refused is there', () => new GetItemCommand({ TableName: TABLE, Key: key('updated') })),
  step(
    'an update gives back what it changed, as it was',
    update('updated', {
      UpdateExpression: 'SET n = :v, fresh = :v REMOVE s',
      ExpressionAttributeValues: { ':v': { N: '5' } },
      ReturnValues: 'UPDATED_OLD',
    }),
  ),
  step(
    'an update gives back what it changed, as it is',
    update('updated', {
      UpdateExpression: 'SET n = :v, aMap.c = :w REMOVE fresh',
      ExpressionAttributeValues: { ':v': { N: '6' }, ':w': { S: 'y' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  ),
  step(
    'an update gives back all, as it was',
    update('updated', {
      UpdateExpression: 'SET n = :v',
      ExpressionAttributeValues: { ':v': { N: '7' } },
      ReturnValues: 'ALL_OLD',
    }),
  ),
  step(
    'an update that makes an item gives back nothing old',
    update('made', {
      UpdateExpression: 'SET n = :v',
      ExpressionAttributeValues: { ':v': { N: '7' } },
      ReturnValues: 'ALL_OLD',
    }),
  ),
  step('an update without an expression makes an item', update('bare', { ReturnValues: 'ALL_NEW' })),
  step(
    'an update on a condition that fails',
    update('updated', {
      UpdateExpression: 'SET n = :v',
      ConditionExpression: 'n < :v',
      ExpressionAttributeValues: { ':v': { N: '7' } },
    }),
    { words: true },
  ),
  step(
    'an update that fails gives back what is there',
    update('updated', {
      UpdateExpression: 'SET n = :v',
      ConditionExpression: 'n < :v',
      ExpressionAttributeValues: { ':v': { N: '7' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  ),
  step(
    'an update on a condition of what is not there',
    update('absent', {
      UpdateExpression: 'SET n = :v',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':v': { N: '7' } },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  ),
  step(
    'an update on two conditions',
    update('updated', {
      UpdateExpression: 'SET n = :new',
      ConditionExpression: 'n = :old OR attribute_not_exists(pk)',
      ExpressionAttributeValues: { ':new': { N: '8' }, ':old': { N: '7' } },
      ReturnValues: 'UPDATED_NEW',
    }),
  ),
  step(
    'an update brings an item above 400 KB',
    update('updated', {
      UpdateExpression: 'SET s = :v',
      ExpressionAttributeValues: { ':v': { S: 'x'.repeat(409_600) } },
    }),
    { words: true },
  ),
  step(
    'a put replaces the whole item',
    () => new PutItemCommand({ TableName: TABLE, Item: { ...key('updated'), only: { BOOL: false } } }),
  ),
  step('nothing is left of it', () => new GetItemCommand({ TableName: TABLE, Key: key('updated') })),
];
