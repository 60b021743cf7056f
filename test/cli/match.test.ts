import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { matchCases, matchFiles } from '../../cli/match.ts';

const matched = (pattern: string, event: string) =>
  matchFiles({ name: 'pattern.json', text: pattern }, { name: '-', text: event });

describe('match PATTERN EVENT', () => {
  it.each([
    ['{"a":[1]}', '{"a":1}', 0, 'yes: a is 1'],
    ['{"a":[1]}', '{"a":2}', 1, 'no: a 2 is not 1'],
    [
      '{"a":{"b":[{"numeric":[">"]}]}}',
      '{}',
      2,
      'pattern.json: invalid pattern: a.b[0].numeric must be one comparison, or two for a range (for example [">", 0, "<=", 5])',
    ],
    ['{}', '{}', 2, 'pattern.json: invalid pattern: must not be empty'],
    ['{"a":[1]}', '[]', 2, 'standard input: the event is not a JSON object'],
  ])('%s on %s gives %i', (pattern, event, exit, line) => {
    expect(matched(pattern, event)).toEqual({ exit, line });
  });

  it('says which file is not JSON', () => {
    expect(matched('{', '{}')).toMatchObject({
      exit: 2,
      line: expect.stringMatching(/^pattern\.json: the pattern is not JSON: /),
    });
    expect(matched('{"a":[1]}', '')).toMatchObject({
      exit: 2,
      line: expect.stringMatching(/^standard input: the event is not JSON: /),
    });
  });
});

describe('match --cases', () => {
  it('gives a line for each case, in order, and goes on after a bad one', () => {
    const lines = [
      '{"pattern":{"a":[1]},"event":{"a":1},"note":"ignored"}',
      '{"pattern":{"a":[1]},"event":{"a":2}}',
      '{"pattern":{"a":[{"prefx":"x"}]},"event":{}}',
      '{"pattern":{"a":[1]}',
      '{"pattern":{"a":[1]}}',
      '{"event":{}}',
      '7',
      '{"pattern":{"a":[1]},"event":{"a":[2,1]}}',
    ];
    const answers = matchCases(`${lines.join('\r\n')}\n`);
    expect(answers.map((answer) => answer.replace(/(?<=^invalid: not JSON).*/, ''))).toEqual([
      'yes',
      'no',
      'invalid: a[0].prefx "prefx" is not an operator here (did you mean "prefix"?)',
      'invalid: not JSON',
      'invalid: the event is not an object',
      'invalid: a pattern must be an object',
      'invalid: not an object with a pattern and an event',
      'yes',
    ]);
  });

  it("gives what AWS's own matcher decides", () => {
    const text = readFileSync(new URL('../rules/pattern/cases.jsonl', import.meta.url), 'utf8');
    const wanted = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).expect);
    expect(matchCases(text).map((answer) => answer.replace(/:.*/, ''))).toEqual(wanted);
  });
});
