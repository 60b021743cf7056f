import { describe, expect, test } from 'vitest';
import { incidentHash } from '../../shared/incident/keys.ts';
import { commandFor } from '../../shared/report/command.ts';

describe('a key that an attacker wrote a part of', () => {
  test('leaves no line in a command: it is quoted, and named by its hash where it cannot be typed', () => {
    expect(commandFor('undo', 'ecs-group/1/prod/$(reboot)', 'prod')).toBe(
      "firebreak undo 'ecs-group/1/prod/$(reboot)' --stage prod",
    );
    const lines = 'image/1/app\nundo everything';
    expect(commandFor('undo', lines, 'prod')).toBe(`firebreak undo ${incidentHash(lines)} --stage prod`);
  });

  test('is never cut: what is left may be the whole key of another incident', () => {
    expect(commandFor('acknowledge', 'other/1/nginx:1 (debian 12.5)', 'prod')).toBe(
      "firebreak acknowledge 'other/1/nginx:1 (debian 12.5)' --stage prod",
    );
    expect(commandFor('acknowledge', 'other/1/nginx:1\u202e', 'prod')).not.toContain('other/1/nginx:1');
  });
});
