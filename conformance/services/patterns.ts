import { TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { step } from '../script.ts';

const event = {
  version: '0',
  id: '7bf73129-1428-4cd3-a780-95db273d1602',
  'detail-type': 'Order Placed',
  source: 'shop.orders',
  account: '123456789012',
  time: '2026-11-20T02:00:00Z',
  region: 'us-east-1',
  resources: ['arn:aws:ecs:us-east-1:123456789012:cluster/prod'],
  detail: {
    state: 'paid',
    amount: 42.5,
    none: null,
    flag: true,
    empty: '',
    ip: '10.0.0.7',
    path: 'images/cat.png',
    list: ['a', 'b'],
    lines: [
      { sku: 'x', count: 1 },
      { sku: 'y', count: 2 },
    ],
    nested: { deep: { er: 'value' } },
  },
};

/** Patterns on `detail`, by what they ask. */
const patterns: readonly (readonly [name: string, detail: object])[] = [
  ['a value', { state: ['paid'] }],
  ['one of several values', { state: ['open', 'paid'] }],
  ['another value', { state: ['open'] }],
  ['a number as it is written', { amount: [42.5] }],
  ['a number written otherwise', { amount: [42.5] }],
  ['a number as text', { amount: ['42.5'] }],
  ['a truth', { flag: [true] }],
  ['null', { none: [null] }],
  ['null where nothing is', { missing: [null] }],
  ['an empty text', { empty: [''] }],
  ['a member of a list', { list: ['b'] }],
  ['no member of a list', { list: ['c'] }],
  ['a field of objects in a list', { lines: { sku: ['y'] } }],
  ['two fields of one object in a list', { lines: { sku: ['x'], count: [1] } }],
  ['two fields of different objects in a list', { lines: { sku: ['x'], count: [2] } }],
  ['deep within', { nested: { deep: { er: ['value'] } } }],
  ['prefix', { state: [{ prefix: 'pa' }] }],
  ['prefix, and it is another', { state: [{ prefix: 'op' }] }],
  ['prefix in any case', { state: [{ prefix: { 'equals-ignore-case': 'PA' } }] }],
  ['suffix', { path: [{ suffix: '.png' }] }],
  ['suffix in any case', { path: [{ suffix: { 'equals-ignore-case': '.PNG' } }] }],
  ['any case', { state: [{ 'equals-ignore-case': 'PAID' }] }],
  ['wildcard', { path: [{ wildcard: 'images/*.png' }] }],
  ['wildcard, and it is another', { path: [{ wildcard: 'texts/*' }] }],
  ['anything but a value', { state: [{ 'anything-but': 'open' }] }],
  ['anything but its value', { state: [{ 'anything-but': ['open', 'paid'] }] }],
  ['anything but a number', { amount: [{ 'anything-but': [1, 2] }] }],
  ['anything but a prefix', { state: [{ 'anything-but': { prefix: 'op' } }] }],
  ['anything but a suffix', { state: [{ 'anything-but': { suffix: 'id' } }] }],
  ['anything but in any case', { state: [{ 'anything-but': { 'equals-ignore-case': 'PAID' } }] }],
  ['anything but a wildcard', { path: [{ 'anything-but': { wildcard: '*.jpg' } }] }],
  ['anything but where nothing is', { missing: [{ 'anything-but': 'x' }] }],
  ['numeric, equal', { amount: [{ numeric: ['=', 42.5] }] }],
  ['numeric, between', { amount: [{ numeric: ['>', 40, '<=', 50] }] }],
  ['numeric, outside', { amount: [{ numeric: ['<', 40] }] }],
  ['numeric of a text', { state: [{ numeric: ['>', 1] }] }],
  ['exists', { state: [{ exists: true }] }],
  ['exists, and it does not', { missing: [{ exists: true }] }],
  ['exists not', { missing: [{ exists: false }] }],
  ['exists not, and it does', { state: [{ exists: false }] }],
  ['exists of what has parts', { nested: [{ exists: true }] }],
  ['cidr', { ip: [{ cidr: '10.0.0.0/24' }] }],
  ['cidr, and it is outside', { ip: [{ cidr: '10.0.1.0/24' }] }],
  ['$or', { $or: [{ state: ['open'] }, { amount: [{ numeric: ['>', 40] }] }] }],
  ['$or, neither', { $or: [{ state: ['open'] }, { flag: [false] }] }],
  ['several fields', { state: ['paid'], flag: [true] }],
  ['several fields, one of them another', { state: ['paid'], flag: [false] }],
];

/** Patterns that are none. */
const refused: readonly (readonly [name: string, pattern: string])[] = [
  ['no JSON', '{'],
  ['a value without a list', '{"source":"shop.orders"}'],
  ['an empty list', '{"source":[]}'],
  ['an unknown filter', '{"source":[{"sounds-like":"x"}]}'],
  ['a numeric without a number', '{"detail":{"amount":[{"numeric":[">","x"]}]}}'],
  ['a numeric the wrong way round', '{"detail":{"amount":[{"numeric":[">",5,"<",1]}]}}'],
  ['a prefix that is a number', '{"source":[{"prefix":1}]}'],
  ['an exists that is text', '{"source":[{"exists":"yes"}]}'],
  ['a list of all', '["shop.orders"]'],
  ['nothing', '{}'],
];

const test =
  (EventPattern: string, Event: object | string = event) =>
  () =>
    new TestEventPatternCommand({ EventPattern, Event: typeof Event === 'string' ? Event : JSON.stringify(Event) });

const { resources: _resources, ...withoutResources } = event;

/** Each pattern as a rule's: moto answers nothing to TestEventPattern, but delivers by its patterns. */
export const patternRules = patterns.map(([name, detail], at) => ({
  name,
  rule: `pattern-${at}`,
  pattern: { source: ['shop.orders'], detail: detail as Record<string, unknown> },
}));

/** The event that all of them are asked about. */
export const patternEvent = event;

/** TestEventPattern. */
export const patternSteps = [
  step('matches', test('{"source":["shop.orders"],"detail":{"state":["paid"]}}')),
  step('does not match', test('{"source":["shop.orders"],"detail":{"state":["open"]}}')),
  step(
    'matches the envelope',
    test('{"source":["shop.orders"],"detail-type":["Order Placed"],"account":["123456789012"]}'),
  ),
  step('matches a resource by prefix', test('{"resources":[{"prefix":"arn:aws:ecs:"}]}')),
  ...refused.map(([name, pattern]) => step(`refuses a pattern: ${name}`, test(pattern))),
  step('refuses an event that is no JSON', test('{"source":["shop.orders"]}', '{')),
  step('refuses an event without its resources', test('{"source":["shop.orders"]}', withoutResources)),
];
