import { describe, expect, it } from 'vitest';
import type { Target } from '../../shared/actions/contract.ts';
import { reapplyAssociation as action } from '../../shared/actions/reapplyAssociation/reapplyAssociation.ts';
import { ActionFailed } from '../../shared/platform/errors.ts';
import { first, observed, other, planning, second } from './associationWorld.ts';
import { host, id } from './hostWorld.ts';

describe('what is planned', () => {
  it('is to apply it again, with whom it reaches', () => {
    expect(planning(observed())).toMatchObject({
      kind: 'step',
      sentence: `Apply association inventory (AWS-GatherSoftwareInventory) again on ${id}, the only host that it targets.`,
      chosen: { apply: [first] },
      undo: { possible: false },
    });
    expect(planning(observed([{ others: [other] }]), { maxOtherHosts: 1 })).toMatchObject({
      sentence: expect.stringContaining(
        `on ${id} and, because State Manager applies it to all that it targets, on ${other}.`,
      ),
    });
  });

  it.each([
    ['more other hosts than the rule allows', { others: [other] }, 'is applied to 1 other host with this one'],
    ['hosts that cannot be known', { others: null }, 'cannot be read (a resource group'],
    ['a document that nobody named', { document: 'our-hardening' }, 'the rule has to name it (documents)'],
    ['AWS-ConfigureAWSPackage', { document: 'AWS-ConfigureAWSPackage' }, 'the rule has to name it (documents)'],
    ['a runbook', { document: 'AWS-RestartEC2Instance', automated: true }, 'is a runbook of Automation'],
  ])('is to ask a person where it would run %s', (_what, of, reason) => {
    expect(planning(observed([of]))).toMatchObject({
      kind: 'hold',
      reason: expect.stringContaining(reason),
      seen: ['seen'],
    });
  });

  it('is a document that the rule names, but no runbook', () => {
    const asked = { documents: ['our-hardening'] };
    expect(planning(observed([{ document: 'our-hardening' }]), asked)).toMatchObject({ kind: 'step' });
    expect(planning(observed([{ document: 'our-hardening', automated: true }]), asked)).toMatchObject({ kind: 'hold' });
  });

  it.each([
    'AWS-RunPatchBaseline',
    'AWS-RunPatchBaselineAssociation',
    'AWS-InstallWindowsUpdates',
    'AWS-PatchAsgInstance',
  ])('leaves %s to the action that patches, whatever the rule names', (document) => {
    const of = observed([{ document, operation: 'Install' }]);
    expect(planning(of, { documents: [document] })).toMatchObject({
      kind: 'skip',
      reason: expect.stringContaining('ssm.patch-hosts does that'),
    });
    expect(planning(observed([{ document }]), { documents: [document] })).toMatchObject({ kind: 'skip' });
  });

  it('is a scan for patches, which installs none', () => {
    const of = observed([{ document: 'AWS-RunPatchBaseline', operation: 'Scan' }]);
    expect(planning(of)).toMatchObject({ kind: 'step' });
  });

  it.each([
    [null, 'is not managed by Systems Manager'],
    ['ConnectionLost', 'does not answer Systems Manager (ConnectionLost)'],
  ])('is nothing on a host whose agent is %s', (ping, reason) => {
    expect(planning(observed([{}], { ping }))).toMatchObject({ kind: 'skip', reason: expect.stringContaining(reason) });
  });

  it('is nothing where nothing has failed', () => {
    expect(planning(observed([{}], { failed: [] }))).toMatchObject({ kind: 'skip' });
  });

  it('is at most three of them, one after the other, with what is left and what waits', () => {
    const ids = ['a', 'b', 'c', 'd'].map((letter) => first.replace(/^.{8}/, letter.repeat(8)));
    const all = [
      ...ids.map((one, at) => ({ id: one, name: `n${at}` })),
      { id: second, document: 'ours', name: 'ours' },
    ];
    const planned = planning(observed(all));
    expect(planned).toMatchObject({
      chosen: { apply: ids.slice(0, 3) },
      afterwards: { second: expect.stringContaining('n1'), third: expect.stringContaining('n2') },
      remains: expect.stringMatching(/^Not applied: ours runs document ours, .*; n3 waits for another run\.$/),
    });
    expect(action.parts?.map(({ name, needsEarlier }) => [name, needsEarlier])).toEqual([
      ['second', true],
      ['third', true],
    ]);
  });
});

describe('its permissions', () => {
  const arn = (of: string): string => `arn:aws:ssm:${host.region}:${host.account}:association/${of}`;

  it('are on what the plan has chosen, and nothing else', () => {
    const { write } = action.permissions(host, { apply: [first, second] });
    expect(write).toEqual([first, second].map((of) => ({ action: 'ssm:StartAssociationsOnce', resource: arn(of) })));
    expect(action.permissions(host).write).toMatchObject([
      { resource: arn('*'), why: expect.stringContaining('not known') },
    ]);
  });

  it.each(['*', `${first}*`, '../x', ''])('are none for the association %j', (of) => {
    expect(() => action.permissions(host, { apply: [of] })).toThrow(ActionFailed);
  });

  it('are none for what is no host', () => {
    expect(() => action.permissions({ ...host, arn: '*' } as Target)).toThrow(ActionFailed);
  });
});
