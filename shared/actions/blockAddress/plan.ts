import { blockOf } from '../../finding/address.ts';
import type { Planned, UndoPromise } from '../contract.ts';
import type { AddressTarget } from '../targets/addressTarget.ts';
import { setOf, versionOf } from './ipSets.ts';
import { mostInSet, type Observed, type Params } from './types.ts';

export const reversal: UndoPromise = {
  possible: true,
  sentence:
    'Undo takes the address out of the IP sets that it was put into, and leaves what anybody else has put there; requests that were refused meanwhile are not repeated by it.',
};

const versions = { IPV4: 'IPv4', IPV6: 'IPv6' } as const;

export function planBlock(target: AddressTarget, { ipSets }: Params, observed: Observed): Planned {
  const { blocked, spared, covered, full, seen, sizes } = observed;
  const { id } = target;
  const named = (arns: readonly string[]): string =>
    arns
      .map((arn) => setOf(arn, target))
      .map(({ Name, Scope }) => `${Name} (${Scope})`)
      .join(', ');
  if (spared !== null) return { kind: 'skip', reason: `${id} is not blocked: it ${spared}` };
  const sets = Object.keys(blocked).toSorted();
  const has = sets.filter((arn) => blocked[arn] === true || covered.includes(arn));
  const lacks = sets.filter((arn) => !has.includes(arn));
  if (sets.length === 0) {
    const version = versions[versionOf(id) ?? 'IPV4'];
    const where = `account ${target.account}, Region ${target.region} or CloudFront`;
    const reason = `${id} is not blocked: no IP set of AWS WAF for ${version} is called ${ipSets.join(' or ')} in ${where}`;
    return { kind: 'hold', reason, seen };
  }
  if (lacks.length === 0)
    return { kind: 'skip', reason: `${id} is blocked already, by what others have put into ${named(has)}` };
  const room = lacks.filter((arn) => !full.includes(arn));
  if (room.length === 0) {
    const reason = `${id} is not blocked: IP set ${named(lacks)} is full (${mostInSet} entries), and nothing is taken out of it for another address`;
    return { kind: 'hold', reason, seen };
  }
  const crowded = lacks.filter((arn) => full.includes(arn));
  const left = crowded.length === 0 ? [] : [`IP set ${named(crowded)} is full, and does not get ${id}.`];
  const entries = room.map((arn) => sizes[arn] ?? 0).join(' and ');
  return {
    kind: 'step',
    sentence: `Block ${id} in AWS WAF: add ${blockOf(id)} to ${room.length === 1 ? 'IP set' : 'IP sets'} ${named(room)}, which ${room.length === 1 ? 'has' : 'have'} ${entries} of ${mostInSet} entries.`,
    undo: reversal,
    chosen: { sets: room },
    remains: [
      ...left,
      `What does not come through AWS WAF (SSH, a load balancer without it) still reaches us from ${id}.`,
    ].join(' '),
  };
}
