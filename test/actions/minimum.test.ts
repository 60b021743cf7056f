import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { containService } from '../../shared/actions/containService/containService.ts';
import { stopTaskAction } from '../../shared/actions/stopTask.ts';

test('what puts somebody out has a least that it may do, and it is valid', () => {
  const workload = catalogue.filter(({ facts }) => facts.phase === 'workload');
  expect(workload).toEqual(expect.arrayContaining([containService, stopTaskAction]));
  for (const { minimum, params } of workload) {
    const usual = params.parse({});
    expect(minimum).toBeDefined();
    expect(params.parse(minimum?.(usual))).toEqual(minimum?.(usual));
  }
});

test('the least for a service is its accused task, whatever the rule would do', () => {
  const usual = containService.params.parse({ strategy: 'zero', allowZero: true });
  expect(containService.minimum?.(usual)).toEqual({ ...usual, strategy: 'replace-task' });
});
