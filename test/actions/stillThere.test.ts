import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { JsonObject } from '../../shared/platform/json.ts';

interface Gone {
  /** What was changed, of which a part is not there any more. */
  readonly before: JsonObject;
  readonly observed: JsonObject;
  readonly left: JsonObject;
}

/** Of each action that changes several things of one target: `b` has gone. */
const cases: Readonly<Record<string, Gone>> = {
  'ecr.quarantine-image': {
    before: { status: { a: 'ACTIVE', b: 'ACTIVE' } },
    observed: { status: { a: 'ARCHIVED' } },
    left: { status: { a: 'ACTIVE' } },
  },
  'ec2.isolate': {
    before: { groups: { a: 'sg-1', b: 'sg-2' }, standby: 'InService' },
    observed: { groups: { a: 'isolated' } },
    left: { groups: { a: 'sg-1' }, standby: 'InService' },
  },
};

const declaring = catalogue.filter(({ stillThere }) => stillThere !== undefined);

test('each action that can lose a part of its target has only what is left compared', () => {
  expect(declaring.map(({ name }) => name).toSorted()).toEqual(Object.keys(cases).toSorted());
  for (const { name, stillThere } of declaring) {
    const { before = {}, observed = {}, left } = cases[name] ?? {};
    expect(stillThere?.(before, observed)).toEqual(left);
  }
});
