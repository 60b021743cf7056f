import { describe, expect, it } from 'vitest';
import { responsibleFor } from '../../shared/plan/team.ts';
import type { Team, WorkingHours } from '../../shared/rules/rule.ts';
import { planFor } from '../report/runs.ts';

const plan = planFor();
const by = (owner: string) => ({ ...plan, owner });
const hours: WorkingHours = { timeZone: 'UTC', from: '08:00', to: '18:00' };
const late: WorkingHours = { timeZone: 'UTC', from: '12:00', to: '20:00' };
const teams: readonly Team[] = [
  { name: 'payments', owners: ['Payments', 'pay-oncall'], workingHours: late },
  { name: 'platform', owns: [{ repository: [{ prefix: 'payments/' }] }] },
];

describe('who is responsible', () => {
  it.each<[string, string, string | null, string]>([
    ['the team of the tag', 'payments (tag team)', 'payments', 'its owner is payments'],
    ['whatever its case', 'PAY-ONCALL (tag firebreak:owner)', 'payments', 'its owner is PAY-ONCALL'],
    ['a team by its name', 'platform (tag owner)', 'platform', 'its owner is platform'],
    ['a name with brackets', 'pay (eu) (tag team)', null, 'pay (eu) is in no team'],
    ['of nobody, the team that has the target', 'unknown (no tag owner, team)', 'platform', 'the settings say so'],
    [
      'of what cannot be read, the same',
      'unknown (the tags could not be read: No (x))',
      'platform',
      'the settings say so',
    ],
    ['a tag beats the patterns', 'ops (tag team)', null, 'ops is in no team of the settings'],
    ['around it a team', 'Payments (tag team of cluster prod)', 'payments', 'its owner is Payments'],
    [
      'around it nobody that a team knows',
      'terraform (tag owner of cluster prod)',
      'platform',
      'teams.platform.owns, and what a tag says is in no team',
    ],
    [
      'the patterns before what a task says of itself',
      'payments (tag team of the task)',
      'platform',
      'teams.platform.owns, and come before what a task says of itself',
    ],
    ['an owner that only begins so', 'unknown-team (tag team)', null, 'unknown-team is in no team'],
  ])('%s', (_what, owner, team, how) => {
    const found = responsibleFor(by(owner), { teams });
    expect(found).toMatchObject({ team, how: expect.stringContaining(how) });
  });

  it('is the team that a task names where no pattern has it', () => {
    const found = responsibleFor(by('payments (tag team of the task)'), { teams: teams.slice(0, 1) });
    expect(found).toMatchObject({ team: 'payments', how: 'its owner is payments' });
  });

  it('is at work as the team says, else as the settings do', () => {
    const settings = { teams, workingHours: hours };
    expect(responsibleFor(by('payments (tag team)'), settings).workingHours).toEqual(late);
    expect(responsibleFor(by('platform (tag team)'), settings).workingHours).toEqual(hours);
    expect(responsibleFor(by('ops (tag team)'), settings).workingHours).toEqual(hours);
    expect(responsibleFor(by('platform (tag team)'), { teams }).workingHours).toBeUndefined();
  });
});
