import { describe, expect, it } from 'vitest';
import { contentHash } from '../../shared/finding/hash.ts';
import { hubFinding } from '../../shared/finding/hubFinding.ts';
import { aboutOther, hubEvent, hubRecord, resource } from './hubEvent.ts';
import { findingsOf, invalidPath, parsed, reasonOf, sampleEvent } from './sampleEvent.ts';

const action = sampleEvent('hub-action');
const sent = (findings: readonly unknown[], id = action['id']) => ({
  ...action,
  id,
  detail: { ...action.detail, findings },
});

describe('what a person sends with a custom action', () => {
  it('is open, whatever is set in Security Hub, and says who sent it', () => {
    expect(findingsOf(action).map(({ source, status }) => [source, status])).toEqual([
      ['guardduty', 'open'],
      ['securityhub', 'open'],
      ['securityhub', 'open'],
    ]);
    expect(findingsOf(action).map(({ product }) => [product?.workflow, product?.action])).toEqual([
      ['new', 'Firebreak contain'],
      ['notified', 'Firebreak contain'],
      ['suppressed', 'Firebreak contain'],
    ]);
  });

  it('is a statement of its own, each time that they do', () => {
    const finding = hubRecord('sysdig-task');
    const [first] = findingsOf(sent([finding], 'one'));
    const [again] = findingsOf(sent([finding], 'two'));
    const [itself] = findingsOf(sampleEvent('hub-sysdig-task'));
    expect(new Set([first?.id, again?.id, itself?.id]).size).toBe(3);
    expect(findingsOf(sent([finding], 'one'))[0]).toEqual(first);
    // Nobody was active because somebody pressed a button.
    expect(first?.observedAt).toBe(itself?.observedAt);
  });

  it('is up to twenty findings, each for itself', () => {
    const twenty = Array.from({ length: 20 }, (_, n) => ({ ...hubRecord('sysdig-task'), Id: `sysdig/${n}` }));
    expect(new Set(findingsOf(sent(twenty)).map(({ id }) => id)).size).toBe(20);
  });

  it('is taken even where Security Hub says less than its own source', () => {
    const cluster = resource('AwsEcsCluster', 'arn:aws:ecs:us-east-1:123456789012:cluster/prod');
    const [record] = aboutOther('guardduty-miner', cluster).detail['findings'] as readonly unknown[];
    expect(findingsOf(sent([record]))).toMatchObject([{ source: 'guardduty', resource: { kind: 'ecs-cluster' } }]);
    expect(findingsOf(sent([hubRecord('inspector-low')]))).toMatchObject([{ source: 'inspector', label: 'low' }]);
    const [unknown] = hubEvent('guardduty-miner', { Id: 'something' }).detail['findings'] as readonly unknown[];
    expect(findingsOf(sent([unknown]))).toMatchObject([{ source: 'securityhub', resource: { kind: 'ecs-task' } }]);
  });

  it('where nothing is to be mended is no wish', () => {
    const [passed] = hubEvent('control-account', { Compliance: { Status: 'PASSED' } }).detail[
      'findings'
    ] as readonly unknown[];
    expect(findingsOf(sent([passed]))).toMatchObject([{ status: 'resolved' }]);
  });

  it('with another action is for another tool', () => {
    expect(reasonOf(sampleEvent('hub-action-other'))).toMatch(/"Send to Jira" is not meant for Firebreak/);
    expect(findingsOf({ ...action, detail: { ...action.detail, actionName: 'FIREBREAK' } })).toHaveLength(3);
  });

  it('without the name of the action is invalid', () => {
    const detail = { ...action.detail, actionName: undefined };
    expect(invalidPath(() => parsed({ ...action, detail }))).toBe('detail.actionName');
  });

  it('with one that cannot be read is invalid, all of it: nobody shall believe that the others were all', () => {
    expect(invalidPath(() => parsed(sent([hubRecord('sysdig-task'), {}])))).toBe('detail.findings[1].Id');
  });

  it('does not change what the finding itself says', () => {
    const [wish] = findingsOf(sent([hubRecord('sysdig-task')]));
    const [itself] = findingsOf(sampleEvent('hub-sysdig-task'));
    if (wish === undefined || itself === undefined) throw new Error('two findings were expected');
    const volatile = [...hubFinding.volatile, 'id'];
    expect(contentHash(wish, volatile)).toBe(contentHash(itself, volatile));
  });
});
