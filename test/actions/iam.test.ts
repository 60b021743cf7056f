import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action, Permission, Permissions } from '../../shared/actions/contract.ts';
import type { ResourceKind } from '../../shared/finding/resource.ts';
import { once } from '../../shared/platform/once.ts';
import { caseOf, casePlace } from './actionCase.ts';
import { placeOf } from './embeddedPlace.ts';
import { embeddedTarget } from './embeddedWorlds.ts';
import { liveThrough } from './life.ts';
import { callOf } from './permitted.ts';

const both = ({ read, write }: Permissions): readonly Permission[] => [...read, ...write];

/** What IAM refused during the whole life of an action that has these permissions, and how that life ended. */
async function refusals(action: Action, kind: ResourceKind, permissions: readonly Permission[]) {
  await using place = await placeOf(action.name, kind, permissions);
  // How it takes the refusal is tested elsewhere; here it counts that IAM was asked.
  const ended = await liveThrough(action, place).catch((error: unknown) => ({ error }));
  return { ended, refused: [...new Set(place.refused())] };
}

const kinds = catalogue.flatMap((action) => action.targets.map((kind) => [action.name, kind, action] as const));

describe.each(kinds)('%s on a target of kind %s, where IAM decides every call', (_name, kind, action) => {
  const own = caseOf(action.name)?.target(casePlace);
  const target = own?.kind === kind ? own : embeddedTarget(kind);
  const whatever = both(action.permissions(target));
  const lived = once(() => refusals(action, kind, whatever));

  test('needs no permission that it does not declare', async () => {
    const { ended, refused } = await lived();
    expect(refused).toEqual([]);
    expect(ended).toMatchObject({ verified: { state: 'holds' } });
  });

  test('needs no more, once it has chosen, than it declares for what it chose', async () => {
    const { ended } = await lived();
    const planned = 'planned' in ended ? ended.planned : undefined;
    const chosen = planned?.kind === 'step' ? planned.chosen : undefined;
    if (chosen === undefined) return expect(action.parts).toBeUndefined();
    const again = await refusals(action, kind, both(action.permissions(target, chosen)));
    expect(again.refused).toEqual([]);
    expect(again.ended).toMatchObject({ verified: { state: 'holds' }, planned: { chosen } });
  });

  test.each(whatever.map((permission, at) => [permission.action, permission.resource, at] as const))(
    'is refused without %s on %s',
    async (name, _resource, at) => {
      const { refused } = await refusals(action, kind, whatever.toSpliced(at, 1));
      expect(refused).toEqual([callOf(name)]);
    },
  );
});
