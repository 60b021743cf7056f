import { describe, expect, it } from 'vitest';
import { statusText } from '../../shared/respond/guardStatus.ts';
import type { Problem } from '../../shared/rules/rule.ts';
import { brokenRule, guardWorld, ruleText } from './guardWorld.ts';

describe('the status parameter', () => {
  it('says which set decides, since when, and is not written again while that is so', async () => {
    const world = guardWorld();
    await world.run();
    expect(world.status()).toMatch(/^Rule set 1 decides \([0-9a-f]{12}\), published 2026-11-20T10:00:00\.000Z\.$/);
    await world.run();
    await world.run();
    expect(world.puts.filter((path) => path === 'status')).toHaveLength(1);
  });

  it('of a refused edit names parameter, line, field and what to write instead', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    world.write('rules/x', brokenRule);
    await world.run();
    expect(world.status().split('\n')).toEqual([
      'The last edit was not published. Rule set 1 still decides.',
      'rules/x:1:1 "do" is missing',
      'rules/x:4:1 "doo" is not a key here; did you mean "do"?',
      'rules/x:6:1 "leese" is not a key here; did you mean "lease"?',
      'To drop it: firebreak rules rollback 1 --stage prod, or undo the edit.',
      expect.stringMatching(/^The shipped pack was not put here, because there were rules before it/),
    ]);
  });

  it('says when the edit is good again', async () => {
    const world = guardWorld();
    world.write('rules/x', brokenRule);
    await world.run();
    world.write('rules/x', ruleText('x'));
    await world.run();
    expect(world.status()).toMatch(/^Rule set 1 decides/);
  });

  it('shows what is only warned of, beside the set that decides', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x', 'page: { not-contained: digest }\n'));
    await world.run();
    expect(world.status()).toMatch(
      /^Rule set 1 decides.*\nWarning: rules\/x:\d+:\d+ a containment that failed would wake nobody; leave it out/,
    );
  });

  it('never holds two braces in a row, and fits a standard parameter, whatever an edit holds', async () => {
    const world = guardWorld();
    for (let n = 0; n < 40; n += 1) world.write(`rules/r${n}`, `name: r${n}\n"{{{{${'ä'.repeat(400)}": 1\n`);
    world.write('rules/y', 'name: y\n"{😀{": 1\n');
    expect((await world.run()).result).toBe('refused');
    expect(world.puts).toHaveLength(1);
    await world.run();
    expect(world.puts).toHaveLength(1);
  });

  it.each(['{{x}}', '{{{', '{{{{{'])('breaks up %s', (braces) => {
    const problem: Problem = {
      code: 'braces',
      level: 'error',
      file: 'rules/x',
      line: 1,
      column: 2,
      path: '',
      message: `contains ${braces} ${'ä'.repeat(5000)}`,
      suggestion: '',
    };
    const pack = { record: { declined: false, put: {} }, left: [] };
    const problems = Array.from({ length: 40 }, () => problem);
    const text = statusText({
      stage: 'prod',
      pointer: undefined,
      refused: true,
      drops: false,
      waiting: undefined,
      left: false,
      problems,
      notRead: [],
      pack,
    });
    expect(text).not.toContain('{{');
    expect(text).toContain('rules/x:1:2 contains {');
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
  });
});

describe('the owner of the rules', () => {
  it('is told of a refused edit, once, with what to mend', async () => {
    const world = guardWorld();
    world.write('rules/x', brokenRule);
    await world.run();
    await world.run();
    expect(world.notices).toEqual([{ subject: 'NO ACTION: rule edit refused, Firebreak prod', body: world.status() }]);
    expect(world.notices[0]?.body).toContain('"doo" is not a key here');
  });

  it('is told again when it is broken in another way, or broken again', async () => {
    const world = guardWorld();
    for (const text of [brokenRule, 'name: x\n', ruleText('x'), 'name: x\n']) {
      world.write('rules/x', text);
      await world.run();
    }
    expect(world.notices).toHaveLength(3);
  });

  it('is not told of what went well', async () => {
    const world = guardWorld();
    world.write('rules/x', ruleText('x'));
    await world.run();
    expect(world.notices).toEqual([]);
  });

  it('is told again next time when telling failed: the status is written last', async () => {
    const world = guardWorld();
    world.write('rules/x', brokenRule);
    await expect(world.run({ notify: () => Promise.reject(new Error('SNS')) })).rejects.toThrow('SNS');
    expect(world.puts).toEqual([]);
    world.pass(60);
    await world.run();
    expect(world.notices).toHaveLength(1);
  });

  it('is told once by two that look at the same moment', async () => {
    const world = guardWorld();
    world.write('rules/y', ruleText('y'));
    await world.run();
    for (const text of [brokenRule, brokenRule.replace('leese', 'lees')]) {
      world.write('rules/x', text);
      await Promise.all([world.run(), world.run()]);
    }
    expect(world.notices).toHaveLength(2);
  });

  it('is told by each where the table cannot say who does', async () => {
    const world = guardWorld();
    world.write('rules/x', brokenRule);
    const { table } = world.effects;
    const get: typeof table.get = async (key) =>
      key.sk === 'telling' ? Promise.reject(new Error('no table')) : table.get(key);
    await world.run({ table: { ...table, get } });
    expect(world.notices).toHaveLength(1);
  });
});

describe('a rule that is deleted beside forty other changes', () => {
  it('is told, stands in the status and in the history, and the rest is counted', async () => {
    const world = guardWorld([]);
    for (let n = 0; n < 45; n += 1) world.write(`rules/a${n}`, ruleText(`a${n}`));
    world.write('rules/threat', ruleText('threat'));
    await world.run();
    for (let n = 0; n < 45; n += 1) world.write(`rules/a${n}`, ruleText(`a${n}`, 'order: 9\n'));
    world.remove('rules/threat');
    expect(await world.run()).toEqual({ result: 'published', number: 2 });
    expect(world.notices.map(({ subject }) => subject)).toContain('NO ACTION: rules removed, Firebreak prod');
    expect(world.status()).toContain('Since rule set 2 rule threat is gone.');
    expect(world.status()).toContain('Changed with it: and 35 more.');
    const { changes = [] } = (await world.pointer()) ?? {};
    expect([changes[0], changes.length, changes.at(-1)]).toEqual(['rule threat is gone', 41, 'and 6 more']);
  });
});
