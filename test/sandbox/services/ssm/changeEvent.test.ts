import { expect, test } from 'vitest';
import { eventsState } from '../../../../sandbox/services/eventbridge/state.ts';
import { putParameter } from '../../../../sandbox/services/ssm/parameters.ts';
import { ssmService } from '../../../../sandbox/services/ssm/service.ts';
import { compilePattern } from '../../../../shared/rules/pattern/compile.ts';
import { fakeAccount } from '../../fakeAccount.ts';
import { invoke } from '../../invoke.ts';

test('create, update, label and delete are each told, without value or version; a refused edit is not', async () => {
  const fake = fakeAccount();
  const eventPattern = { source: ['aws.ssm'], 'detail-type': ['Parameter Store Change'] };
  eventsState(fake.account).rules.set('edits', {
    name: 'edits',
    arn: 'arn:aws:events:eu-west-1:123456789012:rule/edits',
    description: undefined,
    enabled: true,
    eventPattern,
    pattern: compilePattern(eventPattern),
    scheduleExpression: undefined,
    schedule: undefined,
    targets: [{ id: 'anyone', arn: 'arn:aws:sqs:eu-west-1:123456789012:edits' }],
  });
  putParameter(fake.account, { name: '/a/b', value: 'one', description: 'of note' });
  expect(() => putParameter(fake.account, { name: '/a/b', value: '{{x}}' })).toThrow(/nest/);
  putParameter(fake.account, { name: '/a/b', value: 'two' });
  await invoke(ssmService, 'LabelParameterVersion', { Name: '/a/b', Labels: ['active'] }, fake.call());
  await invoke(ssmService, 'DeleteParameter', { Name: '/a/b' }, fake.call());
  const told = [...fake.clock.queued()]
    .sort((a, b) => a.order - b.order)
    .map((event) => (event.args as unknown as { envelope: { resources: string[]; detail: object } }).envelope);
  expect(told.map((envelope) => envelope.detail)).toEqual(
    ['Create', 'Update', 'LabelParameterVersion', 'Delete'].map((operation) => ({
      operation,
      name: '/a/b',
      type: 'String',
      description: 'of note',
    })),
  );
  expect(told[0]?.resources).toEqual(['arn:aws:ssm:eu-west-1:123456789012:parameter/a/b']);
});
