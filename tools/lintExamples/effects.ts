import type { ProblemCode } from '../../shared/rules/codes.ts';
import { type Example, exemption, rule, scan, who } from './example.ts';

const quarantine = '  - evidence.capture\n  - ecr.quarantine-image';
const service = 'source: [guardduty]\nresource: { kind: [ecs-service, ecs-task] }';
const contain = '  - evidence.capture\n  - ecs.contain-service: { allowZero: true }';
const outOfTraffic = '  - evidence.capture\n  - ecs.remove-from-traffic';
const host = 'type: [PatchCompliance]\nresource: { kind: [instance] }';
const drained = '  - evidence.capture\n  - eks.drain-node';
const asking = 'approval: { when: [always] }\n';
const patch = '  - evidence.capture\n  - ssm.patch-hosts';
const shell = 'source: [guardduty]\ntype: ["Execution:Runtime/ReverseShell"]';
const later = `${who}expires: 2026-03-31\n`;
const base = 'resource: { kind: [image], repository: [base/debian] }';
const quarantined = rule(scan, '', quarantine);

const named = (name: string, order: number, when: string): string =>
  `name: ${name}\norder: ${order}\nwhen:\n${when.replace(/^/gm, '  ')}\ndo:\n  - evidence.capture\n`;
const critical = 'type: [ImageScan]\nlabel: [critical]';
const severe = 'type: [ImageScan]\nlabel: [critical, high]';

/** About what rules do, and about files beside each other. */
export const effectExamples = {
  'no-target': {
    bad: rule('source: [guardduty]\nresource: { kind: [role] }', '', quarantine),
    at: 'example.yaml:7:5',
    good: rule('source: [guardduty]\nresource: { kind: [ecs-task] }', '', quarantine),
  },
  declined: {
    bad: rule(host.replace('instance', 'managed-instance'), '', patch),
    at: 'example.yaml:7:5',
    good: rule(host, '', patch),
  },
  irreversible: {
    bad: rule(host, 'mode: enforce\n', patch),
    at: 'example.yaml:7:5',
    good: rule(host, 'mode: enforce\napproval: { when: [always] }\n', patch),
  },
  'no-evidence': {
    bad: rule(scan, '', '  - ecr.quarantine-image'),
    at: 'example.yaml:6:5',
    good: quarantined,
  },
  'stops-nobody': {
    bad: rule(service, '', outOfTraffic),
    at: 'example.yaml:7:5',
    good: rule(service, '', `${outOfTraffic}\n  - ecs.contain-service`),
  },
  'empties-for-nothing': {
    bad: rule(host, '', drained),
    at: 'example.yaml:7:5',
    good: rule(host, asking, `${drained}\n  - ssm.patch-hosts`),
  },
  'idle-approval': {
    bad: rule(scan, 'approval: { when: [always] }\n'),
    at: 'example.yaml:7:1',
    good: rule(scan, 'approval: { when: [always] }\n', quarantine),
  },
  'never-late': {
    bad: rule(service, 'approval: { when: [always], onTimeout: minimum }\n', contain),
    at: 'example.yaml:8:29',
    good: rule(service, 'approval: { when: [always], timeout: PT10M, onTimeout: minimum }\n', contain),
  },
  'zero-and-minimum': {
    bad: rule(service, '', contain.replace('true', 'true, minHealthyPercent: 50')),
    at: 'example.yaml:7:28',
    good: rule(service, '', contain),
  },
  'quiet-failure': {
    bad: rule(scan, 'page: { not-contained: digest }\n', quarantine),
    at: 'example.yaml:8:9',
    good: rule(scan, 'page: { held: notice }\n', quarantine),
  },
  'quiet-threat': {
    bad: rule(shell, 'page: { observed: digest }\n'),
    at: 'example.yaml:7:9',
    good: rule(shell, 'page: { observed: page }\n'),
  },
  'takes-everything': {
    bad: rule('source: [{ exists: true }]', 'mode: enforce\n', quarantine),
    at: 'example.yaml:2:1',
    good: rule(scan, 'mode: enforce\n', quarantine),
  },
  unreachable: {
    bad: { 'critical.yaml': named('critical', 20, critical), 'severe.yaml': named('severe', 10, severe) },
    at: 'critical.yaml:3:1',
    good: { 'critical.yaml': named('critical', 5, critical), 'severe.yaml': named('severe', 10, severe) },
  },
  'same-pattern': {
    bad: { 'critical.yaml': named('critical', 10, critical), 'urgent.yaml': named('urgent', 10, critical) },
    at: 'urgent.yaml:3:1',
    good: { 'critical.yaml': named('critical', 10, critical) },
  },
  'exempts-nothing': {
    bad: exemption(base, `actions: [ecs.stop-task]\n${later}`, quarantined),
    at: 'exemptions/example.yaml:4:1',
    good: exemption(base, `actions: [ecr.quarantine-image]\n${later}`, quarantined),
  },
  'exempts-everything': {
    bad: exemption('source: [{ exists: true }]', later, quarantined),
    at: 'exemptions/example.yaml:2:1',
    good: exemption(base, later, quarantined),
  },
  'unknown-rule': {
    bad: exemption(base, `${who}rules: [exampel]\nexpires: 2026-03-31\n`, quarantined),
    at: 'exemptions/example.yaml:6:9',
    good: exemption(base, `${who}rules: [example]\nexpires: 2026-03-31\n`, quarantined),
  },
  scope: {
    bad: exemption(base, `${who}scope: paging\nactions: [ecr.quarantine-image]\nexpires: 2026-03-31\n`, quarantined),
    at: 'exemptions/example.yaml:6:1',
    good: exemption(base, `${who}scope: paging\nexpires: 2026-03-31\n`, quarantined),
  },
  'too-long': {
    bad: exemption(base, `${who}expires: 2027-01-31\n`, quarantined),
    at: 'exemptions/example.yaml:6:1',
    good: exemption(base, later, quarantined),
  },
  'expires-soon': {
    bad: exemption(base, `${who}expires: 2026-01-20\n`, quarantined),
    at: 'exemptions/example.yaml:6:1',
    good: exemption(base, later, quarantined),
  },
  expired: {
    bad: exemption(base, `${who}expires: 2025-12-31\n`, quarantined),
    at: 'exemptions/example.yaml:6:1',
    good: exemption(base, later, quarantined),
  },
  'protects-everything': {
    bad: { ...quarantined, 'settings.yaml': 'protected:\n  - kind: [{ exists: true }]\n' },
    at: 'settings.yaml:2:5',
    good: { ...quarantined, 'settings.yaml': 'protected:\n  - kind: [ecs-service]\n    cluster: [prod]\n' },
  },
} as const satisfies Partial<Record<ProblemCode, Example>>;
