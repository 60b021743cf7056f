import { describe, expect, it } from 'vitest';
import { messageFilter } from '../../../../sandbox/services/logs/filterPattern.ts';

/** The events of AWS's user guide ("Filter and Pattern Syntax"), in one. */
const event = {
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [{ id: 2, email: 'John.Doe@example.com' }],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
  ],
  latency: 1500,
  'error-code': '404',
  status: 404,
  literal: 'Ev*ent',
};
const passes = (pattern: string, message: unknown = event): boolean =>
  messageFilter(pattern)(typeof message === 'string' ? message : JSON.stringify(message));

describe('a JSON pattern', () => {
  it.each([
    '{ $.eventType = "UpdateTrail" }',
    '{$.eventType=UpdateTrail}',
    '{ $.sourceIPAddress != 123.123.* }',
    '{ $.sourceIPAddress = 111.111.* }',
    '{ $.eventType = *Trail }',
    '{ $.eventType = *dateTr* }',
    '{ $.literal = "Ev*ent" }',
    '{ $.arrayKey[0] = "value" }',
    '{ $.objectList[1].id = 2 }',
    '{ $.SomeObject IS NULL }',
    '{ $.SomeOtherObject NOT EXISTS }',
    '{ $.user.name NOT EXISTS }',
    '{ $.ThisFlag IS TRUE }',
    '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }',
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
    '{ $.latency >= 1500 && $.latency <= 1.5e3 && $.latency > +1000 && $.latency < 10e3 }',
    '{ $.coordinates[1][2] = 6 }',
    '{ $.error-code = 404 }',
    '{ $.status = 4* }',
    '{ $.latency = * }',
    '{ $.status != 500 }',
  ])('lets through: %s', (pattern) => {
    expect(passes(pattern)).toBe(true);
  });

  it.each([
    '{ $.eventType = "updatetrail" }',
    '{ $.eventType = Up*ail }',
    '{ $.sourceIPAddress != 111.111.* }',
    '{ $.arrayKey[2] = "value" }',
    '{ $.user[0] = 1 }',
    '{ $.arrayKey.length = 2 }',
    '{ $.SomeObject NOT EXISTS }',
    '{ $.eventType IS NULL }',
    '{ $.SomeOtherObject IS NULL }',
    '{ $.ThisFlag IS FALSE }',
    '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }',
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
    '{ $.eventType > 3 }',
    '{ $.latency > 1500 }',
    '{ $.none != 3 }',
    // Of a list nothing is true, not even that it differs.
    '{ $.actions = 1 }',
    '{ $.actions != 1 }',
    '{ $.constructor = * }',
  ])('holds back: %s', (pattern) => {
    expect(passes(pattern)).toBe(false);
  });

  it('holds back what is no JSON, and JSON that no selector leads into', () => {
    for (const message of ['ERROR {"a":1}', '', '5', 'null']) expect(passes('{ $.a NOT EXISTS }', message)).toBe(false);
    expect(passes('{ $[1].a = 2 }', [{}, { a: 2 }])).toBe(true);
  });

  it.each([
    ['expected a value at character 9', '{ $.a = }'],
    ['expected =, !=, <, >, <=, >=, IS or NOT EXISTS at character 7', '{ $.a }'],
    ['expected a property such as $.name at character 3', '{ a = 1 }'],
    ['expected "}" at character 10', '{ $.a = 1'],
    ['expected the end at character 13', '{ $.a = 1 } x'],
    ['expected ")" at character 12', '{ ($.a = 1 }'],
    ['it cannot be read at character 11', '{ $.a = 1 & $.b = 2 }'],
    ['expected a number at character 9', '{ $.a > "b" }'],
    ['expected NULL, TRUE or FALSE at character 10', '{ $.a IS SOME }'],
    ['expected EXISTS at character 11', '{ $.a NOT NULL }'],
    ['this account does not model regular expressions', '{ $.a = %x% }'],
    ['expected fewer parentheses', `{ ${'('.repeat(500)} }`],
    ['it has more than 1024 characters', `{ $.a = "${'x'.repeat(1024)}" }`],
  ])('that cannot be read is refused with where and why: %s', (why, pattern) => {
    expect(() => messageFilter(pattern)).toThrow(
      expect.objectContaining({ code: 'InvalidParameterException', message: expect.stringContaining(why) }),
    );
  });
});

describe('a pattern of words', () => {
  const lines = ['ERROR WARN message', 'ERROR message', 'WARN message', 'Exiting with a b', 'a "quoted" word'];
  const found = (pattern: string): readonly string[] => lines.filter(messageFilter(pattern));

  it('asks for all words, one of ?words and no -word; a phrase as it stands', () => {
    expect(found('ERROR WARN')).toEqual(['ERROR WARN message']);
    expect(found('?ERROR ?WARN')).toEqual(['ERROR WARN message', 'ERROR message', 'WARN message']);
    expect(found('ERROR -WARN')).toEqual(['ERROR message']);
    expect(found('"message" - "WARN"')).toEqual(['ERROR message']);
    expect(found('?ERROR ?Exiting -WARN "with a"')).toEqual(['Exiting with a b']);
    expect(found('"a \\"quoted\\""')).toEqual(['a "quoted" word']);
    expect(found('error')).toEqual([]);
    expect(found('  ')).toEqual(lines);
  });

  it.each(['[ip, user]', '%ERR.*%', 'a.b', '"open', 'ERROR -'])('refuses what it cannot read: %s', (pattern) => {
    expect(() => messageFilter(pattern)).toThrow(expect.objectContaining({ code: 'InvalidParameterException' }));
  });
});
