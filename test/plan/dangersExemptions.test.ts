import { describe, expect, it } from 'vitest';
import { type Case, dangersBetween, exemptionOf, expectWaits, gone, said, shipped } from './packEdits.ts';

const waits: readonly Case[] = [
  [
    'an exemption takes what is open and of any severity',
    {},
    exemptionOf('{ status: [open], severity: [{ numeric: [">", 0] }] }'),
    'exemption e takes out whatever there is',
  ],
  [
    'an exemption takes what is no sample',
    {},
    exemptionOf('{ sample: [false] }'),
    'exemption e takes out whatever there is',
  ],
  ['an exemption takes what is open', {}, exemptionOf('{ status: [open] }'), 'exemption e takes out whatever there is'],
  [
    'an exemption takes an account',
    {},
    exemptionOf('{ account: ["123456789012"] }'),
    'exemption e takes out whatever there is',
  ],
  [
    'an exemption takes any severity',
    {},
    exemptionOf('{ severity: [{ numeric: [">", 0] }] }'),
    'exemption e takes out whatever there is',
  ],
  [
    'an exemption takes all of GuardDuty',
    {},
    exemptionOf('{ source: [guardduty] }'),
    /^exemption e takes out findings of the worst class/,
  ],
  [
    'an exemption takes a shell whole',
    {},
    exemptionOf('{ type: ["Execution:Runtime/ReverseShell"] }'),
    /^exemption e takes out findings of the worst class/,
  ],
  [
    'an exemption takes the containment',
    {},
    exemptionOf('{ source: [guardduty] }', 'actions: [ecs.contain-service, ecs.stop-task]\n'),
    /not contained any more: by exemption e/,
  ],
  [
    'an exemption takes the rules',
    {},
    exemptionOf('{ resource: { cluster: [prod] } }', 'rules: [threat-ecs, escape-ecs]\n'),
    /not contained any more: by exemption e/,
  ],
  ...[
    'Backdoor:EC2/C&CActivity.B!DNS',
    'PrivilegeEscalation:Runtime/CGroupsReleaseAgentModified',
    'UnauthorizedAccess:IAMUser/InstanceCredentialExfiltration.InsideAWS',
    'Execution:EKS/MaliciousFile',
    'AttackSequence:EKS/CompromisedCluster',
    'AttackSequence:IAM/CompromisedCredentials',
  ].map(
    (type): Case => [
      `nobody is woken by ${type}`,
      {},
      exemptionOf(`{ type: ["${type}"] }`, 'scope: paging\n'),
      /lets nobody be woken/,
    ],
  ),
  [
    'nobody is woken by Trojans',
    {},
    exemptionOf('{ type: [{ prefix: "Trojan:EC2/" }] }', 'scope: paging\n'),
    /lets nobody be woken/,
  ],
  [
    'nobody is woken by what is severe',
    {},
    exemptionOf(
      '{ source: [guardduty], type: [{ prefix: "DefenseEvasion:" }], severity: [{ numeric: [">=", 7] }] }',
      'scope: paging\n',
    ),
    /lets nobody be woken/,
  ],
  [
    'an exemption drops its rules',
    exemptionOf('{ account: [{ wildcard: "*" }] }', 'rules: [threats-low]\n'),
    exemptionOf('{ account: [{ wildcard: "*" }] }'),
    'exemption e takes out whatever there is',
  ],
  [
    'an exemption drops its actions',
    exemptionOf('{ account: [{ wildcard: "*" }] }', 'actions: [ecs.stop-task]\n'),
    exemptionOf('{ account: [{ wildcard: "*" }] }'),
    'exemption e takes out whatever there is',
  ],
];

describe('an edit of the shipped pack that waits', () => {
  it.each(waits)('%s', expectWaits);
});
it('an exemption that is over is none: it comes back as a new one', () => {
  const over = { ...shipped, ...exemptionOf('{ source: [guardduty] }', '', '2026-11-20T09:00:00Z') };
  const again = { ...shipped, ...exemptionOf('{ source: [guardduty] }') };
  expect(dangersBetween(over, again)).toEqual([expect.stringContaining('exemption e takes out')]);
});

it('exemptions and settings come first, which concern the most', () => {
  const after = {
    ...shipped,
    ...exemptionOf('{ status: [open] }'),
    ...said('quietPullDays: 30', 'quietPullDays: 1'),
    ...gone('threat-ecs'),
  };
  const found = dangersBetween(shipped, after).map((sentence) => sentence.split(' ')[0]);
  expect(found.slice(0, 2)).toEqual(['exemption', 'settings']);
});
