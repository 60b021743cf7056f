import { describe, expect, it } from 'vitest';
import {
  dangersBetween,
  edited,
  evidence,
  exemptionOf,
  gone,
  mine,
  narrow,
  replace,
  ruleOf,
  said,
  settings,
  shipped,
  type Texts,
  textOf,
  threatEcs,
  watched,
  wide,
  zero,
} from './packEdits.ts';

const cve = '{ type: [PACKAGE_VULNERABILITY], vulnerability: { id: [CVE-2026-1] } }';
const passes: readonly (readonly [what: string, before: Texts, after: Texts])[] = [
  ['all changes are stopped', {}, said('observeOnly: false', 'observeOnly: true')],
  [
    'all changes are stopped, whatever else the edit does',
    {},
    { settings: 'observeOnly: true\nprotected: []\nquietPullDays: 1\n', ...gone('threat-ecs') },
  ],
  [
    'rules are edited while nothing acts',
    said('observeOnly: false', 'observeOnly: true'),
    edited(threatEcs, 'mode: enforce', 'mode: observe'),
  ],
  ['a narrow rule is new', {}, ruleOf('aa', narrow, [evidence, replace], 'order: 9\nmode: enforce\n')],
  [
    'a narrow rule is promoted',
    ruleOf('aa', cve, [evidence, 'ecr.quarantine-image'], 'mode: observe\n'),
    ruleOf('aa', cve, [evidence, 'ecr.quarantine-image'], 'mode: enforce\n'),
  ],
  ['the shipped rule for images is promoted', {}, edited('rules/image-exploitable', 'mode: observe', 'mode: enforce')],
  ['a sensible rule that watched is promoted', watched, mine(wide)],
  [
    'one is renamed as it is',
    {},
    { [threatEcs]: null, 'rules/threats': textOf(threatEcs).replace('name: threat-ecs', 'name: threats') },
  ],
  ['a cluster more', mine(narrow), mine(narrow.replace('[test]', '[test, prod]'))],
  [
    'a limit, and less of an action',
    mine(narrow, [evidence, zero]),
    mine(narrow, [evidence, 'ecs.contain-service: { strategy: by-cause }'], 'limits: { perHour: 1 }\n'),
  ],
  ['a vulnerability is exempted', {}, exemptionOf(cve)],
  ['images are exempted', {}, exemptionOf('{ resource: { repository: [batch/mailer] } }')],
  ['nobody is woken about images', {}, exemptionOf('{ resource: { repository: [batch/mailer] } }', 'scope: paging\n')],
  ['what is mild is exempted', {}, exemptionOf('{ source: [guardduty], type: ["Recon:EC2/Portscan"] }')],
  [
    'an exemption holds for longer',
    exemptionOf('{ source: [guardduty] }'),
    exemptionOf('{ source: [guardduty] }', '', '2027-01-15'),
  ],
  [
    'an exemption is narrowed to a rule',
    exemptionOf('{ source: [guardduty] }'),
    exemptionOf('{ source: [guardduty] }', 'rules: [threat-ecs]\n'),
  ],
  [
    'a weekend is frozen',
    {},
    settings('freezes:\n  - { name: w, timeZone: Europe/Berlin, from: fri 18:00, to: mon 08:00 }'),
  ],
  ['nights are frozen', {}, settings('freezes:\n  - { name: n, timeZone: Europe/Berlin, from: "18:00", to: "08:00" }')],
  [
    'two weeks are frozen',
    {},
    settings('freezes:\n  - { name: xmas, timeZone: UTC, from: 2026-12-20T00:00, to: 2027-01-03T00:00 }'),
  ],
  ['settings are stricter', {}, said('quietPullDays: 30', 'quietPullDays: 40')],
  ['a rule about configuration is gone', {}, gone('configuration', 'scanning-off')],
  ['order alone', {}, edited(threatEcs, 'order: 40', 'order: 41')],
];

describe('an edit of the shipped pack that goes through', () => {
  it.each(passes)('%s', (_what, before, after) => {
    expect(dangersBetween({ ...shipped, ...before }, { ...shipped, ...before, ...after })).toEqual([]);
  });
});
