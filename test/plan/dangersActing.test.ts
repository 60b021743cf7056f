import { describe, it } from 'vitest';
import {
  anything,
  type Case,
  edited,
  evidence,
  expectWaits,
  mine,
  narrow,
  replace,
  ruleOf,
  said,
  settings,
  shipped,
  textOf,
  threatEcs,
  wide,
} from './packEdits.ts';

const capped = mine(narrow, undefined, 'approval: { when: [always] }\nlimits: { perHour: 1 }\n');
const waits: readonly Case[] = [
  [
    'a rule that takes everything enforces',
    ruleOf('aa', anything, [evidence, replace], 'order: 9999\nmode: observe\n'),
    ruleOf('aa', anything, [evidence, replace], 'order: 9999\nmode: enforce\n'),
    'rule aa did not act, enforces now, and takes whatever there is',
  ],
  [
    'a new rule takes every ARN',
    {},
    ruleOf('aa', '{ resource: { arn: [{ prefix: "arn:" }] } }', [evidence, replace]),
    'rule aa is new, enforces, and takes whatever there is',
  ],
  [
    'what says no mode enforces',
    ruleOf('aa', narrow, [evidence, replace], 'order: 1\n'),
    { ...ruleOf('aa', narrow, [evidence, replace], 'order: 1\n'), ...settings('defaultMode: enforce') },
    'settings have defaultMode enforce, which was observe: aa act',
  ],
  [
    'all rules act again',
    said('observeOnly: false', 'observeOnly: true'),
    shipped,
    'settings have observeOnly false, which was true: drop-point-ecs, escape-ecs, host-patch, malware-ecs, threat-ecs act',
  ],
  [
    'parameters',
    {},
    edited(threatEcs, 'strategy: replace-task', 'strategy: replace-task, allowZero: true'),
    'rule threat-ecs enforces, and does ecs.contain-service with allowZero true, which was false',
  ],
  [
    'another strategy',
    {},
    edited(threatEcs, 'strategy: replace-task', 'strategy: zero'),
    'rule threat-ecs enforces, and does ecs.contain-service with strategy "zero", which was "replace-task"',
  ],
  [
    'another action',
    {},
    edited(threatEcs, '- evidence.capture', '- evidence.capture\n  - ecr.quarantine-image'),
    'rule threat-ecs enforces, and does ecr.quarantine-image as well',
  ],
  [
    'the first action that changes something',
    {},
    edited('rules/threats-high', '- evidence.capture', '- evidence.capture\n  - ecs.stop-task'),
    'rule threats-high enforces, and does ecs.stop-task as well',
  ],
  [
    'every source by its name',
    mine(narrow),
    mine(narrow.replace('guardduty', 'guardduty, inspector, ecr, config, ssm, securityhub, inventory')),
    'rule mine enforces, and takes much more than before: source takes every value that there is',
  ],
  [
    'another name',
    capped,
    { 'rules/mine': null, ...ruleOf('other', wide, [evidence, replace], 'order: 9\nmode: enforce\n') },
    'rule other enforces, and has no limit perHour any more, which was 1',
  ],
  [
    'another name asks nobody',
    {},
    {
      'rules/host-patch': null,
      'rules/hosts': textOf('rules/host-patch')
        .replace(/^approval.*\n/m, '')
        .replace('name: host-patch', 'name: hosts'),
    },
    'rule hosts enforces, and asks nobody any more: approval is gone',
  ],
];

describe('an edit of the shipped pack that waits', () => {
  it.each(waits)('%s', expectWaits);
});
