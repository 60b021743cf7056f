import {
  DeleteItemCommand,
  type DeleteItemCommandInput,
  GetItemCommand,
  type GetItemCommandInput,
  PutItemCommand,
  type PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { step } from '../script.ts';

export const TABLE = 'orders';

const key = (pk: string, sk = '1') => ({ pk: { S: pk }, sk: { N: sk } });

const put = (input: Omit<PutItemCommandInput, 'TableName'>) => () => new PutItemCommand({ TableName: TABLE, ...input });
const get = (input: Omit<GetItemCommandInput, 'TableName'>) => () => new GetItemCommand({ TableName: TABLE, ...input });
const remove = (input: Omit<DeleteItemCommandInput, 'TableName'>) => () =>
  new DeleteItemCommand({ TableName: TABLE, ...input });

const names = { '#s': 'state' };

/** A condition on the item that the first steps put: what it says of `state`, `n`, `tags`, `list` and `map`. */
const conditions: readonly (readonly [
  name: string,
  expression: string,
  values?: PutItemCommandInput['ExpressionAttributeValues'],
])[] = [
  ['equal', '#s = :v', { ':v': { S: 'open' } }],
  ['not equal, and it is', '#s <> :v', { ':v': { S: 'open' } }],
  ['a number less than another', 'attribute_exists(#s) AND n < :v', { ':v': { N: '10' } }],
  ['a number compared as text would be', 'attribute_exists(#s) AND n < :v', { ':v': { N: '100' } }],
  ['between', 'attribute_exists(#s) AND n BETWEEN :a AND :b', { ':a': { N: '5' }, ':b': { N: '7' } }],
  ['in a list of values', '#s IN (:a, :b)', { ':a': { S: 'shut' }, ':b': { S: 'open' } }],
  ['begins_with', 'begins_with(#s, :v)', { ':v': { S: 'op' } }],
  ['contains in a text', 'contains(#s, :v)', { ':v': { S: 'pe' } }],
  ['contains in a set', 'attribute_exists(#s) AND contains(tags, :v)', { ':v': { S: 'red' } }],
  ['contains in a list', 'attribute_exists(#s) AND contains(aList, :v)', { ':v': { N: '2' } }],
  ['contains of the wrong type', 'attribute_exists(#s) AND contains(tags, :v)', { ':v': { N: '1' } }],
  ['size of a text', 'size(#s) = :v', { ':v': { N: '4' } }],
  ['size of a set', 'attribute_exists(#s) AND size(tags) > :v', { ':v': { N: '1' } }],
  ['attribute_type', 'attribute_type(#s, :v)', { ':v': { S: 'S' } }],
  ['attribute_type, and it is another', 'attribute_type(#s, :v)', { ':v': { S: 'N' } }],
  ['a path into a map', 'attribute_exists(#s) AND aMap.own = :v', { ':v': { BOOL: true } }],
  ['a path into a list', 'attribute_exists(#s) AND aList[1] = :v', { ':v': { N: '2' } }],
  ['a path to nowhere', 'attribute_exists(#s) AND aMap.outer.deep = :v', { ':v': { N: '2' } }],
  ['a comparison of different types', '#s < :v', { ':v': { N: '2' } }],
  ['a comparison with what is not there', 'attribute_exists(#s) AND missing < :v', { ':v': { N: '2' } }],
  ['unequal to what is not there', 'attribute_exists(#s) AND missing <> :v', { ':v': { N: '2' } }],
  ['NOT, AND before OR', 'NOT #s = :v OR #s = :v AND attribute_exists(n)', { ':v': { S: 'open' } }],
  ['brackets', '(#s = :v OR #s = :w) AND n = :v', { ':v': { S: 'open' }, ':w': { S: 'x' } }],
  ['null', 'attribute_exists(#s) AND nothing = :v', { ':v': { NULL: true } }],
];

const item = {
  ...key('written'),
  state: { S: 'open' },
  n: { N: '7' },
  tags: { SS: ['red', 'blue'] },
  aList: { L: [{ N: '1' }, { N: '2' }] },
  aMap: { M: { own: { BOOL: true }, other: { S: 'x' } } },
  nothing: { NULL: true },
};

/** PutItem, GetItem and DeleteItem. */
export const writes = [
  step('puts an item', put({ Item: item })),
  step('puts it again and asks for the old one', put({ Item: item, ReturnValues: 'ALL_OLD' })),
  step('puts a new one and asks for the old one', put({ Item: key('fresh'), ReturnValues: 'ALL_OLD' })),
  step('gets the item', get({ Key: key('written'), ConsistentRead: true })),
  step(
    'gets parts of it',
    get({
      Key: key('written'),
      ProjectionExpression: '#s, aMap.own, aList[1]',
      ExpressionAttributeNames: names,
    }),
  ),
  step('gets what is not there', get({ Key: key('missing') })),
  step('asks what a get cost', get({ Key: key('written'), ReturnConsumedCapacity: 'TOTAL' })),
  step('refuses half a key', get({ Key: { pk: { S: 'written' } } }), { words: true }),
  step('refuses a key of the wrong type', get({ Key: { pk: { S: 'a' }, sk: { S: '1' } } }), { words: true }),
  step('refuses an item without its key', put({ Item: { pk: { S: 'a' } } }), { words: true }),
  step('refuses an empty key', put({ Item: { pk: { S: '' }, sk: { N: '1' } } })),
  step('refuses an index key of the wrong type', put({ Item: { ...key('a'), kind: { N: '1' } } })),
  step('refuses an empty index key', put({ Item: { ...key('a'), kind: { S: '' } } })),
  step('refuses an empty set', put({ Item: { ...key('a'), tags: { SS: [] } } })),
  step('refuses a set with a value twice', put({ Item: { ...key('a'), tags: { SS: ['x', 'x'] } } })),
  step('refuses a number of 39 digits', put({ Item: { ...key('a'), n: { N: '1'.repeat(39) } } })),
  step('takes a number of 38 digits', put({ Item: { ...key('digits'), n: { N: '1'.repeat(38) } } })),
  step('refuses what is no number', put({ Item: { ...key('a'), n: { N: 'seven' } } })),
  step(
    'puts numbers that are written at length',
    put({ Item: { ...key('numbers'), a: { N: '007' }, b: { N: '1.50' }, c: { N: '1e3' }, d: { N: '-0' } } }),
  ),
  step('gets them back short', get({ Key: key('numbers') })),
  step('takes an empty text that is no key', put({ Item: { ...key('empty'), s: { S: '' } } })),
  step('refuses an item above 400 KB', put({ Item: { ...key('big'), s: { S: 'x'.repeat(410_000) } } }), {
    words: true,
  }),
  step('refuses a table that is not there', () => new GetItemCommand({ TableName: 'nowhere', Key: key('a') }), {
    words: true,
  }),
  step(
    'refuses a second put of what must not be there',
    put({
      Item: key('written'),
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
    { words: true },
  ),
  step(
    'refuses it and gives back what is there',
    put({
      Item: key('written'),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    }),
  ),
  step(
    'puts what must not be there and is not',
    put({
      Item: key('conditional'),
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  ),
  ...conditions.map(([name, expression, values]) =>
    step(
      `puts on a condition: ${name}`,
      put({
        Item: item,
        ConditionExpression: expression,
        ExpressionAttributeNames: names,
        ...(values === undefined ? {} : { ExpressionAttributeValues: values }),
      }),
    ),
  ),
  step(
    'refuses a value that is not used',
    put({
      Item: item,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':v': { S: 'x' } },
    }),
    { words: true },
  ),
  step(
    'refuses a name that is not used',
    put({
      Item: item,
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: names,
    }),
    { words: true },
  ),
  step('refuses a value that is not defined', put({ Item: item, ConditionExpression: 'n = :v' })),
  step('refuses a condition that is none', put({ Item: item, ConditionExpression: 'n =' })),
  step(
    'refuses a reserved word',
    put({
      Item: item,
      ConditionExpression: 'state = :v',
      ExpressionAttributeValues: { ':v': { S: 'x' } },
    }),
  ),
  step(
    'deletes on a condition that fails',
    remove({
      Key: key('written'),
      ConditionExpression: 'n = :v',
      ExpressionAttributeValues: { ':v': { N: '8' } },
    }),
    { words: true },
  ),
  step('deletes and gives back what was there', remove({ Key: key('written'), ReturnValues: 'ALL_OLD' })),
  step('deletes what is not there', remove({ Key: key('written'), ReturnValues: 'ALL_OLD' })),
  step(
    'deletes on a condition what is not there',
    remove({
      Key: key('written'),
      ConditionExpression: 'attribute_exists(pk)',
    }),
  ),
  // What only one side took is not to be seen later.
  step('clears what was refused', remove({ Key: key('a') })),
];
