import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action, Permission } from '../../shared/actions/contract.ts';
import type { ResourceKind } from '../../shared/finding/resource.ts';
import { embeddedPlace, embeddedTarget } from './embeddedPlace.ts';
import { liveThrough } from './life.ts';

const permissionsOf = (action: Action, kind: ResourceKind): readonly Permission[] => {
  const { read, write } = action.permissions(embeddedTarget(kind));
  return [...read, ...write];
};

/** What IAM refused during the whole life of an action that has these permissions. */
async function refusals(action: Action, kind: ResourceKind, permissions: readonly Permission[]) {
  await using place = await embeddedPlace(kind, permissions);
  // How it takes the refusal is tested elsewhere; here it counts that IAM was asked.
  const ended = await liveThrough(action, place).catch((error: unknown) => error);
  return { ended, refused: [...new Set(place.refused())] };
}

const kinds = catalogue.flatMap((action) => action.targets.map((kind) => [action.name, kind, action] as const));

describe.each(kinds)('%s on a target of kind %s, where IAM decides every call', (_name, kind, action) => {
  const all = permissionsOf(action, kind);

  test('needs no permission that it does not declare', async () => {
    const { ended, refused } = await refusals(action, kind, all);
    expect(refused).toEqual([]);
    expect(ended).toMatchObject({ verified: { state: 'holds' } });
  });

  test.each(all.map((permission, at) => [permission.action, permission.resource, at] as const))(
    'is refused without %s on %s',
    async (name, _resource, at) => {
      const { refused } = await refusals(action, kind, all.toSpliced(at, 1));
      expect(refused).toEqual([name]);
    },
  );
});
