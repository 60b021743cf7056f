import { describe, expect, it } from 'vitest';
import { managedNodes } from '../../../sandbox/services/ssm/nodes/state.ts';
import { misfitsOf } from '../../../sandbox/world/check.ts';
import { loadWorld } from '../../../sandbox/world/load.ts';
import { worldSchema } from '../../../sandbox/world/schema.ts';
import { fakeAccount } from '../fakeAccount.ts';

const HOST = 'i-0ab12cd34ef567890';
const worldOf = (...containerInstances: readonly object[]) =>
  worldSchema.parse({ clusters: [{ name: 'prod', containerInstances }] });

function nodeOf(ssm: object | undefined, host: object = {}) {
  const { account } = fakeAccount();
  loadWorld(account, worldOf({ ec2InstanceId: HOST, ssm, ...host }));
  return managedNodes(account).get(HOST);
}

describe('a host of an account file', () => {
  it('is no managed node unless it is said', () => {
    expect(nodeOf(undefined)).toBeUndefined();
  });

  it('is one outside of all clusters, too', () => {
    const { account } = fakeAccount();
    loadWorld(account, worldSchema.parse({ instances: [{ ec2InstanceId: HOST, ssm: {}, autoScalingGroup: 'web' }] }));
    expect(managedNodes(account).get(HOST)).toMatchObject({ ping: 'Online', tags: {} });
    const twice = worldSchema.parse({
      clusters: [{ name: 'prod', containerInstances: [{ ec2InstanceId: HOST, ssm: {} }] }],
      instances: [{ ec2InstanceId: HOST, ssm: {} }],
    });
    expect(misfitsOf(twice)).toMatchObject([{ path: ['instances', 0, 'ssm'] }]);
  });

  it('is Online, has Amazon Linux and nothing to patch, and its own tags', () => {
    expect(nodeOf({}, { tags: { team: 'web' } })).toMatchObject({
      id: HOST,
      ping: 'Online',
      platform: { type: 'Linux', name: 'Amazon Linux', version: '2023' },
      tags: { team: 'web' },
      report: { operation: 'Scan', patches: [] },
    });
  });

  it('was not heard since the start where it is offline', () => {
    expect(nodeOf({ pingStatus: 'ConnectionLost' })).toMatchObject({
      ping: 'ConnectionLost',
      lastHeardAt: Date.parse('2026-11-24T08:00:00Z'),
    });
  });

  it('has its patches as a scan found them, or as nobody has looked', () => {
    const patches = [
      { id: 'kernel.x86_64', severity: 'Critical' },
      { id: 'bash.x86_64', state: 'Installed' },
    ];
    const scanned = nodeOf({ patches });
    expect(scanned?.report?.patches).toMatchObject([
      { id: 'kernel.x86_64', title: 'kernel.x86_64', state: 'Missing', severity: 'Critical' },
      { id: 'bash.x86_64', state: 'Installed', installedAt: Date.parse('2026-11-24T08:00:00Z') },
    ]);
    const unseen = nodeOf({ patches, scanned: false });
    expect(unseen?.patches.size).toBe(2);
    expect(unseen?.report).toBeUndefined();
  });

  it('does with commands what is said, and no more', () => {
    expect(nodeOf({ commands: [{ script: 'drain', exitCode: 2 }] })?.behaviours).toEqual([
      { script: 'drain', exitCode: 2, answers: true },
    ]);
  });
});

describe('what does not fit in a managed node', () => {
  const misfits = (...hosts: readonly object[]) =>
    misfitsOf(worldOf(...hosts)).map(({ path, message }) => `${path.slice(2).join('.')}: ${message}`);

  it('a patch twice', () => {
    const ssm = { patches: [{ id: 'a' }, { id: 'a' }] };
    expect(misfits({ ec2InstanceId: HOST, ssm })).toEqual([
      'containerInstances.0.ssm.patches.1.id: a is there already; change or remove one of the two',
    ]);
  });

  it('an id of ten digits, which EC2 has and Systems Manager has not', () => {
    expect(misfits({ ec2InstanceId: 'i-0123456789' })).toEqual([]);
    expect(misfits({ ec2InstanceId: 'i-0123456789', ssm: {} })).toEqual([
      'containerInstances.0.ec2InstanceId: i-0123456789 has not 8 or 17 digits, as a managed node must; correct it',
    ]);
  });

  it('a host that is a node of two clusters', () => {
    const world = worldSchema.parse({
      clusters: ['prod', 'test'].map((name) => ({
        name,
        containerInstances: [{ ec2InstanceId: HOST, ssm: {} }],
      })),
    });
    expect(misfitsOf(world)).toMatchObject([{ path: ['clusters', 1, 'containerInstances', 0, 'ssm'] }]);
  });
});
