import { describe, it } from 'vitest';
import {
  all,
  type Case,
  edited,
  evidence,
  expectWaits,
  gone,
  mine,
  narrow,
  ruleOf,
  textOf,
  threatEcs,
  wide,
  zero,
} from './packEdits.ts';

const waits: readonly Case[] = [
  [
    'a rule against threats observes',
    {},
    edited(threatEcs, 'mode: enforce', 'mode: observe'),
    /not contained any more: rule threat-ecs observes/,
  ],
  ['it is gone', {}, gone('threat-ecs'), /not contained any more: rule threats-high takes them now, as threat-ecs did/],
  [
    'it names a cluster that there is not',
    {},
    edited(threatEcs, 'resource: {', 'resource: { cluster: [no-such],'),
    /not contained any more/,
  ],
  [
    'it is asked too late',
    {},
    edited(threatEcs, 'order: 40', 'order: 950'),
    /rule threats-high takes them now, as threat-ecs did/,
  ],
  ['it begins at a higher severity', {}, edited(threatEcs, '">=", 7', '">=", 7.5'), /not contained any more/],
  [
    'it asks first',
    {},
    { [threatEcs]: `${textOf(threatEcs)}approval: { when: [always] }\n` },
    /rule threat-ecs waits for an approval/,
  ],
  [
    'what stops the service is left out',
    {},
    edited(threatEcs, / {2}- ecs.contain-service.*\n/, ''),
    /contained less, without ecs-service: rule threat-ecs/,
  ],
  [
    'a rule that watches takes them first',
    {},
    ruleOf('aa', wide, [evidence], 'order: 0\nmode: observe\n'),
    /rule aa takes them now, as malware-ecs, threat-ecs, escape-ecs and 1 more did/,
  ],
  [
    'one for a cluster of its own does',
    {},
    ruleOf('aa', narrow, [evidence], 'order: 0\nmode: observe\n'),
    /not contained any more: rule aa takes them now/,
  ],
  [
    'what was enforced for a cluster is gone',
    mine('{ resource: { kind: [ecs-task], cluster: [prod] }, source: [guardduty], severity: [{ numeric: ["<", 7] }] }'),
    { 'rules/mine': null },
    /not contained any more/,
  ],
  [
    'all rules but one are gone',
    {},
    gone(...all.filter((name) => name !== 'threats-low')),
    /wake nobody any more: no rule takes them/,
  ],
  [
    'another rule does it with more',
    {},
    ruleOf('aa', wide, [evidence, zero], 'order: 0\nmode: enforce\n'),
    /get ecs.contain-service with allowZero: rule aa takes them now/,
  ],
];

describe('an edit of the shipped pack that waits', () => {
  it.each(waits)('%s', expectWaits);
});
