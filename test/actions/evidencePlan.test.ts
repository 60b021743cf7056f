import { describe, expect, test } from 'vitest';
import { evidenceCapture as action } from '../../shared/actions/evidenceCapture/evidenceCapture.ts';
import { awsError } from '../account/awsError.ts';
import { actContext } from './actContext.ts';
import { mockTask, type TaskWorld, target, whole } from './taskWorld.ts';

describe('observe and plan', () => {
  const observe = async (world: TaskWorld) => {
    const observed = await action.observe(target, {}, actContext(mockTask(world).aws));
    return { observed, planned: action.plan(target, {}, observed, { quietPullDays: 7 }) };
  };

  test.each([
    ['there', whole(), { state: 'RUNNING', owner: 'payments (tag team)' }, 'Store the evidence on task'],
    ['gone', whole({ task: undefined }), { state: 'gone' }, 'it is gone, and evidence was lost with it'],
    [
      'unreadable',
      whole({ refuse: { DescribeTasks: awsError('AccessDeniedException') } }),
      { state: 'unreadable: access denied (AccessDeniedException)' },
      'Store the evidence on task',
    ],
    [
      'of a cluster that is gone',
      whole({ refuse: { DescribeTasks: awsError('ClusterNotFoundException') } }),
      { state: 'gone' },
      'it is gone',
    ],
  ])('a task that is %s never stands in the way', async (_what, world, seen, said) => {
    const { observed, planned } = await observe(world);
    expect(observed).toMatchObject(seen);
    expect(planned).toMatchObject({ kind: 'step', sentence: expect.stringContaining(said) });
  });

  test('its owner is that of its service, whatever is tagged onto the task; of a task of no service its own', async () => {
    const { task, service } = whole();
    const tagged = { ...service, tags: [{ key: 'owner', value: 'shop' }] };
    const ghost = { ...task, tags: [{ key: 'firebreak:owner', value: 'ghost' }] };
    expect((await observe(whole({ task: ghost, service: tagged }))).observed).toMatchObject({
      owner: 'shop (tag owner)',
    });
    const alone = { ...ghost, group: 'family:nightly' };
    expect((await observe(whole({ task: alone }))).observed).toMatchObject({
      owner: 'ghost (tag firebreak:owner of the task)',
    });
  });
});

test('of another kind the findings are stored, and the sentence says that nothing else is', async () => {
  const role = {
    kind: 'role',
    id: 'checkout',
    arn: 'arn',
    session: null,
    account: '123456789012',
    region: 'r',
  } as const;
  const mock = mockTask({});
  const context = actContext(mock.aws);
  const observed = await action.observe(role, {}, context);
  expect(action.plan(role, {}, observed, { quietPullDays: 7 })).toMatchObject({
    kind: 'step',
    sentence: 'Store the findings on role checkout, and nothing else.',
  });
  await action.execute(role, {}, observed, context);
  expect([...context.stored.keys()]).toEqual(['findings.json', 'manifest.json']);
  expect(mock.sent()).toEqual([]);
});
