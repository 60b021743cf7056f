import { describe, expect, test } from 'vitest';
import { calm } from '../../shared/report/situation.ts';
import { shortName, smsText, subjectFor, wordsFor } from '../../shared/report/subject.ts';

const about = (name: string, region = 'ap-southeast-2') => ({
  account: '123456789012',
  region,
  name,
  digest: `sha256:${'3'.repeat(64)}`,
  lines: [],
});

describe('a subject', () => {
  // The key of an incident that is none of ours is shown as it is: nothing of it has been checked.
  test.each(['a\r\nBcc: x', '\u202eipa-tuokcehc', 'chéckout', '漢'.repeat(300)])(
    'is printable ASCII of at most 99 characters whatever names the resource: %j',
    (name) => {
      for (const region of ['us-east-1', `x${name}`]) {
        expect(subjectFor('page', about(name, region), wordsFor('held', 'do', 'page'))).toMatch(
          /^GET UP: [\x20-\x7e]{1,91}$/,
        );
      }
      expect(shortName(name, 20)).toMatch(/^[\x20-\x7e]{1,20}$/);
      expect(smsText('page', about(name), wordsFor('held', 'do', 'page'))).toMatch(/^GET UP: [\x20-\x7e]{1,132}$/);
    },
  );
});

test('what changed something and contains nobody is not told as nothing done', () => {
  expect(wordsFor('observed', 'do', 'digest')).toBe('seen, nothing done');
  expect(wordsFor('observed', 'do', 'digest', 'none', { ...calm, changed: true })).toBe('seen, nothing contained');
});
