import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { containService } from '../../shared/actions/containService/containService.ts';
import { isolateHost } from '../../shared/actions/isolateHost/isolateHost.ts';
import { stopTaskAction } from '../../shared/actions/stopTask.ts';

test('what puts somebody out has a least that it may do, and it is valid', () => {
  const workload = catalogue.filter(({ facts }) => ['workload', 'host'].includes(facts.phase));
  const who = workload.filter(({ facts }) => facts.contains && facts.canWait !== true);
  expect(who).toEqual(expect.arrayContaining([containService, stopTaskAction, isolateHost]));
  for (const { minimum, params } of who) {
    const usual = params.parse({});
    expect(minimum).toBeDefined();
    expect(params.parse(minimum?.(usual))).toEqual(minimum?.(usual));
  }
});

test('the least for a service is its accused task, whatever the rule would do', () => {
  const usual = containService.params.parse({ strategy: 'zero', allowZero: true });
  expect(containService.minimum?.(usual)).toEqual({ ...usual, strategy: 'replace-task' });
});
