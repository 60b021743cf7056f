import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { actionsMarkdown } from '../../tools/actionsDoc.ts';
import { anyTarget } from '../../tools/anyTarget.ts';

const text = actionsMarkdown(catalogue);

test.each(catalogue.map((action) => [action.name, action] as const))(
  '%s is told with all its facts',
  (name, action) => {
    const section = text.split('\n## ').find((part) => part.startsWith(`${name}\n`)) ?? '';
    expect(section).toContain(action.summary);
    expect(section).toContain(action.example);
    expect(section).toContain(action.reversal.possible ? action.reversal.sentence : action.reversal.why);
    for (const limit of action.limits) expect(section).toContain(limit);
    for (const field of [...action.decisive, ...action.restores, ...action.volatile])
      expect(section).toContain(`\`${field}\``);
    for (const kind of action.targets) {
      const { read } = action.permissions(anyTarget(kind));
      for (const { action: permission } of read) expect(section).toContain(permission);
    }
  },
);

test('names no account, and is the same every time', () => {
  expect(text).not.toMatch(/\d{12}|any-name|any-region/);
  expect(text).toContain('arn:aws:ecr:REGION:ACCOUNT:repository/NAME');
  expect(actionsMarkdown(catalogue)).toBe(text);
});
