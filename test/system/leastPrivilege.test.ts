import { beforeAll, describe, expect, it } from 'vitest';
import type { Template } from '../../sandbox/template/deploy.ts';
import { type Checked, check } from '../../tools/leastPrivilege/check.ts';
import { exceptions } from '../../tools/leastPrivilege/exceptions.ts';
import type { Finding } from '../../tools/leastPrivilege/report.ts';
import { type Scenario, scenarios } from '../../tools/leastPrivilege/scenarios.ts';
import { type Removal, removalsOf, without } from './removal/removals.ts';
import { bundles, packaged } from './stage.ts';

// The whole is played in test/full; here one scenario each, whose calls are enough to see a difference.
const guarding = scenarios.filter(({ name }) => name === 'demo bad-edit');
const containing = scenarios.filter(({ name }) => name.startsWith('a service on hosts is contained'));

const checked = (template: Template, played: readonly Scenario[] = guarding): Promise<Checked> =>
  check({ template, bundles, scenarios: played, exceptions });

/** What the report finds of a template that it does not find of the packaged one. */
async function news(template: Template): Promise<readonly Finding[]> {
  const { report } = await checked(template);
  const known = new Set(before.report.findings.map(({ policy, text }) => `${policy} ${text}`));
  return report.findings.filter(({ policy, text }) => !known.has(`${policy} ${text}`));
}

let before: Checked;
beforeAll(async () => {
  before = await checked(packaged);
});

interface Written {
  readonly Sid: string;
  readonly Action: string[];
  readonly Resource: unknown;
}

/** The packaged template, in which the guard's policy or its statement that writes the status is another. */
function guardWith(change: (writeStatus: Written, all: Written[]) => void): Template {
  const copy = structuredClone(packaged);
  const [policy] = (copy.Resources['GuardRole']?.Properties?.['Policies'] ?? []) as {
    readonly PolicyDocument: { readonly Statement: Written[] };
  }[];
  const all = policy?.PolicyDocument.Statement ?? [];
  const writeStatus = all.find(({ Sid }) => Sid === 'WriteStatus');
  if (writeStatus === undefined) throw new Error('The guard has no statement WriteStatus');
  change(writeStatus, all);
  return copy;
}

const guard = 'role firebreak-dev-GuardRole, policy guard';

describe('the least-privilege report', () => {
  it('finds nothing denied, and that the guard used what it needs for a bad edit', () => {
    expect(before.failed).toEqual([]);
    expect(before.report.findings.filter(({ kind }) => kind === 'denied')).toEqual([]);
    const used = before.report.findings.filter(({ policy }) => policy === guard).map(({ text }) => text);
    expect(used.filter((text) => /TellOwner|ReadParameters|WriteStatus|Incidents/.test(text))).toEqual([]);
  });

  it('is made though a scenario goes astray on its way, and says which', async () => {
    const astray: Scenario = { name: 'lost', failure: () => Promise.reject(new Error('told: nobody')) };
    const { failed, report } = await checked(packaged, [astray, ...guarding]);
    expect(failed).toEqual(['lost: told: nobody']);
    expect(report).toEqual(before.report);
  });

  it('names a permission that nobody needs', async () => {
    const found = await news(guardWith(({ Action }) => Action.push('ssm:DeleteParameter')));
    expect(found).toEqual([
      {
        kind: 'unused',
        policy: guard,
        statement: 'WriteStatus',
        action: 'ssm:DeleteParameter',
        text: 'WriteStatus: ssm:DeleteParameter on arn:aws:ssm:REGION:ACCOUNT:parameter/firebreak/dev/status',
      },
    ]);
  });

  it('names a resource that nobody needs', async () => {
    const more = 'arn:aws:ssm:us-east-1:123456789012:parameter/firebreak/dev/other';
    const found = await news(guardWith((one) => Object.assign(one, { Resource: [one.Resource, more] })));
    expect(found).toMatchObject([{ kind: 'unused', policy: guard, action: 'ssm:PutParameter' }]);
    expect(found[0]?.text).toContain('/firebreak/dev/other');
  });

  it.each([
    ['a star', '*', 'arn:aws:ssm:REGION:ACCOUNT:parameter/firebreak/dev/*'],
    [
      'any Region',
      'arn:aws:ssm:*:123456789012:parameter/firebreak/dev/status',
      'arn:aws:ssm:REGION:ACCOUNT:parameter/firebreak/dev/status',
    ],
    ['any parameter', 'arn:aws:ssm:us-east-1:123456789012:*', 'arn:aws:ssm:REGION:ACCOUNT:parameter/firebreak/dev/*'],
  ])('names a resource that is wider than its use: %s', async (_what, Resource, narrower) => {
    const found = await news(guardWith((statement) => Object.assign(statement, { Resource })));
    expect(found).toMatchObject([
      { kind: 'wide', policy: guard, statement: 'WriteStatus', action: 'ssm:PutParameter' },
    ]);
    expect(found[0]?.text).toContain(`used only on ${narrower}`);
  });

  it('names a permission that stands twice', async () => {
    const found = await news(guardWith((one, all) => all.push({ ...one, Sid: 'WriteStatusToo' })));
    expect(found.map(({ kind, statement }) => [kind, statement])).toEqual([
      ['redundant', 'WriteStatus'],
      ['redundant', 'WriteStatusToo'],
    ]);
  });

  it('names what is denied for want of a permission', async () => {
    const removal = removalsOf(packaged).find(({ name }) => name === 'GuardRole: TellOwner') as Removal;
    const { report, failed } = await checked(without(packaged, removal));
    expect(failed).toEqual([expect.stringMatching(/^demo bad-edit: /)]);
    expect(report.findings.filter(({ kind }) => kind === 'denied')).toMatchObject([
      {
        policy: 'firebreak-dev-GuardRole',
        action: 'sns:Publish',
        text: expect.stringContaining('because no identity-based policy allows the sns:Publish action'),
      },
    ]);
  });
});

describe('a denial that a scenario brings about itself', () => {
  const [closed] = scenarios.filter(({ provokes }) => provokes !== undefined);
  const denied = async (played: readonly Scenario[]): Promise<readonly string[]> => {
    const { report, failed } = await checked(packaged, played);
    return [...failed, ...report.findings.filter(({ kind }) => kind === 'denied').map(({ policy }) => policy)];
  };

  it('is not in the report, and would be', async () => {
    if (closed === undefined) throw new Error('No scenario takes permissions away');
    const { provokes: _own, ...plain } = closed;
    expect(await denied([closed])).toEqual([]);
    expect(new Set(await denied([plain]))).toEqual(new Set(['events.amazonaws.com', 'sns.amazonaws.com']));
  });

  it('is no longer accounted for when there is none', async () => {
    const [edit] = guarding;
    if (edit === undefined) throw new Error('There is no scenario of a bad edit');
    expect(await denied([{ ...edit, provokes: () => true }])).toEqual([
      'demo bad-edit: it provokes no denial any more',
    ]);
  });
});

describe('the containment of a service', () => {
  it('uses every change that the responder role may make of services and tasks, and is denied nothing', async () => {
    const { report, failed } = await checked(packaged, containing);
    expect(failed).toEqual([]);
    const found = report.findings.filter(({ policy }) => policy.includes('responder'));
    const ofServices = /^Ecs(?:ContainService|StopTask)/;
    expect(found.filter(({ kind, statement }) => kind === 'denied' || ofServices.test(statement))).toEqual([]);
  });
});
