import { describe, expect, it } from 'vitest';
import {
  dangersBetween,
  edited,
  exemptionOf,
  gone,
  ruleOf,
  said,
  settings,
  shipped,
  type Texts,
  textOf,
  threatEcs,
  toldBetween,
} from './packEdits.ts';

const image = '{ source: [inspector], type: [PACKAGE_VULNERABILITY], resource: { kind: [image] } }';
const acting = (more = 'mode: enforce\n', when = image) =>
  ruleOf('images', when, ['evidence.capture', 'ecr.quarantine-image'], `order: 40\n${more}`);

const told: readonly (readonly [what: string, before: Texts, after: Texts, said: string])[] = [
  ['a rule observes', acting(), acting('mode: observe\n'), 'rule images observes, and changes nothing any more'],
  [
    'an action is gone',
    acting(),
    ruleOf('images', image, ['evidence.capture'], 'order: 40\nmode: enforce\n'),
    'rule images does not do ecr.quarantine-image any more',
  ],
  [
    'it asks first',
    acting(),
    acting('mode: enforce\napproval: { when: [always] }\n'),
    'rule images waits for an approval',
  ],
  [
    'it takes less',
    acting(),
    acting(undefined, image.replace('{ kind: [image] }', '{ kind: [image], repository: [team/a] }')),
    'rule images takes less than it took',
  ],
  ['it has a limit', acting(), acting('mode: enforce\nlimits: { perHour: 2 }\n'), 'rule images has perHour 2 now'],
  [
    'another that watches comes first',
    acting(),
    ruleOf('aa', image, ['evidence.capture'], 'order: 0\nmode: observe\n'),
    'rule aa comes before rule images, takes all that it takes, and does less',
  ],
  [
    'an exemption',
    acting(),
    exemptionOf('{ resource: { repository: [batch/mailer] } }'),
    'exemption e takes something out of rule images',
  ],
  [
    'a freeze',
    {},
    settings('freezes:\n  - { name: w, timeZone: UTC, from: fri 18:00, to: mon 08:00 }'),
    'settings have the freeze w',
  ],
  [
    'protection',
    {},
    said('protected: []', 'protected: [{ cluster: [prod] }]'),
    'settings protect {"cluster":["prod"]}',
  ],
  [
    'a breaker that breaks sooner',
    {},
    said('ineffective: 3', 'ineffective: 2'),
    'settings stop a rule after 2 ineffective containments in 24 hours',
  ],
  ['a limit of all rules', {}, settings('limits: { perHour: 9 }'), 'settings have perHour 9 now'],
  [
    'all changes are stopped',
    {},
    said('observeOnly: false', 'observeOnly: true'),
    'settings have observeOnly true: every rule observes, nothing is changed',
  ],
];

describe('what is contained less without waiting is told', () => {
  it.each(told)('%s', (_what, before, after, sentence) => {
    const [was, is] = [
      { ...shipped, ...before },
      { ...shipped, ...before, ...after },
    ];
    expect(dangersBetween(was, is)).toEqual([]);
    expect(toldBetween(was, is)).toEqual([sentence]);
  });

  it('with all that the stop of all changes brought along and would have waited', () => {
    const after = { ...shipped, ...gone('threat-ecs'), ...said('observeOnly: false', 'observeOnly: true') };
    expect(dangersBetween(shipped, after)).toEqual([]);
    expect(toldBetween(shipped, after)).toContainEqual(
      expect.stringMatching(/^not waited for, because all changes stop: .* are not contained any more/),
    );
  });

  it.each([
    ['nothing', {}],
    ['order', edited(threatEcs, 'order: 40', 'order: 41')],
    ['more', { ...acting(), 'rules/other': null }],
    ['a comment', { [threatEcs]: `${textOf(threatEcs)}# so\n` }],
    ['an exemption from what only observes', exemptionOf('{ resource: { repository: [batch/mailer] } }')],
  ] as readonly (readonly [string, Texts])[])('not of %s', (_what, after) => {
    expect(toldBetween(shipped, { ...shipped, ...after })).toEqual([]);
  });
});
