import { describe, expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { Action, Permission, Permissions } from '../../shared/actions/contract.ts';
import type { ResourceKind } from '../../shared/finding/resource.ts';
import { once } from '../../shared/platform/once.ts';
import { caseOf, casePlace, waysOf } from './actionCase.ts';
import { placeOf } from './embeddedPlace.ts';
import { embeddedTarget } from './embeddedWorlds.ts';
import { liveThrough } from './life.ts';
import { callIn } from './permitted.ts';

const both = ({ read, write }: Permissions): readonly Permission[] => [...read, ...write];

/** What IAM refused during the whole life of an action that has these permissions, and how that life ended. */
async function refusals(action: Action, kind: ResourceKind, permissions: readonly Permission[], way: number) {
  await using place = await placeOf(action.name, kind, permissions, way);
  // How it takes the refusal is tested elsewhere; here it counts that IAM was asked.
  const ended = await liveThrough(action, place).catch((error: unknown) => ({ error }));
  return { ended, refused: [...new Set(place.refused())] };
}

const kinds = catalogue.flatMap((action) => action.targets.map((kind) => [action.name, kind, action] as const));

describe.each(kinds)('%s on a target of kind %s, where IAM decides every call', (_name, kind, action) => {
  const own = caseOf(action.name)?.target(casePlace);
  const target = own?.kind === kind ? own : embeddedTarget(kind);
  const whatever = both(action.permissions(target));
  const ways = waysOf(action.name).map((way) => ({ way, lived: once(() => refusals(action, kind, whatever, way)) }));

  test.each(ways)('needs no permission that it does not declare, in way $way', async ({ lived }) => {
    const { ended, refused } = await lived();
    expect(refused).toEqual([]);
    expect(ended).toMatchObject({ verified: { state: 'holds' } });
  });

  test.each(ways)('needs no more, once it has chosen, than it declares for way $way', async ({ way, lived }) => {
    const { ended } = await lived();
    const planned = 'planned' in ended ? ended.planned : undefined;
    const chosen = planned?.kind === 'step' ? planned.chosen : undefined;
    if (chosen === undefined) return expect(action.parts).toBeUndefined();
    const again = await refusals(action, kind, both(action.permissions(target, chosen)), way);
    expect(again.refused).toEqual([]);
    expect(again.ended).toMatchObject({ verified: { state: 'holds' }, planned: { chosen } });
  });

  test.each(whatever.map((permission, at) => [permission.action, permission.resource, at] as const))(
    'is refused without %s on %s',
    async (name, _resource, at) => {
      // Of several ways, in those that need it.
      const without = whatever.toSpliced(at, 1);
      const lives = await Promise.all(ways.map(({ way }) => refusals(action, kind, without, way)));
      expect([...new Set(lives.flatMap(({ refused }) => refused))]).toEqual([
        callIn(whatever[at] ?? { action: name, resource: '' }),
      ]);
    },
  );
});
