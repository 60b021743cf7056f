import { describe, expect, it } from 'vitest';
import {
  type Case,
  dangersBetween,
  edited,
  evidence,
  exemptionOf,
  expectWaits,
  ruleOf,
  shipped,
  type Texts,
  threatEcs,
  zero,
} from './packEdits.ts';

const on = (more: string): string =>
  `{ source: [guardduty], status: [open], ${more.includes('resource:') ? '' : 'resource: { kind: [ecs-task, ecs-cluster] }, '}${more} }`;
const watches = (more: string): Texts => ruleOf('aa', on(more), [evidence], 'order: 1\nmode: observe\n');
const less = /are (not contained any more|contained less)/;

/** Rules and exemptions that name nobody: what they ask is whether something is there, or is anything but what they say. */
const unnamed: readonly Case[] = [
  ...[
    'threat: { process: { path: [{ anything-but: { prefix: /opt/backup/ } }] } }',
    'threat: { process: { name: [{ exists: true }] } }',
    'threat: { process: { sha256: [{ exists: true }] } }',
    'threat: { files: [{ exists: true }] }',
    'severity: [{ numeric: ["<", 9] }], threat: { files: [{ exists: true }] }',
    'threat: { remote: [{ cidr: 10.0.0.0/8 }] }',
    'threat: { remote: [{ cidr: "2001:db8::/32" }] }',
    'account: [{ anything-but: ["123456789012"] }], threat: { files: [{ exists: true }] }',
    'account: [{ anything-but: ["111122223333"] }]',
  ].map((more): Case => [`a rule in front observes ${more}`, {}, watches(more), /rule aa takes them now/]),
  ...['actions: [ecs.contain-service, ecs.stop-task]\n', 'rules: [threat-ecs]\n'].map(
    (more): Case => [
      `an exemption takes out ${more}`,
      {},
      exemptionOf(on('threat: { process: { name: [{ exists: true }] } }'), more),
      /by exemption e/,
    ],
  ),
  ...['cluster: [{ anything-but: [prod] }]', 'launchType: [FARGATE]'].map(
    (more): Case => [
      `a rule is narrowed to ${more}`,
      {},
      edited('rules/escape-ecs', 'resource: {', `resource: { ${more},`),
      less,
    ],
  ),
  [
    'a rule is narrowed to other Regions',
    {},
    edited(threatEcs, 'resource: {', 'region: [{ anything-but: [eu-west-1] }]\n  resource: {'),
    less,
  ],
  [
    'a rule is narrowed to few findings of one kind',
    {},
    edited(threatEcs, 'resource: {', 'threat: { count: [{ numeric: ["<", 5] }] }\n  resource: {'),
    less,
  ],
  [
    'another rule does more where a process is known',
    {},
    ruleOf(
      'aa',
      '{ source: [guardduty], resource: { kind: [ecs-task] }, threat: { process: { name: [{ exists: true }] } } }',
      [evidence, zero],
      'order: 0\nmode: enforce\n',
    ),
    /get ecs.contain-service with allowZero: rule aa takes them now/,
  ],
];

describe('an edit of the shipped pack waits that names nobody', () => {
  it.each(unnamed)('%s', expectWaits);
});

it('what is excluded goes on as it was', () => {
  const own = watches('account: ["123456789012"], resource: { cluster: [{ anything-but: [prod] }] }');
  const narrower = watches('account: ["123456789012"], resource: { cluster: [{ anything-but: [prod, test] }] }');
  expect(dangersBetween({ ...shipped, ...own }, { ...shipped, ...narrower })).toEqual([]);
});
