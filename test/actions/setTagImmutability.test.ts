import { expect, it } from 'vitest';
import { setTagImmutability } from '../../shared/actions/setTagImmutability.ts';

const read = (...except: readonly string[]) => setTagImmutability.params.safeParse({ except });

it.each(['*', '**'])('%s is every tag, and is refused in one sentence: no tag would stay on its image', (filter) => {
  const { error } = read('latest', filter);
  expect(error?.issues.map(({ message }) => message)).toEqual([
    'It is every tag, and none would stay on its image: name some, such as latest or dev-*.',
  ]);
});

it.each(['dev-*', '*-dev', '*dev*', '-*'])('%s, which is some tags, may be left out', (filter) => {
  expect(read(filter).data).toEqual({ except: [filter] });
});

it.each(['a b', '*a*b*', '', 'x'.repeat(129)])('%j is no filter of ECR', (filter) => {
  expect(read(filter).error?.issues).toHaveLength(1);
});
