import { describe, expect, test } from 'vitest';
import { contentHash } from '../../shared/finding/hash.ts';
import { incidentKey } from '../../shared/finding/incidentKey.ts';
import { threatFinding } from '../../shared/finding/threatFinding.ts';
import { invalidPath, oneFinding, parsed, reasonOf } from './sampleEvent.ts';
import { onService, threatEvent } from './threatEvent.ts';

const threat = (name: string) => oneFinding(threatEvent(name));
const hash = (name: string) => contentHash(threat(name), threatFinding.volatile);

describe('GuardDuty Finding', () => {
  test('becomes a finding with what was seen', () => {
    expect(threat('ecs-miner')).toEqual({
      id: 'guardduty/123456789012/us-east-1/aec1a2b3c4d5e6f708192a3b4c5d6e7f#prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      source: 'guardduty',
      type: 'Impact:Runtime/CryptoMinerExecuted',
      status: 'open',
      severity: 8,
      label: 'high',
      account: '123456789012',
      region: 'us-east-1',
      observedAt: '2026-11-20T09:20:11.000Z',
      title: 'A container is executing a binary file associated with cryptocurrency mining activity.',
      sample: false,
      resource: {
        kind: 'ecs-task',
        id: 'prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0',
        arn: 'arn:aws:ecs:us-east-1:123456789012:task/prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0',
        cluster: 'prod',
        service: 'checkout-api',
        group: 'service:checkout-api',
        taskDefinition: 'arn:aws:ecs:us-east-1:123456789012:task-definition/checkout-api:87',
        launchType: 'FARGATE',
        containers: [
          {
            name: 'checkout-api',
            image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/payments/checkout-api:1.42.0',
          },
        ],
      },
      threat: {
        firstSeenAt: '2026-11-20T09:12:41.000Z',
        count: 1,
        role: 'target',
        process: { name: 'xmrig', path: '/tmp/.x/xmrig', sha256: 'd2'.repeat(32) },
        files: [],
        names: [],
        remote: null,
        from: null,
        signals: [],
      },
    });
  });

  test('is read from GuardDuty alone', () => {
    expect(threatFinding.matches({ ...threatEvent('ecs-miner'), source: 'aws.guardduty' } as never)).toBe(true);
    expect(reasonOf({ ...threatEvent('ecs-miner'), source: 'my.guardduty' })).toContain('no source reads');
    expect(reasonOf({ ...threatEvent('ecs-miner'), 'detail-type': 'GuardDuty Runtime' })).toContain('no source reads');
  });

  test('seen again says nothing new; on another task it is another finding of the same incident', () => {
    expect(threat('ecs-miner-again').id).toBe(threat('ecs-miner').id);
    expect(threat('ecs-miner-again').threat?.count).toBe(2);
    expect(hash('ecs-miner-again')).toBe(hash('ecs-miner'));
    expect(threat('ecs-miner-new-task').id).not.toBe(threat('ecs-miner').id);
    expect(incidentKey(threat('ecs-miner-new-task'))).toBe(incidentKey(threat('ecs-miner')));
  });

  test('seen again in another process, or from another end, is news', () => {
    const seen = (service: { [key: string]: unknown }) =>
      contentHash(oneFinding(onService(service)), threatFinding.volatile);
    const before = seen({});
    expect(seen({ runtimeDetails: { process: { name: 'kdevtmpfsi' } } })).not.toBe(before);
    expect(seen({ action: { dnsRequestAction: { domain: 'pool.example' } } })).not.toBe(before);
    expect(seen({ runtimeDetails: { process: { pid: 1, namespacePid: 2 } } })).toBe(before);
  });

  test('in an administrator account belongs to the member, with the id that the member sees', () => {
    const event = threatEvent('ecs-miner');
    expect(oneFinding({ ...event, account: '999900001111', region: 'eu-west-1' })).toEqual(threat('ecs-miner'));
    expect(threat('administrator').account).toBe('123456789012');
  });

  test('without an account or Region of its own it is where the envelope says', () => {
    const finding = oneFinding({
      ...threatEvent('unknown-type', { accountId: null, region: undefined }),
      account: '210987654321',
      region: 'eu-west-1',
    });
    expect([finding.account, finding.region]).toEqual(['210987654321', 'eu-west-1']);
  });

  test('in another partition has ARNs of that partition', () => {
    expect(threat('china').resource.arn).toBe(
      'arn:aws-cn:ecs:cn-north-1:123456789012:task/prod/0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    );
  });

  test.each([
    [10, 'critical'],
    [9, 'critical'],
    [8.9, 'high'],
    [7, 'high'],
    [6.9, 'medium'],
    [4, 'medium'],
    [3.9, 'low'],
    [1, 'low'],
    [0.5, 'informational'],
  ])('severity %d is %s', (severity, label) => {
    expect(oneFinding(threatEvent('ecs-miner', { severity }))).toMatchObject({ severity, label });
  });

  test('archived by hand is open: it is sent again only because it was seen again', () => {
    expect(threat('archived').status).toBe('open');
    expect(oneFinding(onService({ archived: null })).status).toBe('open');
  });

  test('is as old as GuardDuty saw it last, and first', () => {
    const times = (changes: { [key: string]: unknown }, service: { [key: string]: unknown }) => {
      const finding = oneFinding(threatEvent('ecs-miner', { ...changes, service }));
      return [finding.observedAt, finding.threat?.firstSeenAt];
    };
    const none = { eventFirstSeen: null, eventLastSeen: null };
    expect(times({}, {})).toEqual(['2026-11-20T09:20:11.000Z', '2026-11-20T09:12:41.000Z']);
    expect(times({}, none)).toEqual(['2026-11-20T09:20:11.482Z', '2026-11-20T09:14:50.117Z']);
    expect(times({ updatedAt: null, createdAt: 'soon' }, none)).toEqual([
      '2026-11-20T09:20:11.000Z',
      '2026-11-20T09:20:11.000Z',
    ]);
    expect(
      times({}, { eventLastSeen: '2025-02-25 20:40:06.721', eventFirstSeen: '2025-02-25 20:40:06.000000000' }),
    ).toEqual(['2025-02-25T20:40:06.721Z', '2025-02-25T20:40:06.000Z']);
  });

  test('without a title is known by its description, then by its type', () => {
    const named = (changes: { [key: string]: unknown }) => oneFinding(threatEvent('ecs-miner', changes)).title;
    expect(named({ title: null, description: 'mines' })).toBe('mines');
    expect(named({ title: '', description: null })).toBe('Impact:Runtime/CryptoMinerExecuted');
    expect(named({ title: '😀'.repeat(10_000) }).length).toBeLessThanOrEqual(300);
  });

  test.each([
    [{ id: undefined }, 'detail.id'],
    [{ id: '' }, 'detail.id'],
    [{ id: 'x'.repeat(201) }, 'detail.id'],
    [{ type: null }, 'detail.type'],
    [{ type: 7 }, 'detail.type'],
    [{ severity: undefined }, 'detail.severity'],
    [{ severity: '8' }, 'detail.severity'],
    [{ severity: 11 }, 'detail.severity'],
    [{ severity: -1 }, 'detail.severity'],
    [{ accountId: '12' }, 'detail.accountId'],
    [{ region: 'us-east-*' }, 'detail.region'],
  ])('with %j is invalid at the path %s', (changes, path) => {
    expect(invalidPath(() => parsed(threatEvent('ecs-miner', changes)))).toBe(path);
  });

  test.each([
    [{}, 'detail.id'],
    [null, 'detail'],
    ['text', 'detail'],
  ])('whose detail is %j is invalid at the path %s', (detail, path) => {
    expect(invalidPath(() => parsed({ ...threatEvent('ecs-miner'), detail }))).toBe(path);
  });
});
