import { describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import type { ChangingCall } from '../../shared/actions/changingCall.ts';
import type { Action, Target } from '../../shared/actions/contract.ts';
import type { JsonObject } from '../../shared/platform/json.ts';

const place = { account: '123456789012', region: 'us-east-1' };
const named = (name: string): Action => {
  const action = catalogue.find((one) => one.name === name);
  if (action === undefined) throw new Error(`There is no ${name}`);
  return action;
};

/** Names of the calls of an action that take this one for theirs. */
const those = (
  calls: readonly ChangingCall[] | undefined,
  eventName: string,
  asked: JsonObject,
  answered: JsonObject = {},
) => (calls ?? []).filter((one) => one.eventName === eventName && one.isOn(asked, answered)).length;

it('each action that puts something back names the calls by which somebody else may, and no other does', () => {
  const naming = catalogue.filter(({ changedBy }) => changedBy !== undefined).map(({ name }) => name);
  // CloudTrail does not have what is asked of a cluster.
  const isShown = ({ inCluster }: Action): boolean => inCluster === undefined || inCluster.write.length === 0;
  const shown = catalogue.filter((one) => one.restores.length > 0 && isShown(one));
  expect(naming).toEqual(shown.map(({ name }) => name));
  expect(naming).toContain('ecr.quarantine-image');
});

describe('an image', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const target = { kind: 'image', repository: 'shop/web', digest, ...place } as unknown as Target;
  const calls = named('ecr.quarantine-image').changedBy?.(target, { status: { [digest]: 'ACTIVE' } });
  const restored = (asked: JsonObject, answered: JsonObject = {}) =>
    those(
      calls,
      'UpdateImageStorageClass',
      { repositoryName: 'shop/web', targetStorageClass: 'STANDARD', ...asked },
      answered,
    );

  it('is restored by its digest, or by its tag, of which the answer has the digest', () => {
    expect(restored({ imageId: { imageDigest: digest } })).toBe(1);
    expect(restored({ imageId: { imageTag: '2.0' } }, { imageId: { imageDigest: digest } })).toBe(1);
    expect(restored({ imageId: { imageTag: '2.0' } })).toBe(0);
  });

  it('is not restored by an archiving, nor by what is about another image or repository', () => {
    expect(restored({ imageId: { imageDigest: digest }, targetStorageClass: 'ARCHIVE' })).toBe(0);
    expect(restored({ imageId: { imageDigest: 'sha256:b' } })).toBe(0);
    expect(restored({ imageId: { imageDigest: digest }, repositoryName: 'shop/other' })).toBe(0);
  });

  it('may have been pushed', () => {
    const pushed = (imageDigest: string) =>
      those(calls, 'PutImage', { repositoryName: 'shop/web' }, { image: { imageId: { imageDigest } } });
    expect([pushed(digest), pushed('sha256:b')]).toEqual([1, 0]);
  });
});

describe('a service', () => {
  const arn = 'arn:aws:ecs:us-east-1:123456789012:service/prod/cart';
  const target = { kind: 'ecs-service', id: 'prod/cart', arn, cluster: 'prod', service: 'cart', ...place } as Target;
  const calls = named('ecs.contain-service').changedBy?.(target, { scaling: null });
  const updated = (asked: JsonObject, answered: JsonObject = {}) =>
    those(calls, 'UpdateService', { desiredCount: 1, ...asked }, answered);

  it('is told by the answer, else by the names or ARNs that were asked for', () => {
    expect(updated({}, { service: { serviceArn: arn } })).toBe(1);
    expect(updated({ cluster: 'prod', service: 'cart' }, { service: { serviceArn: `${arn}2` } })).toBe(0);
    expect(updated({ cluster: 'prod', service: 'cart' })).toBe(1);
    expect(updated({ cluster: 'arn:aws:ecs:us-east-1:123456789012:cluster/prod', service: arn })).toBe(1);
    expect(updated({ cluster: 'other', service: 'cart' })).toBe(0);
    // Of the cluster `default`.
    expect(updated({ service: 'cart' })).toBe(0);
  });

  it('is changed by what changes its version, count or deployment, and by nothing else of it', () => {
    const here = { cluster: 'prod', service: 'cart' };
    const changed = (asked: JsonObject) => those(calls, 'UpdateService', { ...here, ...asked });
    for (const what of ['desiredCount', 'taskDefinition', 'forceNewDeployment', 'deploymentConfiguration'])
      expect(changed({ [what]: 1 }), what).toBe(1);
    expect(changed({ enableExecuteCommand: true })).toBe(0);
  });

  it('has its autoscaling looked at, also where it had none', () => {
    const registered = { serviceNamespace: 'ecs', resourceId: 'service/prod/cart', minCapacity: 2 };
    expect(those(calls, 'RegisterScalableTarget', registered)).toBe(1);
    expect(those(calls, 'RegisterScalableTarget', { ...registered, resourceId: 'service/prod/other' })).toBe(0);
    expect(those(calls, 'RegisterScalableTarget', { ...registered, serviceNamespace: 'dynamodb' })).toBe(0);
  });

  it('has a deployment of it stopped, and of no other', () => {
    const stopped = (rest: string) =>
      those(calls, 'StopServiceDeployment', {
        serviceDeploymentArn: `arn:aws:ecs:us-east-1:123456789012:service-deployment/${rest}`,
        stopType: 'ROLLBACK',
      });
    expect([stopped('prod/cart/a1b2'), stopped('prod/cart2/a1b2'), stopped('other/cart/a1b2')]).toEqual([1, 0, 0]);
  });

  it('is deleted and made anew by its name in its cluster', () => {
    const here = { cluster: 'prod', service: 'cart' };
    expect(those(calls, 'DeleteService', { ...here, force: true })).toBe(1);
    expect(those(calls, 'DeleteService', { ...here, service: 'other' })).toBe(0);
    expect(those(calls, 'CreateService', { cluster: 'prod', serviceName: 'cart', desiredCount: 2 })).toBe(1);
    expect(those(calls, 'CreateService', { cluster: 'other', serviceName: 'cart' })).toBe(0);
    expect(those(calls, 'CreateService', { serviceName: 'x' }, { service: { serviceArn: arn } })).toBe(1);
  });
});

describe('a host', () => {
  const container = 'arn:aws:ecs:us-east-1:123456789012:container-instance/prod/0a1b';
  const target = { kind: 'instance', id: 'i-1', arn: 'a', ...place } as Target;
  const calls = (before: JsonObject) => named('ssm.patch-hosts').changedBy?.(target, before);

  it('is told by its container instance, in short or in full; of no cluster nothing stands', () => {
    const moved = (...containerInstances: string[]) =>
      those(calls({ container }), 'UpdateContainerInstancesState', { containerInstances });
    expect([moved('0a1b'), moved('other', container), moved('other'), moved()]).toEqual([1, 1, 0, 0]);
    expect(calls({ container: null })).toEqual([]);
  });
});

describe('a repository', () => {
  const target = { kind: 'ecr-repository', repository: 'shop/web', ...place } as unknown as Target;

  it('has its tags moved by whoever sets that on it, and on no other', () => {
    const calls = named('ecr.set-tag-immutability').changedBy?.(target, {});
    const set = (repositoryName: string) => those(calls, 'PutImageTagMutability', { repositoryName });
    expect([set('shop/web'), set('shop/other')]).toEqual([1, 0]);
  });

  it('is scanned otherwise by whoever says so on it, or writes the rules of its registry without our filter', () => {
    const calls = named('ecr.enable-scanning').changedBy?.(target, {});
    const own = (repositoryName: string) => those(calls, 'PutImageScanningConfiguration', { repositoryName });
    expect([own('shop/web'), own('shop/other')]).toEqual([1, 0]);
    const written = (...filters: readonly string[]) =>
      those(calls, 'PutRegistryScanningConfiguration', {
        rules: [{ repositoryFilters: filters.map((filter) => ({ filter, filterType: 'WILDCARD' })) }],
      });
    expect([written(), written('shop/*'), written('shop/*', 'shop/we*b')]).toEqual([1, 1, 0]);
  });
});

describe('a cluster', () => {
  const target = { kind: 'ecs-cluster', cluster: 'prod', ...place } as unknown as Target;

  it('has its settings changed by its name or its ARN, and no other has', () => {
    const calls = named('ecs.enable-container-insights').changedBy?.(target, {});
    const set = (cluster: string) => those(calls, 'UpdateClusterSettings', { cluster });
    expect(['prod', 'arn:aws:ecs:us-east-1:123456789012:cluster/prod', 'prod-two'].map(set)).toEqual([1, 1, 0]);
  });
});

describe('an image that is kept from a lifecycle policy', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  const target = { kind: 'image', repository: 'shop/web', digest, ...place } as unknown as Target;
  const calls = named('ecr.protect-from-lifecycle').changedBy?.(target, {});
  const tag = `firebreak-keep-${'a'.repeat(12)}`;
  const here = { repositoryName: 'shop/web' };

  it('is let go by whoever writes the policy without our rules, or deletes it', () => {
    const put = (lifecyclePolicyText: string, repositoryName = 'shop/web') =>
      those(calls, 'PutLifecyclePolicy', { repositoryName, lifecyclePolicyText });
    expect([put('{}'), put('{"tagPrefixList":["firebreak-keep-"]}'), put('{}', 'shop/other')]).toEqual([1, 0, 0]);
    expect([here, {}].map((asked) => those(calls, 'DeleteLifecyclePolicy', asked))).toEqual([1, 0]);
  });

  it('is let go by whoever takes its tag, or puts it on another image', () => {
    const taken = (imageTag: string) => those(calls, 'BatchDeleteImage', { ...here, imageIds: [{ imageTag }] });
    expect([taken(tag), taken('1.0')]).toEqual([1, 0]);
    const pushed = (imageTag: string, imageDigest: string) =>
      those(calls, 'PutImage', { ...here, imageTag, imageDigest });
    const other = digest.replace('a', 'b');
    expect([pushed(tag, other), pushed(tag, digest), pushed('1.0', other)]).toEqual([1, 0, 0]);
  });
});

describe('the metadata service of a host', () => {
  const id = 'i-0ab12cd34ef567890';
  const target = { kind: 'instance', id, ...place } as unknown as Target;

  it('answers without a token again by whoever sets its metadata options, however CloudTrail shows it', () => {
    const calls = named('ec2.require-imdsv2').changedBy?.(target, {});
    const set = (asked: JsonObject) => those(calls, 'ModifyInstanceMetadataOptions', asked);
    const wrapped = (InstanceId: string) => ({
      ModifyInstanceMetadataOptionsRequest: { InstanceId, HttpTokens: 'optional' },
    });
    expect([{ instanceId: id }, wrapped(id), wrapped('i-0ab12cd34ef567891'), {}].map(set)).toEqual([1, 1, 0, 0]);
  });
});

describe('a function', () => {
  const arn = 'arn:aws:lambda:us-east-1:123456789012:function:resize';
  const target = { kind: 'function', id: arn, arn, ...place } as unknown as Target;

  it('is let run again by whoever gives it another concurrency, or none', () => {
    const calls = named('lambda.stop-invocations').changedBy?.(target, {});
    for (const call of ['PutFunctionConcurrency20171031', 'DeleteFunctionConcurrency20171031']) {
      const made = (functionName: string) => those(calls, call, { functionName });
      expect(['resize', arn, '123456789012:function:resize', 'resize-all'].map(made)).toEqual([1, 1, 1, 0]);
    }
  });
});

describe('a task that was taken out of a target group', () => {
  const group = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/cart/0123456789abcdef';
  const target = { kind: 'ecs-task', id: 'prod/1', ...place } as unknown as Target;
  const before = { addresses: { 'cart 10.0.1.1:80': { group, id: '10.0.1.1', port: 80 } } };
  const calls = named('ecs.remove-from-traffic').changedBy?.(target, before);
  const registered = (asked: JsonObject) => those(calls, 'RegisterTargets', { targetGroupArn: group, ...asked });

  it('is put back by what registers one of its addresses with that group', () => {
    const [own, other] = [
      { id: '10.0.1.1', port: 80 },
      { id: '10.0.1.2', port: 80 },
    ];
    expect(registered({ targets: [other, own] })).toBe(1);
    expect(registered({ targets: [other] })).toBe(0);
    expect(registered({ targets: [own], targetGroupArn: `${group}0` })).toBe(0);
    expect(registered({})).toBe(0);
  });
});
