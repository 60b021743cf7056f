import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { compileRuleSet } from '../../shared/rules/compile.ts';

describe('what lint says of a wrong value', () => {
  const said = (text: string) =>
    compileRuleSet([{ path: 'rules/r', text }], catalogue).problems.map(
      ({ line, message, suggestion }) => `${line}: ${message}${suggestion === '' ? '' : `; ${suggestion}`}`,
    );
  const rule = (when: string, rest = '') => `name: r\nwhen: ${when}\ndo: [evidence.capture]\n${rest}`;

  it.each([
    [
      rule('{ type: [ImageScan] }').replace('[evidence.capture]', 'evidence.capture'),
      '"do" must be a list, and is a text; in brackets: [evidence.capture]',
    ],
    [
      rule('{ type: [ImageScan] }', 'limits:\n'),
      '"limits" must be a map of keys and values, and is nothing; fill it in, or take the key out',
    ],
    [rule('{ toString: [open] }'), 'there is no field "toString"; one of'],
    [rule('{ resource: { tags: [1.10] } }'), 'never fits; in quotes, as it is written'],
    [rule('{ severity: ["high"] }'), 'never fits; a number, or { numeric: [">=", 7] }'],
    [rule('{ severity: ["7"] }'), 'never fits; without quotes'],
    [`${rule('{ type: [ImageScan] }')}---\nname: s\n`, 'holds more than one document; make a file of its own of each'],
  ])('%j', (text, sentence) => {
    const [first, ...more] = said(text).filter((line) => !line.includes('observes'));
    expect(first).toContain(sentence);
    expect(more.filter((line) => line.includes('toString'))).toEqual([]);
  });
});
