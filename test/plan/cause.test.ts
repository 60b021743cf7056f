import { describe, expect, test } from 'vitest';
import type { Circumstances } from '../../shared/account/accused.ts';
import type { Finding, Threat } from '../../shared/finding/finding.ts';
import { type CauseInput, causeOfThreat, causesOf, classOf, firstCause, worstClass } from '../../shared/plan/cause.ts';
import { decideFinding } from '../../shared/plan/match.ts';
import type { Matched } from '../../shared/plan/plan.ts';
import { finding, now, rule, ruleSet } from './fakes.ts';
import { accused, circumstances, malware, miner, shell, threat, threatFinding } from './threats.ts';

const set = ruleSet([rule({ name: 'r1', when: { type: [{ 'anything-but': ['Else'] }] } })]);
const matchedOf = (one: Finding): Matched => decideFinding(one, set, now);
const taken = matchedOf(finding());
const closed = matchedOf(finding({ status: 'resolved' }));
const causeOf = (input: CauseInput) => firstCause([...causesOf(input).values()]);

interface Seen {
  readonly threat?: Partial<Threat>;
  readonly circumstances?: Partial<Circumstances>;
  readonly earlier?: readonly Finding[];
  readonly window?: number;
}

/** Of a threat that was first seen half an hour after its image was deployed, unless the test says otherwise. */
function cause(type: string, seen: Seen = {}) {
  const one = threatFinding(type, seen.threat);
  const around = { ...circumstances, ...seen.circumstances };
  return causeOfThreat(one, threat(seen.threat), around, seen.earlier ?? [one], seen.window ?? 60);
}

describe('what is told of where somebody is', () => {
  const at = (kind: string, type: string) => {
    const one = threatFinding(type);
    const there = { ...one, resource: { ...one.resource, kind } } as Finding;
    const around = { ...circumstances, firstDeployedAt: null };
    return causeOfThreat(there, threat(), around, [there], 60);
  };
  test.each([
    ['ecs-task', shell, 'Somebody is at work in the container'],
    ['instance', 'Behavior:EC2/NetworkPortUnusual', 'Somebody is at work on the host'],
    ['other', 'Policy:Kubernetes/ExposedDashboard', 'that one has come in is not known'],
    ['instance', 'Recon:EC2/PortProbeEMRUnprotectedPort', 'that one has come in is not known'],
    ['role', 'Exfiltration:S3/AnomalousBehavior', 'Somebody is at work with what is accused'],
    ['ecs-task', miner, 'Whether the image or an intruder is to blame cannot be told'],
    ['instance', miner, 'Whether somebody is inside, or what was put there is to blame, cannot be told'],
  ])('is true of its kind: %s, %s', (kind, type, why) => {
    expect(at(kind, type).why).toContain(why);
  });
});

describe('malware', () => {
  // Seen too late to have come with a deployment, so that its place alone decides.
  const late = { firstSeenAt: '2026-11-21T09:00:00.000Z', process: null };
  const at = (path: string, readOnlyRoot: boolean) =>
    cause(malware, { threat: { ...late, files: [path] }, circumstances: { readOnlyRoot } }).cause;

  test('where only the image can have put it is the image', () => {
    expect(at('/usr/lib/evil.so', true)).toBe('image');
    expect(cause(malware, { threat: late, circumstances: { readOnlyRoot: true } }).cause).toBe('unknown');
  });

  test('in a file system that can be written to is not for that the image', () => {
    expect(at('/usr/lib/evil.so', false)).toBe('unknown');
  });

  test.each(['/tmp/.x/a', '/var/tmp/a', '/dev/shm/a', '/run/a', '/var/run/a', 'tmp/.x/a'])(
    'under a path that is written to even then is an intrusion: %s',
    (path) => {
      expect(at(path, true)).toBe('intrusion');
      expect(at(path, false)).toBe('intrusion');
      expect(at(`/opt/${path.replace(/^\//, '')}`, true)).toBe('image');
    },
  );

  test('of which one file may have been put there by anybody is not in a layer', () => {
    const files = ['/usr/lib/evil.so', '/tmp/a'];
    expect(cause(malware, { threat: { ...late, files }, circumstances: { readOnlyRoot: true } }).cause).toBe(
      'intrusion',
    );
  });

  test('is where its process runs from, if that is known', () => {
    const running = (path: string | null) =>
      cause('Execution:Runtime/MaliciousFileExecuted', {
        threat: { ...late, process: { name: 'evil', path, sha256: null } },
        circumstances: { readOnlyRoot: true },
      }).cause;
    expect(running('/usr/bin/evil')).toBe('image');
    expect(running('/tmp/evil')).toBe('intrusion');
    expect(running(null)).toBe('unknown');
  });

  test('that came within the window is the image wherever it lies', () => {
    expect(cause(malware, { threat: { files: ['/tmp/a'] } }).cause).toBe('image');
  });

  test('says more than a place does: a shell from a read-only file system is a shell', () => {
    expect(cause(shell, { circumstances: { readOnlyRoot: true } }).cause).toBe('intrusion');
  });
});

describe('somebody at work', () => {
  test('is an intrusion, however soon after the deployment', () => {
    expect(cause(shell)).toEqual({
      cause: 'intrusion',
      why: 'Somebody is at work in the container (Execution:Runtime/ReverseShell).',
    });
    expect(cause('Execution:Runtime/NewBinaryExecuted').cause).toBe('intrusion');
    expect(cause('Brand:New/Type').cause).toBe('intrusion');
  });

  test('in an attack sequence, too: its signals tell', () => {
    const sequence = 'AttackSequence:ECS/CompromisedCluster';
    expect(cause(sequence, { threat: { signals: [miner, shell] } }).cause).toBe('intrusion');
    expect(cause(sequence, { threat: { signals: [miner] } }).cause).toBe('image');
  });
});

describe('what a program does by itself', () => {
  const minutesIn = (minutes: number, more: Seen = {}) =>
    cause(miner, {
      ...more,
      threat: {
        firstSeenAt: new Date(Date.parse('2026-11-20T09:00:00.000Z') + minutes * 60_000).toISOString(),
        ...more.threat,
      },
    });

  test('within the window after the deployment came with the image, to the end of the window', () => {
    expect(minutesIn(0).cause).toBe('image');
    expect(minutesIn(60).cause).toBe('image');
    expect(minutesIn(60 + 1 / 60_000).cause).toBe('unknown');
    expect(minutesIn(61, { window: 90 }).cause).toBe('image');
    expect(minutesIn(31, { window: 30 }).cause).toBe('unknown');
  });

  test('under a writable path came with the image in the window, and with an intruder after it', () => {
    const process = { name: 'xmrig', path: '/tmp/.x/xmrig', sha256: null };
    expect(minutesIn(30, { threat: { process } }).cause).toBe('image');
    expect(minutesIn(61, { threat: { process } })).toEqual({
      cause: 'intrusion',
      why: 'Something runs from /tmp/.x/xmrig, which is not part of the image.',
    });
  });

  test('before the deployment is not the doing of what was deployed', () => {
    expect(minutesIn(-1 / 60_000)).toEqual({ cause: 'unknown', why: expect.stringContaining('seen before the image') });
  });

  test('with no known deployment cannot be told', () => {
    expect(minutesIn(30, { circumstances: { firstDeployedAt: null } })).toEqual({
      cause: 'unknown',
      why: expect.stringContaining('when its image was first deployed is not known'),
    });
  });

  test('says how soon, and what that is compared with', () => {
    expect(minutesIn(30).why).toBe(
      'It seems to have come with the image: first seen 30 minutes after its deployment, and never on the image before.',
    );
    expect(minutesIn(30, { circumstances: { hadEarlier: false } }).why).not.toContain('never on');
    expect(minutesIn(61).why).toContain('first seen 61 minutes after the image was deployed');
    expect(minutesIn(6 * 60).why).toContain('first seen 6 hours after');
    expect(minutesIn(72 * 60).why).toContain('first seen 3 days after');
  });

  describe('and did on the image before', () => {
    const seenAt = (firstSeenAt: string) => threatFinding(miner, { firstSeenAt }, { id: 'another' });
    const before = seenAt('2026-11-20T08:59:59.999Z');
    const since = seenAt('2026-11-20T09:00:00.000Z');

    test('is not excused by a shell in the image before, which nobody brings along', () => {
      const intruder = threatFinding(shell, { firstSeenAt: '2026-11-19T09:00:00.000Z' }, { id: 'another' });
      expect(minutesIn(30, { earlier: [intruder] }).cause).toBe('image');
    });

    test('is not the doing of the new one, whatever type it was', () => {
      expect(minutesIn(30, { earlier: [before] })).toEqual({
        cause: 'unknown',
        why: expect.stringContaining(`${miner} was seen on an earlier image`),
      });
      expect(minutesIn(30, { earlier: [since] }).cause).toBe('image');
    });

    test('is not told by a vulnerability, which nobody has done', () => {
      expect(minutesIn(30, { earlier: [finding({ observedAt: '2026-11-01T00:00:00.000Z' })] }).cause).toBe('image');
    });

    test('counts among the findings of this incident and of closed ones alike', () => {
      const own = threatFinding(miner);
      const around = new Map([own, before].map(({ id }) => [id, accused()]));
      const causeWith = (matched: readonly Finding[], earlier: readonly Finding[]) =>
        causeOf({ matched: matched.map(matchedOf), accused: around, earlier, causeWindowMinutes: 60 })?.cause;
      expect(causeWith([own], [])).toBe('image');
      expect(causeWith([own], [before])).toBe('unknown');
      expect(causeWith([own, before], [])).toBe('unknown');
    });
  });
});

describe('the cause of an incident', () => {
  const causeAmong = (...matched: readonly Matched[]) =>
    causeOf({ matched, accused: new Map(), earlier: [], causeWindowMinutes: 60 });
  const because = (one: 'image' | 'intrusion' | 'unknown') => ({ cause: one, why: `${one}.` });

  test('is null where nobody is at work: a weakness is neither malware nor an intruder', () => {
    expect(causeAmong(taken, closed)).toBeNull();
  });

  test('is null when no rule took a threat: nothing is decided', () => {
    expect(causeAmong()).toBeNull();
    expect(causeAmong(matchedOf(threatFinding(shell, {}, { status: 'resolved' })))).toBeNull();
    expect(causeAmong(matchedOf(threatFinding('Else')))).toBeNull();
    expect(causeAmong(matchedOf(threatFinding(shell)))?.cause).toBe('intrusion');
  });

  test('is unknown for a program of whose surroundings nothing was read', () => {
    expect(causeAmong(matchedOf(threatFinding(miner)))?.cause).toBe('unknown');
  });

  test('is the first that holds: image, then intrusion, then unknown', () => {
    expect(firstCause([because('unknown'), because('intrusion'), because('image')])).toEqual(because('image'));
    expect(firstCause([because('unknown'), because('intrusion')])).toEqual(because('intrusion'));
    expect(firstCause([because('unknown')])).toEqual(because('unknown'));
    expect(firstCause([])).toBeNull();
  });
});

describe('the class of an incident', () => {
  const all = (...findings: readonly Finding[]) => classOf(findings.map(matchedOf));

  test('is C for a vulnerability, however severe', () => {
    expect(classOf([taken])).toBe('C');
    expect(all(finding({ severity: 10 }))).toBe('C');
  });

  test('is the worst among several', () => {
    expect(all(finding(), threatFinding(miner), threatFinding(shell))).toBe('A');
    expect(all(finding(), threatFinding(miner))).toBe('B');
    expect(worstClass(['C', 'B', 'A'])).toBe('A');
    expect(worstClass(['C', 'B'])).toBe('B');
    expect(worstClass([])).toBe('C');
  });

  test('does not count what is ignored', () => {
    expect(all(finding(), threatFinding(shell, {}, { sample: true }))).toBe('C');
  });
});
