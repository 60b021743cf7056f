import { describe, expect, test } from 'vitest';
import { oneFinding } from './sampleEvent.ts';
import { onService, type Tree, threatEvent } from './threatEvent.ts';

const seen = (service: Tree) => oneFinding(onService(service)).threat;
const context = (given: Tree) => seen({ runtimeDetails: { context: given } })?.files;
const malware = (threatNames: unknown, worst: Tree = {}) =>
  seen({
    ebsVolumeScanDetails: {
      scanDetections: { threatDetectedByName: { threatNames }, highestSeverityThreatDetails: worst },
    },
  });

describe('files', () => {
  test('in which malware was found begin at the root of the volume', () => {
    expect(oneFinding(threatEvent('ecs-malware')).threat).toMatchObject({
      files: ['/tmp/.x/xmrig'],
      names: ['Trojan.Linux.Agent'],
    });
  });

  test('that were run, loaded, changed or found are all named, in one order, each once', () => {
    expect(
      context({
        scriptPath: '/b.sh',
        libraryPath: '/a.so',
        threatFilePath: '/b.sh',
        relatedFilePaths: ['/d', 7, null, '/c'],
        moduleFilePath: null,
        mountSource: '/',
      }),
    ).toEqual(['/a.so', '/b.sh', '/c', '/d']);
    expect(oneFinding(threatEvent('ecs-container-escape')).threat?.files).toEqual(['/usr/bin/runc']);
  });

  test('are twenty at most, each bounded', () => {
    const files = context({ relatedFilePaths: Array.from({ length: 50 }, (_, n) => `/${10 + n}${'x'.repeat(5000)}`) });
    expect([files?.length, files?.[0]?.length]).toEqual([20, 512]);
  });

  test('of an odd form are none', () => {
    expect(context({ relatedFilePaths: 'text', scriptPath: { path: '/a' } })).toEqual([]);
    expect(malware([{ name: null, filePaths: null }, null, 'x'])?.files).toEqual([]);
    expect(malware('text')?.names).toEqual([]);
  });
});

describe('names', () => {
  test('are those of malware and of the lists of threats, wherever they stand', () => {
    expect(malware([{ name: 'B' }, { name: 'A' }, { name: 'B' }], { threatName: 'C' })?.names).toEqual(['A', 'B', 'C']);
    const lists = seen({
      evidence: { threatIntelligenceDetails: [{ threatListName: 'ProofPoint', threatNames: ['miner', null] }, null] },
      additionalInfo: { threatListName: 'Ours', threatName: 'tor', unusual: {} },
      malwareScanDetails: { threats: [{ name: 'EICAR' }] },
    });
    expect(lists?.names).toEqual(['EICAR', 'Ours', 'ProofPoint', 'miner', 'tor']);
    expect(seen({ additionalInfo: { value: '{"threatListName":"Inner"}' } })?.names).toEqual(['Inner']);
  });
});

describe('the other end', () => {
  const address = { remoteIpDetails: { ipAddressV4: '198.51.100.9' } };

  test.each<[string, Tree, string | null]>([
    ['a domain that was asked for', { dnsRequestAction: { domain: 'pool.example' } }, 'pool.example'],
    ['the address of a connection', { networkConnectionAction: address }, '198.51.100.9'],
    ['the address of a call to AWS', { awsApiCallAction: address }, '198.51.100.9'],
    ['the domain of a call to AWS', { awsApiCallAction: { domainDetails: { domain: 'a.example' } } }, 'a.example'],
    ['the address of a call to Kubernetes', { kubernetesApiCallAction: address }, '198.51.100.9'],
    ['the address of a login to a database', { rdsLoginAttemptAction: address }, '198.51.100.9'],
    ['the first that probed a port', { portProbeAction: { portProbeDetails: [address, {}] } }, '198.51.100.9'],
    [
      'an address of version 6',
      { networkConnectionAction: { remoteIpDetails: { ipAddressV4: null, ipAddressV6: '2001:db8::9' } } },
      '2001:db8::9',
    ],
    ['nobody, in an empty action', {}, null],
    ['nobody, in odd ones', { dnsRequestAction: [], portProbeAction: { portProbeDetails: [null] } }, null],
  ])('is %s', (_, action, remote) => {
    expect(seen({ action })?.remote).toBe(remote);
  });
});

describe('the process', () => {
  test('is null where nothing of it is known, and keeps what is', () => {
    expect(seen({ runtimeDetails: null })?.process).toBeNull();
    expect(
      seen({ runtimeDetails: { process: { name: null, executablePath: '', executableSha256: 5 } } })?.process,
    ).toBe(null);
    expect(seen({ runtimeDetails: { process: { executablePath: null } } })?.process).toMatchObject({
      name: 'xmrig',
      path: null,
    });
  });

  test('that an attacker named stays text, bounded and well formed', () => {
    const { process, files } = oneFinding(threatEvent('hostile-process')).threat ?? {};
    expect(process?.name).toContain('$(curl');
    expect(process?.path).toHaveLength(512);
    expect(files).toEqual(['/tmp/😀/<script>']);
    const broken = seen({ runtimeDetails: { process: { name: `a\ud83d` } } })?.process?.name ?? '';
    expect(broken.isWellFormed()).toBe(true);
  });
});

describe('how often', () => {
  test.each([
    [7, 7],
    [0, 0],
    [null, 1],
    ['3', 1],
    [-1, 1],
    [1.5, 1],
  ])('%j is %d', (count, times) => {
    expect(seen({ count })?.count).toBe(times);
  });
});

describe('the address that somebody came from', () => {
  const there = { remoteIpDetails: { ipAddressV4: '192.175.48.7' } };
  const from = (action: Tree) => seen({ action })?.from;

  test.each([
    ['of a connection that came in', { networkConnectionAction: { ...there, connectionDirection: 'INBOUND' } }],
    ['of a probe', { portProbeAction: { portProbeDetails: [there] } }],
    ['of a call of AWS', { awsApiCallAction: there }],
    ['of a call of Kubernetes', { kubernetesApiCallAction: there }],
    ['of a login', { rdsLoginAttemptAction: there }],
  ])('is that %s', (_what, action) => {
    expect(from(action)).toBe('192.175.48.7');
  });

  test('of IPv6 is told in one form', () => {
    expect(from({ awsApiCallAction: { remoteIpDetails: { ipAddressV6: '2620:4F:8000:0::7' } } })).toBe(
      '2620:4f:8000::7',
    );
  });

  test.each([
    ['the resource reached out', { networkConnectionAction: { ...there, connectionDirection: 'OUTBOUND' } }],
    ['nobody knows who began it', { networkConnectionAction: { ...there, connectionDirection: 'UNKNOWN' } }],
    ['it asked for a name', { dnsRequestAction: { domain: 'example.com' } }],
    ['a service of AWS called', { awsApiCallAction: { domainDetails: { domain: 'ec2.amazonaws.com' } } }],
    ['it is no address', { awsApiCallAction: { remoteIpDetails: { ipAddressV4: '192.175.48.*' } } }],
  ])('is not known where %s', (_what, action) => {
    expect(from(action)).toBeNull();
  });
});
