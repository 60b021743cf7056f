import { describe, expect, it } from 'vitest';
import { differenceSentences, errorsIn, withFiles } from '../../../cli/rules/stored.ts';
import { ruleText } from '../../respond/guardWorld.ts';

const rule = (name: string, rest = '') => ({
  path: `rules/${name}`,
  text: ruleText(name, rest).replace('evidence.take', 'evidence.capture'),
});

describe('what a folder would change', () => {
  it('is said in effect where both sides compile', () => {
    expect(differenceSentences([rule('a')], [rule('a', 'order: 5\n'), rule('b')])).toEqual([
      'rule a: order is 5, was 100',
      'rule b is new',
    ]);
  });

  it('is said by files where one does not, what is new and what is not apart, with what lint says', () => {
    const broken = [rule('a', 'odrer: 5\n'), rule('b')];
    expect(differenceSentences([rule('a'), rule('c')], broken)).toEqual([
      'rules/a has another text',
      'rules/b is new',
      'rules/c is gone',
    ]);
    expect(errorsIn(broken)).toMatchObject([{ file: 'rules/a', line: 6, code: 'unknown-key' }]);
  });

  it('leaves what the folder does not have, unless it is taken out', () => {
    expect(withFiles([rule('a'), rule('c')], [rule('a', 'order: 5\n')])).toEqual([rule('a', 'order: 5\n'), rule('c')]);
  });
});
