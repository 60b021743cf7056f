import { describe, expect, it } from 'vitest';
import { reapplyAssociation as action } from '../../shared/actions/reapplyAssociation/reapplyAssociation.ts';
import { mostLookedAt, type Observed } from '../../shared/actions/reapplyAssociation/types.ts';
import { TargetGone } from '../../shared/platform/errors.ts';
import { actContext } from './actContext.ts';
import { answeringAws } from './answeringAws.ts';
import {
  answers,
  association,
  first,
  nodes,
  observing,
  other,
  paged,
  planning,
  reach,
  standing,
  throwing,
  usual,
} from './associationWorld.ts';
import { host, id } from './hostWorld.ts';

describe('what is observed of a host', () => {
  it('is what has failed there, on whatever page, and what applying it again would do', async () => {
    expect(await observing()).toEqual({
      ...{ ping: 'Online', protectedBy: null, reaches: [reach], failed: [first], owner: 'platform (tag team)' },
      seen: [expect.stringContaining('Online'), expect.stringContaining(`inventory (${first}) is Failed since `)],
    });
  });

  it.each(['Pending', 'InProgress', 'Success', 'Skipped'])('counts what is %s as no failure', async (status) => {
    const DescribeInstanceAssociationsStatus = paged('InstanceAssociationStatusInfos', [standing(first, status)]);
    expect(await observing({ DescribeInstanceAssociationsStatus })).toMatchObject({ failed: [], reaches: [] });
  });

  it.each([
    ['this host alone', [{ Key: 'InstanceIds', Values: [id] }], []],
    ['hosts by their ids', [{ Key: 'InstanceIds', Values: [id, other] }], [other]],
    ['every host', [{ Key: 'InstanceIds', Values: ['*'] }], [other]],
    ['hosts with a tag', [{ Key: 'tag:stage', Values: ['prod'] }], [other]],
    ['a resource group', [{ Key: 'resource-groups:Name', Values: ['prod'] }], null],
    ['what it does not know', [{ Key: 'ParameterValues', Values: [id] }], null],
  ])('says which other hosts are reached, where it targets %s', async (_what, Targets, others) => {
    const DescribeAssociation = () => ({ AssociationDescription: { ...association, Targets } });
    expect(await observing({ DescribeAssociation })).toMatchObject({ reaches: [{ others }] });
  });

  it('cannot say it of an association of other accounts, and knows the one instance of the oldest form', async () => {
    const reaching = (of: object) => observing({ DescribeAssociation: () => ({ AssociationDescription: of }) });
    const elsewhere = { ...association, TargetLocations: [{ Accounts: ['210987654321'] }] };
    expect(await reaching(elsewhere)).toMatchObject({ reaches: [{ others: null }] });
    const { Targets: _none, ...oldest } = association;
    expect(await reaching({ ...oldest, InstanceId: id })).toMatchObject({ reaches: [{ others: [] }] });
    expect(await reaching(oldest)).toMatchObject({ reaches: [{ others: null }] });
  });

  it('asks for no more hosts than show that there are too many', async () => {
    const many = Array.from({ length: 500 }, (_none, at) => `i-${String(at).padStart(17, '0')}`);
    const DescribeAssociation = () => ({
      AssociationDescription: { ...association, Targets: [{ Key: 'InstanceIds', Values: ['*'] }] },
    });
    const { aws, sent } = answeringAws(answers({ ...nodes([id, ...many]), DescribeAssociation }));
    const seen = (await action.observe(host, usual, actContext(aws))) as unknown as Observed;
    expect(seen.reaches[0]?.others).toHaveLength(51);
    expect(sent.filter(({ operation }) => operation === 'DescribeInstanceInformation').length).toBeLessThan(60);
  });

  it('looks at what the plan has chosen, too, though it stands well by now', async () => {
    const chosen = { apply: [first] };
    const DescribeInstanceAssociationsStatus = paged('InstanceAssociationStatusInfos', [standing(first, 'Success')]);
    expect(await observing({ DescribeInstanceAssociationsStatus }, chosen)).toMatchObject({
      ...{ failed: [], reaches: [{ id: first }] },
    });
  });

  it('is nothing of an association that was deleted meanwhile; and asks nothing of a host that is no managed node', async () => {
    const gone = await observing({ DescribeAssociation: throwing('AssociationDoesNotExist') });
    expect(gone).toMatchObject({ failed: [first], reaches: [] });
    const unmanaged = await observing({
      DescribeInstanceInformation: () => ({ InstanceInformationList: [] }),
      DescribeInstanceAssociationsStatus: throwing('InvalidInstanceId'),
    });
    expect(unmanaged).toMatchObject({ ping: null, failed: [] });
    await expect(observing({ DescribeInstances: () => ({}) })).rejects.toThrow(TargetGone);
    await expect(observing({ DescribeAssociation: throwing('AccessDeniedException') })).rejects.toThrow('refused');
  });

  it('has an end: of many that failed, the first are looked at', async () => {
    const many = Array.from({ length: 20 }, (_none, at) => standing(first.replace(/.{2}$/, String(at + 10)), 'Failed'));
    const seen = await observing({
      DescribeInstanceAssociationsStatus: paged('InstanceAssociationStatusInfos', many),
    });
    expect(seen['reaches']).toHaveLength(mostLookedAt);
    expect(planning(seen as unknown as Observed)).toMatchObject({
      remains: expect.stringContaining('10 more that failed were not looked at'),
    });
  });
});
