import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../shared/platform/json.ts';
import { configEvent } from '../finding/configEvent.ts';
import { sampleEvent } from '../finding/sampleEvent.ts';
import type { Tree } from '../finding/threatEvent.ts';
import { openStage, type Stage } from './stage.ts';

const definition = 'ecs-task-definition/123456789012/us-east-1/checkout-api:87';
const host = 'instance/123456789012/us-east-1/i-0ab12cd34ef567890';

const nowOf = ({ account }: Stage): string => new Date(account.clock.now()).toISOString();

/** A sample as of now, with an id of its own. */
function delivered(stage: Stage, name: string, changes: Tree = {}): JsonObject {
  const now = nowOf(stage);
  const dated = name.startsWith('config-') ? { newEvaluationResult: { resultRecordedTime: now } } : {};
  const event = configEvent(name, { ...dated, ...changes });
  return JSON.parse(JSON.stringify({ ...event, id: stage.account.random.uuid(), time: `${now.slice(0, 19)}Z` }));
}

async function happens(stage: Stage, name: string, changes: Tree = {}): Promise<void> {
  stage.deliver(delivered(stage, name, changes));
  await stage.pass(60);
}

const results = (stage: Stage): readonly string[] => stage.records().map(({ result }) => result);
const told = (stage: Stage): readonly string[] => stage.told().map(({ tier, subject }) => `${tier} ${subject}`);
const outcome = (stage: Stage, key: string) => stage.heads().find(({ incident }) => incident === key)?.outcome;
const seen = (name: string): string => `digest NO ACTION: ${name} seen, nothing done, us-east-1 123456789012`;

describe('what AWS Config finds not compliant', () => {
  it('is told in the morning, once, with its rule and annotation; nothing is changed', async () => {
    await using stage = await openStage({ rules: {} });
    const event = delivered(stage, 'config-task-definition');
    stage.deliver(event, 3);
    await stage.pass(60);
    expect(stage.records()).toMatchObject([{ id: event['id'], result: 'accepted', incident: definition }]);
    expect(outcome(stage, definition)).toBe('observed');
    expect(told(stage)).toEqual([seen('checkout-api:87')]);
    expect(stage.told()[0]?.body).toContain(
      'ecs-containers-nonprivileged: NON_COMPLIANT: Container checkout-api runs privileged',
    );
    expect(stage.executions()).toHaveLength(1);
    expect(stage.receipts()).toEqual([]);
  });

  it('then compliant tells nobody, and not compliant again is told again', async () => {
    await using stage = await openStage({ rules: {} });
    await happens(stage, 'config-task-definition');
    await happens(stage, 'config-task-definition-compliant');
    expect(outcome(stage, definition)).toBe('ignored');
    await happens(stage, 'config-task-definition-again');
    expect(outcome(stage, definition)).toBe('observed');
    expect(results(stage)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(told(stage)).toEqual([seen('checkout-api:87'), seen('checkout-api:87')]);
  });

  it('late, after it was compliant again, changes nothing', async () => {
    await using stage = await openStage({ rules: {} });
    const late = delivered(stage, 'config-task-definition');
    await stage.pass(60);
    await happens(stage, 'config-task-definition-compliant');
    stage.deliver(late);
    await stage.pass(60);
    expect(results(stage).toSorted()).toEqual(['accepted', 'duplicate']);
    expect([outcome(stage, definition), told(stage)]).toEqual(['ignored', []]);
  });

  it('of a rule and a type that nobody mapped is told', async () => {
    await using stage = await openStage({ rules: {} });
    await happens(stage, 'config-volume-own-rule');
    expect(told(stage)).toEqual([seen('vol-0c9d8e7f6a5b41230')]);
  });

  it('can be asked for by the managed rule, whoever made the rule', async () => {
    const immutable = `name: immutable
when:
  compliance: { rule: [ecr-private-tag-immutability-enabled] }
do: [evidence.capture]
mode: enforce
page: { observed: notice }
`;
    await using stage = await openStage({ rules: { immutable } });
    await happens(stage, 'config-repository-securityhub');
    await happens(stage, 'config-repository-first');
    expect(stage.told().map(({ tier, subject }) => [tier, subject.split(' us-east-1')[0]])).toEqual([
      ['notice', 'NO ACTION: payments/ledger seen, nothing done,'],
    ]);
    expect(stage.receipts().map(({ key, state }) => [key, state])).toEqual([
      ['evidence.capture ecr-repository/123456789012/us-east-1/payments/ledger', 'done'],
    ]);
  });

  it('on a node that Systems Manager accuses too is one incident, in which the catch-all costs nobody the evidence', async () => {
    const patches = `name: patches
when:
  type: [PatchCompliance]
  label: [critical]
do: [evidence.capture]
mode: enforce
`;
    const rest = `name: rest
order: 930
when: { source: [config, ssm] }
do: [evidence.capture]
mode: observe
`;
    await using stage = await openStage({ rules: { patches, rest } });
    stage.deliver(delivered(stage, 'config-instance'));
    stage.deliver(delivered(stage, 'ssm-patch'));
    await stage.pass(120);
    expect(stage.heads().map(({ incident }) => incident)).toEqual([host]);
    // Once for each plan: what came while the first was decided is decided by another.
    const plans = stage.table().filter(({ sk }) => sk.startsWith('plan#'));
    expect(plans.length).toBeLessThanOrEqual(2);
    // The plan that knew of the catch-all's finding alone, if there was one, observes; the other stores evidence.
    const stored = new Set(stage.receipts().map(({ key, state }) => `${key}: ${state}`));
    expect([...stored]).toEqual([`evidence.capture ${host}: done`]);
  });
});

describe('what leads to nothing', () => {
  it('is compliant the first time, from a source that AWS does not have, or another event of theirs: it is not even delivered', async () => {
    await using stage = await openStage({ rules: {} });
    await happens(stage, 'config-repository-compliant-first');
    for (const complianceType of ['INSUFFICIENT_DATA', 'NOT_APPLICABLE']) {
      await happens(stage, 'config-repository-compliant-first', { newEvaluationResult: { complianceType } });
    }
    await happens(stage, 'ssm-typo-source');
    stage.deliver({ ...delivered(stage, 'ssm-patch'), 'detail-type': 'Parameter Store Change' });
    await stage.pass(60);
    expect([stage.records(), stage.heads(), stage.told()]).toEqual([[], [], []]);
  });

  it('cannot be read: it is kept with the path, and pages', async () => {
    await using stage = await openStage({ rules: {} });
    const malformed = ['config-malformed-no-resource', 'config-malformed-compliance', 'ssm-malformed-status'];
    for (const name of malformed) stage.deliver(JSON.parse(JSON.stringify(sampleEvent(name))));
    await stage.pass(10 * 60);
    expect(
      stage
        .records()
        .map(({ result, path }) => `${result} ${path}`)
        .toSorted(),
    ).toEqual([
      'invalid detail.compliance-status',
      'invalid detail.newEvaluationResult.complianceType',
      'invalid detail.resourceId',
    ]);
    expect(told(stage)).toEqual(['page ALARM: "firebreak-dev-config-change-dead-letters" in US East (N. Virginia)']);
  });
});
