import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';

/** The actions whose targets are changed one at a time, each with what those share. */
const takesTurns: readonly string[] = [
  'ecr.protect-from-lifecycle',
  'ssm.patch-hosts',
  'ecr.enable-scanning',
  'eks.drain-node',
  'ecs.drain-host',
];

test('what shares a turn is known by name: an action that loses its own changes all of its targets at once', () => {
  const having = catalogue.filter(({ turn }) => turn !== undefined).map(({ name }) => name);
  expect(having).toEqual(takesTurns);
});
