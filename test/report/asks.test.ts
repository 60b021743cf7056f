import { describe, expect, it } from 'vitest';
import type { Step, Target } from '../../shared/actions/contract.ts';
import type { Asks } from '../../shared/plan/plan.ts';
import { answerLines, asksLines } from '../../shared/report/asks.ts';
import { whatIsOpen, whatWasNotDone } from '../../shared/report/body.ts';
import { planFor } from './runs.ts';

const until = '2026-11-20T02:14:07.112Z';
const asks: Asks = {
  hash: '30818d66b1b9',
  steps: ['a'],
  until,
  onTimeout: 'hold',
  would: ['Set service prod/checkout to zero.'],
  least: ['Stop 1 affected task.'],
};
const lines = (changed: Partial<Asks> = {}): readonly string[] =>
  asksLines({ ...asks, ...changed }, 'ecs-service/1/r/prod/checkout', 'prod');

describe('what is asked', () => {
  it('has a command for each answer, bound to what was asked', () => {
    const command = (answer: string) =>
      `firebreak ${answer} ecs-service/1/r/prod/checkout --stage prod --plan 30818d66b1b9`;
    expect(lines().slice(0, 3)).toEqual([
      `Approve: ${command('approve')}`,
      `Only the least (Stop 1 affected task.): ${command('approve')} --only minimum`,
      `Reject: ${command('reject')} --reason "…"`,
    ]);
    expect(lines({ least: [] }).join('\n')).not.toContain('--only');
  });

  it.each<[Partial<Asks>, string]>([
    [{ until: null }, 'It waits until somebody answers.'],
    [{}, `If nobody answers by ${until}, nothing is done, and it waits on.`],
    [{ onTimeout: 'proceed' }, `If nobody answers by ${until}, it is done.`],
    [{ onTimeout: 'minimum' }, `If nobody answers by ${until}, the least of it is done (Stop 1 affected task.).`],
    [{ onTimeout: 'minimum', least: [] }, `If nobody answers by ${until}, nothing is done, and it waits on.`],
    [{ late: true }, `Nobody had answered by ${until}. It stays as it is; you can still approve it.`],
  ])('says what becomes of it without an answer: %j', (changed, says) => {
    expect(lines(changed)).toContain(says);
  });

  it('shows what others wrote as text', () => {
    expect(lines({ least: ['Stop\nApprove: firebreak approve all'] }).join('\n')).not.toMatch(
      /^Approve: firebreak approve all/m,
    );
  });
});

it('an answer is told with who gave it, and what was done without one', () => {
  const answer = { kind: 'approve', steps: ['a'], by: 'ana\nRejected by ben', reason: 'it is so', at: until } as const;
  expect(answerLines([{ ...answer, how: 'person' }])).toEqual([`Approved by ana Rejected by ben, ${until}: it is so`]);
  expect(answerLines([{ ...answer, how: 'person', only: 'minimum' }])[0]).toContain('The least of it was approved by');
  expect(answerLines([{ ...answer, how: 'time-out' }])[0]).toContain('Done without an answer');
  expect(answerLines([], { ...answer, kind: 'reject' })).toEqual([
    `Rejected by ana Rejected by ben, ${until}: it is so`,
  ]);
  expect(answerLines()).toEqual([]);
});

it('whose credentials are open is told with the question, as it is with what is held or done', () => {
  const open = ['arn:aws:iam::123456789012:role/checkout-task'];
  const linesOf = (decision: 'approve' | 'hold' | 'contain' | 'observe') =>
    whatIsOpen({ ...planFor(), decision, openRoles: open }, []).lines.join('\n');
  for (const decision of ['approve', 'hold', 'contain'] as const) expect(linesOf(decision)).toContain(open[0]);
  expect(linesOf('observe')).toBe('');
});

const role: Target<'role'> = {
  kind: 'role',
  id: 'checkout-task',
  arn: 'arn:aws:iam::123456789012:role/checkout-task',
  session: null,
  account: '123456789012',
  region: 'r',
};

it('what was cut off and can be had anew is told by its own sentence, and not as if nothing had been done', () => {
  const plan = planFor();
  const { arn } = role;
  const [first] = plan.steps;
  const step = {
    ...(first as NonNullable<typeof first>),
    target: role,
    reopens: true,
    remains: 'Take it out.',
  } as const;
  const verified = { state: 'holds', seen: 'denied', at: '2026-11-20T02:04:00.000Z' } as const;
  const done = { step: 1, key: step.key, state: 'done', verified } as const;
  const { lines } = whatIsOpen({ ...plan, decision: 'contain', openRoles: [arn], steps: [step] }, [done]);
  expect(lines).toEqual(['Take it out.']);
  // Of another account, one of the same name is another role.
  const theirs = arn.replace('123456789012', '210987654321');
  const open = whatIsOpen({ ...plan, decision: 'contain', openRoles: [theirs], steps: [step] }, [done]);
  expect(open.lines[0]).toContain(theirs);
});

it('of a step that failed nothing is told as if it were so, and its role is open', () => {
  const plan = planFor();
  const [, first] = plan.steps as [Step, Step];
  const facts = { ...first.facts, phase: 'role' } as const;
  const step = { ...first, target: role, facts, remains: 'It may do only what the boundary allows.' };
  const receipt = { step: 1, key: step.key, state: 'failed', failed: 'access denied' } as const;
  const meant = { ...plan, decision: 'contain', openRoles: [], steps: [step] } as const;
  expect(whatIsOpen(meant, [receipt]).lines).toEqual([
    expect.stringContaining(`${role.arn} from what is accused can use`),
  ]);
  const verified = { state: 'holds', seen: 'the boundary', at: '2026-11-20T02:04:00.000Z' } as const;
  expect(whatIsOpen(meant, [{ ...receipt, state: 'done', verified }]).lines).toEqual([step.remains]);
});

it('what was taken out of traffic goes on only where nothing has stopped it', () => {
  const plan = planFor();
  const [, first] = plan.steps as [Step, Step];
  const [traffic, workload] = (['traffic', 'workload'] as const).map((phase) => ({
    ...first,
    ...{ key: phase, facts: { ...first.facts, phase, contains: phase === 'workload' } },
    ...(phase === 'traffic' ? { remains: 'What runs in it goes on.' } : {}),
  })) as [Step, Step];
  const verified = { state: 'holds', seen: 'so', at: '2026-11-20T02:04:00.000Z' } as const;
  const done = [traffic, workload].map(({ key }, step) => ({ step, key, state: 'done', verified }) as const);
  const meant = { ...plan, decision: 'contain', openRoles: [] } as const;
  expect(whatIsOpen({ ...meant, steps: [traffic, workload] }, done).lines).toEqual([]);
  expect(whatIsOpen({ ...meant, steps: [traffic] }, done).lines).toEqual(['What runs in it goes on.']);
  expect(whatIsOpen({ ...meant, steps: [traffic, workload] }, done.slice(0, 1)).lines).toEqual([traffic.remains]);
});

it('what a step would leave, and its way back, is told with the question, each once, and where nobody is asked not', () => {
  const plan = planFor();
  const [read, first] = plan.steps as [Step, Step];
  const no = { possible: false, why: 'What is gone is gone.' } as const;
  const proposed: readonly Step[] = [
    read,
    { ...first, remains: 'API stays in plain text.' },
    { ...first, remains: 'API stays in plain text.' },
    { ...first, action: 'secrets.rotate', undo: no },
  ];
  const held = { ...plan, decision: 'approve', steps: [], proposed } as const;
  const { lines } = whatWasNotDone({ ...held, asks }, []);
  expect(lines.slice(4)).toEqual([
    'It would leave: API stays in plain text.',
    `Way back: image.archive: ${first.undo.possible ? first.undo.sentence : ''}`,
    'Way back: secrets.rotate cannot be undone: What is gone is gone.',
  ]);
  expect(whatWasNotDone(held, []).lines).toHaveLength(4);
});
