import { describe, expect, it } from 'vitest';
import { asked, askedFor, NotAllowed } from '../../../cli/doctor/asked.ts';
import { type Answer, broken, type Check, ok, warning } from '../../../cli/doctor/check.ts';
import { checks } from '../../../cli/doctor/checks.ts';
import { examine, exitCodeOf, type Looked } from '../../../cli/doctor/examine.ts';
import { lookedLines, summary } from '../../../cli/doctor/lines.ts';
import type { StageConnection } from '../../../cli/stage.ts';

const stage = { stage: 'prod', region: 'eu-west-1' } as StageConnection;
const saying = (name: string, look: () => Promise<Answer>): Check => ({ name, look });
const failing = (name: string, error: unknown): Check => saying(name, () => Promise.reject(error));
const named = (name: string, message: string): Error => Object.assign(new Error(message), { name });

describe('checks of a stage', () => {
  it('go on where one cannot be read, and say what is missing or in the way', async () => {
    const looked = await examine(stage, [
      failing('a', new NotAllowed('guardduty:ListDetectors', undefined)),
      failing('b', named('ValidationError', 'Stack with id firebreak-prod does not exist')),
      failing('c', named('Weird', 'line one\nGET UP: \u001b[2J')),
      saying('d', async () => ok('fine')),
    ]);
    expect(looked.map(({ check, state, seen }) => [check, state, seen])).toEqual([
      ['a', 'unknown', 'These credentials lack guardduty:ListDetectors.'],
      ['b', 'unknown', 'Stack with id firebreak-prod does not exist'],
      ['c', 'unknown', 'line one GET UP: \\u{1b}[2J'],
      ['d', 'ok', 'fine'],
    ]);
    expect(looked[0]?.todo).toContain('Allow guardduty:ListDetectors');
  });

  it('know a refusal by its name, whichever service says it', async () => {
    for (const name of ['AccessDenied', 'AccessDeniedException', 'AuthorizationErrorException']) {
      const refused = asked('sns:ListTopics', () => Promise.reject(named(name, 'no')));
      await expect(refused).rejects.toMatchObject({ name: 'NotAllowed', permission: 'sns:ListTopics' });
    }
    const gone = named('NotFound', 'no');
    expect(await askedFor('sns:ListTopics', ['NotFound'], () => Promise.reject(gone))).toBeUndefined();
    await expect(askedFor('sns:ListTopics', ['Other'], () => Promise.reject(gone))).rejects.toBe(gone);
  });

  it.each([
    [0, ['ok', 'warning']],
    [1, ['ok', 'broken', 'unknown']],
    [2, ['ok', 'warning', 'unknown']],
    [0, []],
  ] as const)('end with %i where they are %j', (code, states) => {
    const looked = states.map((state): Looked => ({ check: 'x', state, seen: '', todo: '' }));
    expect(exitCodeOf(looked)).toBe(code);
  });

  it('are shown in lines, with what to do below', () => {
    const looked = [
      { check: 'a', ...ok('fine') },
      { check: 'longer', ...broken('bad', 'mend it') },
      { check: 'c', ...warning('meh\u001b[2J', 'see') },
    ];
    expect(lookedLines(looked)).toEqual([
      'ok       a       fine',
      'broken   longer  bad',
      '                 -> mend it',
      'warning  c       meh\\u{1b}[2J',
      '                 -> see',
    ]);
    expect(summary(looked)).toBe('1 broken, 1 warning, 1 ok');
  });

  it('each have a name of their own', () => {
    const names = checks.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
  });
});
